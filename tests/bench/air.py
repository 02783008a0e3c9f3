"""The real responder as the bench's wire, with no sockets; and what a phone sends when it boots."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count

from pnp_gui.bench.bench import Bench
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult

OURS = ("192.0.2.5", 5060)
INTERFACE = "Ethernet"


class Air:
    """The responder without sockets: keeps what would have been sent."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        ours: tuple[str, int] = OURS,
        interface: str = INTERFACE,
    ) -> None:
        self.ago = 0.0
        """Seconds to set the clock of the wire back by."""
        self._monotonic = monotonic
        self._ours, self._interface = ours, interface
        self.sent: list[Outgoing] = []
        ids = count(1)
        self._new_id = lambda: f"id{next(ids):06d}"

    def join(self, bench: Bench) -> None:
        self.bench = bench
        self.responder = Responder(
            bench.url_for, self._new_id, bench.has_room, resolve_mac=bench.resolve_mac
        )
        bench.attach(self)

    def now(self) -> float:
        return self._monotonic() - self.ago

    def offer(self, key: str) -> SendResult:
        sent = self.responder.offer(key, self.now())
        self._pass_on()
        return sent

    def reboot(self, key: str) -> SendResult:
        sent = self.responder.reboot(key, self.now())
        self._pass_on()
        return sent

    def expire(self, seconds: float) -> None:
        """The wire's clock goes forward with every timer on time."""
        end = self.now() + seconds
        while (due := self.responder.deadline()) is not None and due <= end:
            self.responder.expire(due)
            self._pass_on()

    def withdraw(self, key: str) -> None:
        self.responder.withdraw(key, self.now())
        self._pass_on()

    def forget(self, key: str) -> None:
        self.responder.forget(key)
        self._pass_on()

    def rename(self, key: str, mac: str) -> None:
        self.responder.rename(key, mac)

    def move(self, key: str) -> bool:
        moved = self.responder.move(key, self.now())
        self._pass_on()
        return moved

    def hear(self, data: bytes, source: tuple[str, int], to: tuple[str, int] | None = None) -> None:
        self.responder.receive(Datagram(data, source, self._ours, self._interface, self.now(), to))
        self._pass_on()

    def starts(self) -> list[str]:
        """The first words of what was sent, with where it went."""
        return [f"{one.data.split()[0].decode()} {one.remote[0]}" for one in self.sent]

    def take(self) -> list[Outgoing]:
        sent, self.sent = self.sent, []
        return sent

    def _pass_on(self) -> None:
        self.sent += self.responder.datagrams()
        self.bench.absorb(self.responder.events())


def subscribe(mac: str, address: str, tag: str) -> bytes:
    """What a snom sends when it boots."""
    who = f"sip:MAC%3a{mac}@224.0.1.75"
    return "\r\n".join(
        (
            f"SUBSCRIBE {who} SIP/2.0",
            f"Via: SIP/2.0/UDP {address}:5060;rport",
            f"From: <{who}>;tag={tag}",
            f"To: <{who}>",
            f"Call-ID: {tag}{mac}@{address}",
            "CSeq: 1 SUBSCRIBE",
            f"Contact: <sip:{address}:5060>",
            'Event: ua-profile;profile-type="device";vendor="snom";model="snomD785";'
            'version="10.1.184.15"',
            "Expires: 0",
            "Accept: application/url",
            "Content-Length: 0",
            "",
            "",
        )
    ).encode()
