"""The hint that something keeps every datagram away: when it comes, and what it says."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Interface

import pytest

from pnp_gui.app.silence_hint import SilenceHint
from pnp_gui.net import rp_filter
from pnp_gui.net.interfaces import Interface
from pnp_gui.net.listen_state import ListenState
from pnp_gui.trouble import Trouble
from tests.namespace import bench_network
from tests.net.conftest import pump_in
from tests.net.phone import Phone

ETH = Interface("Ethernet", 7, (IPv4Interface("10.1.0.2/24"),), True, True, True, False, False)
LO = replace(ETH, name="Loopback Pseudo-Interface 1", loopback=True, multicast=False)
EXE = r"D:\Prüf Stand\pnp-gui.exe"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def hint(clock: Clock, system: str = "win32") -> SilenceHint:
    return SilenceHint(clock=clock, system=system, program=EXE)


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
    assert (trouble.code, trouble.action) == ("silence", "copy_details")
    assert str(trouble.values["details"]).splitlines() == [
        f'netsh advfirewall firewall delete rule name=all program="{EXE}"',
        'netsh advfirewall firewall add rule name="PnP Bench" dir=in action=allow protocol=UDP '
        f'localport=5062 program="{EXE}" profile=any',
    ]


def test_what_arrived_before_the_first_look_counts() -> None:
    clock = Clock()
    watched = hint(clock)
    state = ListenState(listening=True, joined=[ETH], heard=1)
    assert watched.trouble(state) is None
    clock.now += 60
    assert watched.trouble(state) is None


def test_what_arrived_before_it_listens_again_proves_nothing() -> None:
    clock = Clock()
    watched = hint(clock)
    state = ListenState(listening=True, joined=[LO], heard=1)
    assert watched.trouble(state) is None
    watched.restart()
    state.joined = [ETH]
    state.heard = 5
    assert watched.trouble(state) is None
    clock.now += 60
    assert watched.trouble(state) is not None


def test_the_commands_name_the_ports_of_files_that_are_served() -> None:
    clock = Clock()
    watched = hint(clock)
    state = ListenState(listening=True, joined=[ETH])
    watched.trouble(state)
    clock.now += 60
    assert watched.trouble(state) is not None
    trouble = watched.trouble(state, [("TCP", 8080), ("UDP", 69)])
    assert trouble is not None
    allowed = str(trouble.values["details"]).splitlines()[1:]
    assert [line.split("protocol=")[1].split(" program")[0] for line in allowed] == [
        "UDP localport=5060",
        "TCP localport=8080",
        "UDP localport=69",
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


def after_a_minute(state: ListenState) -> Trouble:
    clock = Clock()
    watched = hint(clock, "linux")
    assert watched.trouble(state) is None
    clock.now += 60
    trouble = watched.trouble(state)
    assert trouble is not None
    return trouble


def test_on_linux_it_says_how_to_look_at_the_firewall(monkeypatch: pytest.MonkeyPatch) -> None:
    state = ListenState(listening=True, joined=[ETH])
    monkeypatch.setattr(rp_filter, "admitting", lambda ports: [])
    trouble = after_a_minute(state)
    for words in ("a firewall on this computer", "IGMP snooping without a querier"):
        assert words in str(trouble)
    assert "rp_filter" not in str(trouble)
    for command in ("nft list ruleset", "iptables -S", "ufw status", "firewall-cmd --list-all"):
        assert command in str(trouble.values["details"])


def test_on_linux_it_names_the_ports_whose_filter_drops_phones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rp_filter, "admitting", lambda ports: [(ETH.name, "sudo sysctl -w x=0")])
    trouble = after_a_minute(ListenState(listening=True, joined=[ETH]))
    assert "outside the network of Ethernet (rp_filter)" in str(trouble)
    assert str(trouble.values["details"]).startswith("sudo sysctl -w x=0\nsudo nft")


def test_what_a_firewall_drops_is_not_counted_so_the_hint_comes() -> None:
    rules = "table ip t { chain c { type filter hook input priority 0; udp dport 5060 drop; }; }"
    with bench_network() as network, pump_in(network.tool) as pump:
        pump.listen(None)
        network.tool.run("nft", rules)
        phone = Phone(network.phones.udp_socket(("10.13.2.20", 0), device="ph0"), "000413000001")
        phone.ask()
        assert phone.receive(1.0) is None
        state = pump.state()
        heard = ListenState(heard=state["heard"], joined=[ETH])
        assert "a firewall on this computer" in str(after_a_minute(heard))
        assert "udp dport 5060 drop" in network.tool.run("nft", "list", "ruleset").stdout
        network.tool.run("nft", "flush", "ruleset")
        phone.ask()
        pump.until(lambda state: state["heard"], "heard without the rule")
        phone.sock.close()
