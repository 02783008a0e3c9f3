"""A window on a real bench, a real store and the real responder; only the sockets are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.events import Outgoing
from pnp_gui.ui.listening import InterfaceInfo, Listening
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from tests.bench.air import OURS, Air, subscribe


class Net(Listening):
    """Listening as the window sees it; remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.selectable = [
            InterfaceInfo("Ethernet", "192.0.2.5"),
            InterfaceInfo("Wi-Fi", "198.51.100.7"),
            InterfaceInfo("USB", "169.254.1.2", "self-assigned", by_default=False),
        ]
        self.starts = 0

    def start(self) -> None:
        self.starts += 1
        names = [info.name for info in self.selectable if info.by_default]
        wanted = names if self.chosen is None else self.chosen
        self.joined = [info for info in self.selectable if info.name in wanted]
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
    files: Serving = field(default_factory=Serving)

    def __post_init__(self) -> None:
        self.bench = Bench(Store.open(self.folder))
        self.air.join(self.bench)
        self.bench.load()
        self.bench.set_default_url("http://192.0.2.5/snom/{mac}.xml")

    def window(self) -> MainWindow:
        return MainWindow(self.bench, self.net, self.files)

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

    def ask_of(self, number: int, vendor: str, model: str) -> str:
        """A phone of another make asks; its key."""
        mac, address = f"0015650000{number:02X}", f"192.0.2.{100 + number}"
        said = f'vendor="{vendor}";model="{model}"'.encode()
        data = subscribe(mac, address, "a").replace(b'vendor="snom";model="snomD785"', said)
        self.air.hear(data, (address, 5060))
        return mac

    def ask_without_mac(self, number: int) -> str:
        """An AudioCodes asks, which sends no MAC; its key."""
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
