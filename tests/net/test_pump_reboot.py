"""Asking phones to reboot by the pump, on loopback: at once, and 500 without losing one."""

from __future__ import annotations

from pnp_gui.pnp.events import Answered, Offered, RebootAnswered
from pnp_gui.pnp.send_result import SendResult
from tests.net.loopback import MAC, Bench
from tests.net.phone import Phone

PHONES = 500
SHARED = 50
"""Phones on one socket: their answers have to fit into its buffer."""


def test_it_goes_out_at_once_and_its_answer_is_told(bench: Bench) -> None:
    phone = bench.phone()
    assert bench.pump.reboot(MAC) is SendResult.NEVER_ASKED
    bench.serve(phone)
    # No turn of the event loop in between.
    assert bench.pump.reboot(MAC) is SendResult.NOTIFY_ALONE
    phone.sock.settimeout(2)
    notify, source = phone.sock.recvfrom(65535)
    assert notify.startswith(b"NOTIFY ")
    assert b"\r\nEvent: check-sync;reboot=true\r\n" in notify
    assert bench.pump.reboot(MAC) is SendResult.UNDER_WAY
    phone.sock.sendto(answer_to(notify, b"401 Unauthorized"), source)
    bench.until(1, RebootAnswered)
    [told] = bench.kinds(RebootAnswered)
    assert isinstance(told, RebootAnswered)
    assert (told.key, told.status, told.reason) == (MAC, 401, "Unauthorized")
    bench.pump.stop()
    assert bench.pump.reboot(MAC) is SendResult.NEVER_ASKED, "nothing is listened on"


def test_many_phones_are_asked_without_losing_one(bench: Bench) -> None:
    macs = [f"000413{number:06X}" for number in range(PHONES)]
    bench.approved.update(macs)
    sockets = [bench.phone().sock for _ in range(PHONES // SHARED)]
    for place, sock in enumerate(sockets):
        phones = [Phone(sock, mac) for mac in macs[place * SHARED :][:SHARED]]
        for phone in phones:
            phone.ask("127.0.0.1", bench.port)
        bench.until((place + 1) * SHARED, Offered)
        for phone in phones:
            phone.notify()
    bench.until(PHONES, Answered)

    assert {bench.pump.reboot(mac) for mac in macs} == {SendResult.NOTIFY_ALONE}

    branches = set()
    for sock in sockets:
        for _ in range(SHARED):
            data, source = sock.recvfrom(65535)
            assert b"\r\nEvent: check-sync;reboot=true\r\n" in data
            branches.add(data.partition(b"branch=")[2].partition(b";")[0])
            sock.sendto(answer_to(data, b"200 OK"), source)
    assert len(branches) == PHONES
    bench.until(PHONES, RebootAnswered)
    assert {event.status for event in bench.events if isinstance(event, RebootAnswered)} == {200}
    assert not bench.pump.state.troubles


def answer_to(notify: bytes, status: bytes) -> bytes:
    """The phone's own response."""
    names = (b"Via", b"From", b"To", b"Call-ID", b"CSeq")
    kept = [line for line in notify.split(b"\r\n") if line.partition(b":")[0] in names]
    return b"\r\n".join([b"SIP/2.0 " + status, *kept, b"Content-Length: 0", b"", b""])
