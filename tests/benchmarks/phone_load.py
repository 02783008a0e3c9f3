"""Thousands of phones in one lean loop: the messages of the simulated phones, their checks after.

Every message is made beforehand, every answer is only kept while the clock runs, and the kernel's
own time stamps say when it came: so the phones measure the tool, not themselves. One socket for
each source port serves all addresses (IP_PKTINFO). Runs as a process on the phones' side:

    python -m tests.benchmarks.phone_load storm|rate|steady OPTIONS   -> one JSON object
"""

from __future__ import annotations

import argparse
import gc
import json
import select
import socket
import struct
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from pnp_gui.demo.check import SentSubscribe, check_notify, check_ok
from pnp_gui.demo.shape import Shape
from pnp_gui.demo.shapes import SHAPES
from pnp_gui.pnp.limits import MAX_RENEWALS
from pnp_gui.pnp.sip_values import GROUP
from tests.benchmarks.phone_network import TOOL, addresses

KINDS = ("snom", "yealink", "grandstream", "fanvil", "gigaset", "akuvox", "htek", "panasonic")
"""Shapes that name their MAC, in turn."""

URL = "http://192.0.2.10/provisioning/{mac}.xml"
"""The default URL of the run, which goes out as it is."""

RETRY = 0.5
"""Seconds until a phone without an answer asks again (RFC 3261, T1)."""

_IP_PKTINFO = 8
_SO_TIMESTAMPNS = 35
_SO_RCVBUFFORCE = 33
_BUFFER = 32 << 20
_SPACE = socket.CMSG_SPACE(12) + socket.CMSG_SPACE(16)


@dataclass(slots=True)
class Phone:
    """One phone, and what happened to it."""

    shape: Shape
    mac: str
    address: str
    number: int = 0
    subscribe: bytes = b""
    tries: int = 0
    asked_at: float = 0.0
    ok: bytes = b""
    notify: bytes = b""
    notified_at: float = 0.0
    extra: list[bytes] = field(default_factory=list)

    def prepare(self, number: int) -> bytes:
        """The next SUBSCRIBE, with fresh ids."""
        call = (self.mac, self.address, self.shape.port, f"{number:09d}", self.shape.cseq)
        return self.shape.subscribe(*call)

    def faults(self) -> list[str]:
        """What is not exact in the answers that were kept."""
        asked = SentSubscribe(self.subscribe, (self.address, self.shape.port), (TOOL, 5060), URL)
        source = (TOOL, 5060)
        return [
            *(check_ok(self.ok, source, asked) if self.ok else ["no 200"]),
            *(check_notify(self.notify, source, asked, self.ok or None)),
            *(f"more than one answer: {data[:40]!r}" for data in self.extra),
        ]


def phones(count: int) -> list[Phone]:
    """The phones; the same every time, so that a sheet can be written beforehand."""
    return [
        Phone(shape := SHAPES[KINDS[place % len(KINDS)]], shape.mac_of(place), address)
        for place, address in enumerate(addresses(count))
    ]


def sheet(devices: Sequence[Phone], decision: str = "approved") -> str:
    """A sheet with a decision about these phones."""
    lines = [f"{phone.mac},{decision},,desk {n}" for n, phone in enumerate(devices)]
    return "\n".join(["mac,decision,url,label", *lines, ""])


class Air:
    """The sockets of all phones."""

    def __init__(self, devices: Sequence[Phone]) -> None:
        self._index = socket.if_nametoindex("ph0")
        self._by_port: dict[int, socket.socket] = {}
        self._poll = select.epoll()
        self._ancillary: dict[str, list[tuple[int, int, bytes]]] = {}
        for phone in devices:
            port = phone.shape.port
            if port not in self._by_port:
                self._by_port[port] = made = self._open(port)
                self._poll.register(made, select.EPOLLIN)
            local = socket.inet_aton(phone.address)
            info = struct.pack("i4s4s", self._index, local, local)
            self._ancillary[phone.address] = [(socket.IPPROTO_IP, _IP_PKTINFO, info)]
        self._by_number = {made.fileno(): made for made in self._by_port.values()}

    def _open(self, port: int) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER)
        made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
        made.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        made.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        made.bind(("", port))
        return made

    def send(self, phone: Phone, data: bytes, to: tuple[str, int]) -> None:
        """Send as this phone."""
        self._by_port[phone.shape.port].sendmsg([data], self._ancillary[phone.address], 0, to)

    def receive(self, wait: float) -> list[tuple[bytes, bytes, float]]:
        """What came: data, the phone's address as four bytes, the kernel's time (unix seconds)."""
        taken = []
        for number, _ in self._poll.poll(max(0.0, wait)):
            made = self._by_number[number]
            for _ in range(64):
                try:
                    data, said, _, _ = made.recvmsg(4096, _SPACE)
                except BlockingIOError:
                    break
                local, at = b"", 0.0
                for level, kind, value in said:
                    if level == socket.IPPROTO_IP and kind == _IP_PKTINFO:
                        local = value[8:12]
                    elif level == socket.SOL_SOCKET:
                        seconds, nano = struct.unpack("qq", value[:16])
                        at = seconds + nano * 1e-9
                taken.append((data, local, at))
        return taken


