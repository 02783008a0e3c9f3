"""A phone that sends no MAC, the bench, its responder, and the system's table of neighbours."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.sheet.sheet import SheetLine
from tests.bench.air import INTERFACE, Air
from tests.bench.rig import Set
from tests.pnp.phones import AUDIOCODES

MAC, OTHER = "00908F112233", "00908F445566"
A, B = "192.0.2.37", "192.0.2.38"
BY_A = f"ip:{A}"
SERVED = [f"SIP/2.0 {A}", f"NOTIFY {A}"]


class Floor:
    """A bench, its responder, and the system's table of neighbours by hand."""

    def __init__(self, at: Set) -> None:
        self.at = at
        self.bench = at.bench
        self.known: dict[tuple[str, str], str] = {}
        self.air = Air(lambda: at.clock.monotonic)
        self.air.join(at.bench)
        self.bench.attach_neighbours(lambda: dict(self.known))
        self.bench.set_default_url("http://192.0.2.5/${mac}.cfg")

    def knows(self, address: str, mac: str) -> None:
        self.known[INTERFACE, address] = mac

    def ask(self, address: str = A) -> list[str]:
        """The phone boots and asks; what it got."""
        self.wait(60)
        wire = AUDIOCODES.wire(address).replace(b"668717252", f"{self.now:.0f}".encode())
        self.air.hear(wire, AUDIOCODES.source(address))
        return self.got()

    def got(self) -> list[str]:
        return [f"{one.data.split()[0].decode()} {one.remote[0]}" for one in self.air.take()]

    @property
    def now(self) -> float:
        return self.at.clock.monotonic

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.at.clock.forward(1)
            self.bench.tick()

    def sheet(self, key: str, decision: Decision = Decision.APPROVED) -> None:
        self.bench.apply_sheet([SheetLine(1, key, decision, None, None)])

    def row(self) -> Phone:
        [phone] = self.bench.phones.values()
        return phone
