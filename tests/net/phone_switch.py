"""A switch on the phones' side, so that the tool's port can come and go beside many phones.

A bridge holds the phones' addresses; the cable's far end is a port of it. So a cable that is pulled
or an adapter that is taken out leaves the phones as they are, like a real switch does.
"""

from __future__ import annotations

from tests.namespace import BenchNetwork, Cable

SWITCH = "sw0"


class PhoneSwitch:
    """The first cable of the bench ends in it."""

    def __init__(self, bench: BenchNetwork, phones: int) -> None:
        """With addresses for so many phones: 10.13.4.1, 10.13.4.2 and so on."""
        self._bench = bench
        self.addresses = [f"10.13.{4 + n // 250}.{n % 250 + 1}" for n in range(phones)]
        side = bench.phones
        for link in (
            f"{SWITCH} type bridge mcast_snooping 0 forward_delay 0",
            # One port that is always up: a switch does not go out with its last cable.
            f"{SWITCH}p type veth peer name {SWITCH}q",
        ):
            side.run("ip", "link", "add", *link.split())
        ups = [f"{name} up" for name in (SWITCH, f"{SWITCH}p", f"{SWITCH}q")]
        for link in (f"{SWITCH}p master {SWITCH}", *ups):
            side.run("ip", "link", "set", *link.split())
        side.batch(f"address add {one}/16 dev {SWITCH}" for one in self.addresses)
        self._attach()

    @property
    def cable(self) -> Cable:
        return self._bench.cables[0]

    def recreate(self) -> None:
        """The tool's adapter, taken out before, is put back: same name and address, new number."""
        self.cable.create()
        self._attach()

    def _attach(self) -> None:
        side, port = self._bench.phones, self.cable.phone_port
        side.run("ip", "address", "flush", "dev", port)
        side.run("ip", "link", "set", port, "master", SWITCH)
        # The tool's mask is /24: it has to answer all phones.
        address = self.cable.tool_ip
        tool = self._bench.tool
        tool.run("ip", "address", "flush", "dev", self.cable.tool_port)
        tool.add_address(self.cable.tool_port, f"{address}/16")
