"""The bench with the real responder: a decision is what makes the difference on the wire."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phone import Progress
from pnp_gui.bench.store import Store
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.sent import Sent
from tests.bench.floor_of_phones import LOCAL, Clock

MAC = "000413A2105F"
PHONE = ("10.13.2.37", 1024)


def subscribe(call: str) -> bytes:
    return (
        "SUBSCRIBE sip:MAC%3a000413A2105F@224.0.1.75 SIP/2.0\r\n"
        "Via: SIP/2.0/UDP 10.13.2.37:1024;rport\r\n"
        "From: <sip:MAC%3a000413A2105F@224.0.1.75>;tag=t1\r\n"
        "To: <sip:MAC%3a000413A2105F@224.0.1.75>\r\n"
        f"Call-ID: {call}\r\n"
        "CSeq: 1 SUBSCRIBE\r\n"
        'Event: ua-profile;profile-type="device";vendor="snom";model="snomD785";version="10.1"\r\n'
        "Contact: <sip:10.13.2.37:1024>\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()


class Cable:
    """The responder as a wire, with its events absorbed at once."""

    def __init__(self, bench: Bench, clock: Clock) -> None:
        tokens = count()
        self.bench = bench
        self.clock = clock
        self.responder = Responder(bench.url_for, lambda: f"token{next(tokens)}")
        bench.attach(self)

    def offer(self, key: str) -> Sent:
        sent = self.responder.offer(key, self.clock.monotonic)
        self.bench.absorb(self.responder.events())
        return sent

    def reboot(self, key: str) -> Sent:
        sent = self.responder.reboot(key, self.clock.monotonic)
        self.bench.absorb(self.responder.events())
        return sent

    def withdraw(self, key: str) -> None:
        self.responder.withdraw(key, self.clock.monotonic)

    def forget(self, key: str) -> None:
        self.responder.forget(key, self.clock.monotonic)

    def move(self, key: str) -> None:
        self.responder.move(key, self.clock.monotonic)
        self.bench.absorb(self.responder.events())

    def receive(self, data: bytes) -> list[bytes]:
        """What goes out because of these bytes from the phone."""
        self.responder.receive(data, PHONE, LOCAL, "eth0", self.clock.monotonic)
        self.bench.absorb(self.responder.events())
        return self.out()

    def out(self) -> list[bytes]:
        return [datagram.data for datagram in self.responder.datagrams()]


def test_from_asking_to_accepted_and_back(tmp_path: Path) -> None:
    clock = Clock()
    bench = Bench(Store.open(tmp_path), now=lambda: clock.unix, monotonic=lambda: clock.monotonic)
    cable = Cable(bench, clock)
    bench.set_default_url("http://h/${MAC}.xml?mac={mac}")

    assert cable.receive(subscribe("one")) == []
    phone = bench.phones[MAC]
    assert (phone.make, phone.model, phone.address) == ("snom", "snomD785", "10.13.2.37")

    bench.approve([MAC])
    ok, notify = cable.out()
    assert ok.startswith(b"SIP/2.0 200 ")
    assert notify.partition(b"\r\n\r\n")[2].decode() == bench.preview(MAC)
    assert phone.progress is Progress.SENT

    via = next(line for line in notify.split(b"\r\n") if line.startswith(b"Via:"))
    cable.receive(b"SIP/2.0 200 OK\r\n" + via + b"\r\nCSeq: 1 NOTIFY\r\n\r\n")
    assert (phone.progress, phone.sent_url) == (Progress.ACCEPTED, bench.preview(MAC))
    assert [entry.outgoing for entry in bench.trace.of(MAC)] == [False, True, True, False]

    clock.forward(3600)
    assert len(cable.receive(subscribe("two"))) == 2, "served without a click"
    bench.deny([MAC])
    clock.forward(1)
    cable.responder.expire(clock.monotonic)
    assert cable.out() == [], "no retransmission"
    assert cable.receive(subscribe("three")) == []
    bench.close()