def response_to(notify: bytes) -> bytes:
    """A 200 to a NOTIFY: its lines from Via to CSeq, which come before its Contact."""
    start = notify.index(b"\r\n") + 2
    return (
        b"SIP/2.0 200 OK\r\n"
        + notify[start : notify.index(b"Contact:")]
        + b"Content-Length: 0\r\n\r\n"
    )


def storm(count: int, seconds: float) -> dict[str, object]:
    """All phones ask once within `seconds`, and again after 0.5 s where no 200 came."""
    devices = phones(count)
    by_address = {socket.inet_aton(phone.address): phone for phone in devices}
    for number, phone in enumerate(devices):
        phone.subscribe = phone.prepare(100_000_000 + number)
    air = Air(devices)
    gc.freeze()
    gc.disable()
    started = time.monotonic()
    pause = seconds / count
    sent = 0
    end = started + 40.0
    served_at: float | None = None
    waiting = {phone.address: phone for phone in devices}
    retry_at = 0.0
    while time.monotonic() < end and (served_at is None or time.monotonic() < served_at + 1.0):
        now = time.monotonic()
        while sent < count and now >= started + sent * pause:
            phone = devices[sent]
            phone.tries = 1
            phone.asked_at = time.time()
            air.send(phone, phone.subscribe, (GROUP, 5060))
            sent += 1
        for data, local, at in air.receive(0.0 if sent < count else 0.02):
            phone = by_address[local]
            if data.startswith(b"NOTIFY"):
                air.send(phone, response_to(data), (TOOL, 5060))
                if phone.notify:
                    if data != phone.notify:
                        phone.extra.append(data)
                    continue
                phone.notify, phone.notified_at = data, at
                waiting.pop(phone.address, None)
                if not waiting:
                    served_at = time.monotonic()
            elif phone.ok:
                phone.extra.append(data)
            else:
                phone.ok = data
        if sent == count and now >= retry_at and waiting:
            retry_at = now + 0.02
            wall = time.time()
            for phone in list(waiting.values()):
                if not phone.ok and wall - phone.asked_at > RETRY * (2**phone.tries - 1):
                    phone.tries += 1
                    air.send(phone, phone.subscribe, (GROUP, 5060))
    served = [phone for phone in devices if phone.notify]
    faults = {phone.mac: found for phone in served if (found := phone.faults())}
    return {
        "asked": count,
        "served": len(served),
        "first": sum(phone.tries == 1 for phone in served),
        "seconds": devices[-1].asked_at - devices[0].asked_at,
        "times": [phone.notified_at - phone.asked_at for phone in served],
        "inexact": len(faults),
        "example": next(iter(faults.values()), []),
    }


def rate(count: int, in_flight: int, seconds: float, rounds: int) -> dict[str, object]:
    """`in_flight` phones at once, each asking `rounds` times: a further time it would be answered
    at a pace."""
    devices = phones(count)
    by_address = {socket.inet_aton(phone.address): phone for phone in devices}
    messages = [
        (phone, phone.prepare(200_000_000 + turn * count + n))
        for turn in range(rounds)
        for n, phone in enumerate(devices)
    ]
    messages.reverse()
    air = Air(devices)
    gc.freeze()
    gc.disable()
    target = (TOOL, 5060)
    done = 0
    wasted = 0
    flying = 0
    last = started = time.monotonic()
    end = started + seconds
    while (now := time.monotonic()) < end and messages:
        if now - last > 0.3:  # something was lost: fill up again
            wasted += flying
            flying = 0
        while flying < in_flight and messages:
            phone, data = messages.pop()
            air.send(phone, data, (GROUP, 5060))
            flying += 1
        for data, local, _ in air.receive(0.1):
            if data.startswith(b"NOTIFY"):
                air.send(by_address[local], response_to(data), target)
                last = time.monotonic()
                done += 1
                flying -= 1
                if messages:
                    phone, data = messages.pop()
                    air.send(phone, data, (GROUP, 5060))
                    flying += 1
    return {"exchanges": done, "seconds": last - started, "lost": wasted}


def steady(count: int, each_second: float, seconds: float) -> dict[str, object]:
    """`each_second` phones ask, evenly; those that get a NOTIFY answer it."""
    devices = phones(count)
    by_address = {socket.inet_aton(phone.address): phone for phone in devices}
    air = Air(devices)
    target = (TOOL, 5060)
    started = time.monotonic()
    sent = served = 0
    while (now := time.monotonic()) < started + seconds:
        while sent < (now - started) * each_second:
            phone = devices[sent * 7919 % count]
            air.send(phone, phone.prepare(300_000_000 + sent), (GROUP, 5060))
            sent += 1
        for data, local, _ in air.receive(0.005):
            if data.startswith(b"NOTIFY"):
                air.send(by_address[local], response_to(data), target)
                served += 1
    return {"asked": sent, "served": served}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the three."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.phone_load")
    parser.add_argument("what", choices=("storm", "rate", "steady"))
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=MAX_RENEWALS + 1)
    parser.add_argument("--each-second", type=float, default=500.0)
    options = parser.parse_args(arguments)
    if options.what == "storm":
        found = storm(options.phones, options.seconds)
    elif options.what == "rate":
        found = rate(options.phones, options.in_flight, options.seconds, options.rounds)
    else:
        found = steady(options.phones, options.each_second, options.seconds)
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
