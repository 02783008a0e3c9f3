"""A window on a real bench, a real store and the real responder; only the sockets are missing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store import Store
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.sent import Sent
from pnp_gui.ui.listening import InterfaceInfo, Listening
from pnp_gui.ui.window import MainWindow

OURS = ("192.0.2.5", 5060)
PORT = "Ethernet"


class Air:
    """The responder without sockets: keeps what would have been sent."""

    def __init__(self) -> None:
        self.ago = 0.0
        """Seconds to set the clock of the wire back by."""
        self.sent: list[Outgoing] = []
        ids = count(1)
        self._new_id = lambda: f"id{next(ids):06d}"

    def join(self, bench: Bench) -> None:
        self.bench = bench
        self.responder = Responder(bench.url_for, self._new_id)
        bench.attach(self)

    def now(self) -> float:
        return time.monotonic() - self.ago

    def offer(self, key: str) -> Sent:
        sent = self.responder.offer(key, self.now())
        self._pass_on()
        return sent

    def reboot(self, key: str) -> Sent:
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
        self.responder.forget(key, self.now())
        self._pass_on()

    def move(self, key: str) -> None:
        self.responder.move(key, self.now())
        self._pass_on()

    def hear(self, data: bytes, source: tuple[str, int], to: tuple[str, int] | None = None) -> None:
        self.responder.receive(data, source, OURS, PORT, self.now(), to)
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


class Net(Listening):
    """Listening as the window sees it; remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.offered = [
            InterfaceInfo("Ethernet", "192.0.2.5"),
            InterfaceInfo("Wi-Fi", "198.51.100.7"),
            InterfaceInfo("USB", "169.254.1.2", "self-assigned", by_default=False),
        ]
        self.starts = 0

    def start(self) -> None:
        self.starts += 1
        names = [info.name for info in self.offered if info.by_default]
        wanted = names if self.chosen is None else self.chosen
        self.joined = [info for info in self.offered if info.name in wanted]
        super().start()

    def choose(self, names: Sequence[str] | None) -> None:
        super().choose(names)
        if self.listening:
            self.start()


@dataclass
class Stage:
    """Everything a test of the window needs."""

    folder: Path
    air: Air = field(default_factory=Air)
    net: Net = field(default_factory=Net)

    def __post_init__(self) -> None:
        self.bench = Bench(Store.open(self.folder))
        self.air.join(self.bench)
        self.bench.set_default_url("http://192.0.2.5/snom/{mac}.xml")

    def window(self) -> MainWindow:
        return MainWindow(self.bench, self.net)

    def ask(
        self,
        number: int,
        *,
        tag: str = "a",
        seconds_ago: float = 0.0,
        to: str = "",
        address: str = "",
    ) -> str:
        """Phone no. `number` asks, from its own address or another; its key."""
        mac = f"0004130000{number:02X}"
        address = address or f"192.0.2.{100 + number}"
        self.air.ago = seconds_ago
        destination = (to, OURS[1]) if to else None
        self.air.hear(subscribe(mac, address, tag), (address, 5060), destination)
        self.air.ago = 0.0
        return mac

    def ask_without_mac(self, number: int) -> str:
        """An AudioCodes asks, which names no MAC; its key."""
        address = f"192.0.2.{100 + number}"
        data = subscribe("", address, "n").replace(b"MAC%3a", b"user")
        self.air.hear(data, (address, 5060))
        return f"ip:{address}"

    def answer(self, notify: Outgoing, status: str = "200 OK") -> None:
        """The phone answers a NOTIFY."""
        kept = [
            line
            for line in notify.data.decode().split("\r\n")
            if line.partition(":")[0] in ("Via", "From", "To", "Call-ID", "CSeq")
        ]
        lines = [f"SIP/2.0 {status}", *kept, "Content-Length: 0", "", ""]
        self.air.hear("\r\n".join(lines).encode(), notify.remote)


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
