"""The hint that the Windows firewall may be in the way: when it comes, and what it says."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Interface

import pytest

from pnp_gui.app.firewall_hint import FirewallHint
from pnp_gui.net.interfaces import Interface
from pnp_gui.net.listen_state import ListenState

ETH = Interface("Ethernet", 7, (IPv4Interface("10.1.0.2/24"),), True, True, True, False, False)
LO = replace(ETH, name="Loopback Pseudo-Interface 1", loopback=True, multicast=False)
EXE = r"D:\Prüf Stand\pnp-gui.exe"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def hint(clock: Clock, system: str = "win32") -> FirewallHint:
    return FirewallHint(clock=clock, system=system, program=EXE)


def test_a_minute_of_silence_gives_the_commands_that_mend_it() -> None:
    clock = Clock()
    watched = hint(clock)
    state = ListenState(listening=True, port=5062, joined=[ETH])
    assert watched.trouble(state) is None
    clock.now += 59
    assert watched.trouble(state) is None
    clock.now += 1
    trouble = watched.trouble(state)
    assert trouble is not None
    assert "on UDP port 5062 for a minute" in str(trouble)
    assert (trouble.code, trouble.action) == ("firewall", "copy_details")
    assert str(trouble.values["details"]).splitlines() == [
        f'netsh advfirewall firewall delete rule name=all program="{EXE}"',
        'netsh advfirewall firewall add rule name="PnP Bench" dir=in action=allow protocol=UDP '
        f'localport=5062 program="{EXE}" profile=any',
    ]


@pytest.mark.parametrize("counter", ["heard", "ignored", "elsewhere", "receive_errors"])
def test_anything_that_comes_in_proves_that_nothing_is_blocked(counter: str) -> None:
    clock = Clock()
    watched = hint(clock)
    state = ListenState(listening=True, joined=[ETH])
    watched.trouble(state)
    clock.now += 100
    assert watched.trouble(state)
    setattr(state, counter, 1)
    assert watched.trouble(state) is None
    clock.now += 1000
    assert watched.trouble(state) is None


def test_the_minute_begins_when_a_network_port_is_joined() -> None:
    clock = Clock()
    watched = hint(clock)
    for joined in ([], [LO], [ETH]):
        clock.now += 100
        assert watched.trouble(ListenState(listening=True, joined=joined)) is None
    clock.now += 100
    assert watched.trouble(ListenState(listening=True, joined=[ETH]))
    watched.restart()
    assert watched.trouble(ListenState(listening=True, joined=[ETH])) is None


def test_elsewhere_there_is_no_such_hint() -> None:
    clock = Clock()
    watched = hint(clock, "linux")
    state = ListenState(listening=True, joined=[ETH])
    watched.trouble(state)
    clock.now += 1000
    assert watched.trouble(state) is None
