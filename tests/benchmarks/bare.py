"""What the program is measured beside: loops without window, table, history or retransmission.

    python -m tests.benchmarks.bare answering   reads each SUBSCRIBE and answers it exactly
    python -m tests.benchmarks.bare blind       the same receives and sends, nothing is read

Both listen to the group on eth0, say "ready" when they do, and run until they are ended.
"""

from __future__ import annotations

import re
import select
import socket
import sys

from pnp_gui.pnp.sip_values import GROUP
from tests.benchmarks.phone_load import URL, phones
from tests.benchmarks.phone_network import TOOL

_SO_RCVBUFFORCE = 33
_HEADER = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*?)\r$", re.MULTILINE)


def answers(data: bytes, source: tuple[str, int], number: int) -> tuple[bytes, bytes]:
    """The 200 and the NOTIFY to a SUBSCRIBE in the usual form."""
    found = {name.lower(): value for name, value in _HEADER.findall(data.decode("latin-1"))}
    via = found["via"]
    filled = via.replace(";rport", f";rport={source[1]};received={source[0]}", 1)
    tag = f"t{number}"
    common = f"Call-ID: {found['call-id']}\r\nContact: <sip:{TOOL}:5060>\r\n"
    ok = (
        f"SIP/2.0 200 OK\r\nVia: {filled}\r\nFrom: {found['from']}\r\n"
        f"To: {found['to']};tag={tag}\r\nCSeq: {found['cseq']}\r\n{common}"
        "Expires: 0\r\nContent-Length: 0\r\n\r\n"
    )
    contact = found["contact"].strip("<>")
    notify = (
        f"NOTIFY {contact} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {TOOL}:5060;branch=z9hG4bK{number};rport\r\nMax-Forwards: 70\r\n"
        f"From: {found['to']};tag={tag}\r\nTo: {found['from']}\r\nCSeq: 1 NOTIFY\r\n{common}"
        f"Event: {found['event']}\r\nSubscription-State: terminated;reason=timeout\r\n"
        f"Content-Type: application/url\r\nContent-Length: {len(URL)}\r\n\r\n{URL}"
    )
    return ok.encode("latin-1"), notify.encode("latin-1")


def run(*, reading: bool) -> None:
    """Serve for ever."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, 4 << 20)
    sock.bind(("", 5060))
    member = socket.inet_aton(GROUP) + socket.inet_aton(TOOL)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    phone = phones(1)[0]
    ok, notify = answers(phone.prepare(1), (phone.address, phone.shape.port), 1)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    number = 0
    recvfrom, sendto = sock.recvfrom, sock.sendto
    while True:
        select.select([sock], [], [])
        try:
            while True:
                data, source = recvfrom(65535)
                if data.startswith(b"SIP/"):
                    continue
                if reading:
                    number += 1
                    ok, notify = answers(data, source, number)
                sendto(ok, source)
                sendto(notify, source)
        except BlockingIOError:
            pass


if __name__ == "__main__":
    run(reading=sys.argv[1] == "answering")
