"""Interfaces: what is selectable, what is chosen by default, what a name stands for."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Interface
from typing import Any

import pytest

from pnp_gui.net.interfaces import (
    Interface,
    check_names,
    chosen_by_default,
    find,
    of_adapter,
    selectable,
)
from pnp_gui.net.windows.adapters import Adapter, each_name_once
from pnp_gui.trouble import Trouble
from tests.namespace import bench_network
from tests.net.conftest import pump_in
from tests.net.made_interfaces import ETH, LO, interface


def test_the_local_address_is_the_one_in_the_peers_subnet_else_the_first() -> None:
    assert ETH.address_beside("192.168.10.77") == "192.168.10.5"
    assert ETH.address_beside("10.13.2.20") == "10.13.2.2"
    assert ETH.address_beside("172.16.0.1") == ""
    assert ETH.describe() == "eth0 10.13.2.2 192.168.10.5"


def test_of_nested_subnets_the_smallest_has_the_peer_as_the_route_says() -> None:
    nested = interface("eth0", "10.0.0.2/8", "10.13.2.2/24", "10.13.2.3/24", "10.13.0.2/16")
    assert nested.address_beside("10.13.2.20") == "10.13.2.2"
    assert nested.address_beside("10.13.9.20") == "10.13.0.2"
    assert nested.address_beside("10.14.2.20") == "10.0.0.2"


@pytest.mark.parametrize(
    "lacking",
    [
        interface("eth1", "10.0.0.1/8", up=False),
        interface("eth1", "10.0.0.1/8", running=False),
        interface("eth1", "10.0.0.1/8", multicast=False),
        interface("eth1"),
        LO,
    ],
)
def test_what_is_not_ready_is_not_offered(lacking: Interface) -> None:
    assert selectable([lacking, ETH]) == [ETH]
    assert chosen_by_default([lacking, ETH]) == [ETH]


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("eth0", True),
        ("enp3s0", True),
        ("wlan0", True),
        ("br0", True),
        ("veth12ab34", True),
        ("Ethernet 2", True),
        ("WLAN", True),
        ("Wi-Fi", True),
        ("vEthernet (External)", True),
        ("vEthernet (Default Switch)", False),
        ("vEthernet (WSL (Hyper-V firewall))", False),
        ("VMware Network Adapter VMnet8", False),
        ("VirtualBox Host-Only Network", False),
        ("Npcap Loopback Adapter", False),
        ("docker0", False),
        ("br-0a1b2c3d4e5f", False),
        ("virbr0", False),
        ("vmnet8", False),
        ("vboxnet0", False),
        ("wg0", False),
        ("tun0", False),
        ("tailscale0", False),
        ("OpenVPN TAP-Windows6", False),
    ],
)
def test_networks_inside_the_computer_and_vpns_are_offered_but_not_chosen(
    name: str, chosen: bool
) -> None:
    there = interface(name, "10.13.2.2/24")
    assert selectable([there]) == [there]
    assert bool(chosen_by_default([there])) is chosen


def test_a_self_assigned_address_is_offered_but_not_chosen() -> None:
    alone = interface("eth0", "169.254.7.7/16")
    assert selectable([alone]) == [alone]
    assert not chosen_by_default([alone])
    both = interface("eth0", "169.254.7.7/16", "10.0.0.1/8")
    assert chosen_by_default([both]) == [both]


def test_names_in_any_case_and_addresses_are_found() -> None:
    wanted = ["ETH0", "192.168.10.5", "lo"]
    assert [find(text, [LO, ETH]) for text in wanted] == [ETH, ETH, LO]
    check_names(wanted, [LO, ETH])


def test_the_exact_name_wins_over_another_case() -> None:
    other = interface("Eth0", "10.0.0.1/8")
    assert find("eth0", [other, ETH]) is ETH


def test_an_unknown_name_is_told_with_what_there_is() -> None:
    with pytest.raises(Trouble) as raised:
        check_names(["eth9", "eth0", "10.9.9.9"], [LO, ETH])
    assert str(raised.value) == (
        "There is no network interface called eth9, 10.9.9.9. Available: lo 127.0.0.1, eth0 "
        "10.13.2.2 192.168.10.5. Choose one of these."
    )
    with pytest.raises(Trouble, match="Available: none"):
        check_names(["x"], [])


def adapter(name: str, description: str = "", **changes: Any) -> Adapter:
    usual = Adapter(name, description, 7, (IPv4Interface("192.168.10.5/24"),), True, True, False)
    return replace(usual, **changes)


def test_windows_adapters_are_known_by_their_friendly_names() -> None:
    ethernet = of_adapter(adapter("Ethernet 2", "Realtek PCIe GbE Family Controller"))
    wlan = of_adapter(adapter("WLAN", "Intel(R) Wi-Fi 6 AX201", up=False))
    loopback = of_adapter(
        adapter("Loopback Pseudo-Interface 1", loopback=True, multicast=False, index=1)
    )
    assert (ethernet.name, ethernet.index, ethernet.virtual) == ("Ethernet 2", 7, False)
    assert ethernet.describe() == "Ethernet 2 192.168.10.5"
    assert not wlan.running
    assert selectable([ethernet, wlan, loopback]) == [ethernet]
    assert chosen_by_default([ethernet, wlan, loopback]) == [ethernet]


def test_an_adapter_that_is_listed_twice_has_the_new_number_and_its_addresses() -> None:
    """As Wine lists it when it was out and is back."""
    old, new = adapter("eth0", index=2), adapter("eth0", index=4, addresses=())
    other = adapter("eth1", index=3)
    assert each_name_once([old, other, new]) == [replace(old, index=4), other]
    gone = adapter("eth0", index=2, addresses=(), up=False)
    assert each_name_once([gone, other]) == [gone, other]


@pytest.mark.parametrize(
    "driver",
    [
        "TAP-Windows Adapter V9",
        "VMware Virtual Ethernet Adapter for VMnet8",
        "VirtualBox Host-Only Ethernet Adapter",
        "Npcap Loopback Adapter",
        "WireGuard Tunnel",
        "Cisco AnyConnect Virtual Miniport Adapter for Windows x64",
    ],
)
def test_a_renamed_virtual_adapter_of_windows_is_known_by_its_driver(driver: str) -> None:
    renamed = of_adapter(adapter("Ethernet 5", driver))
    assert renamed.virtual
    assert selectable([renamed]) == [renamed]
    assert chosen_by_default([renamed]) == []


def test_an_address_with_a_label_belongs_to_its_port() -> None:
    with bench_network() as bench:
        label = ("address", "add", "10.13.9.9/24", "label", "eth0:1", "dev", "eth0")
        bench.tool.run("ip", *label)
        with pump_in(bench.tool) as pump:
            assert pump.state()["selectable"] == ["eth0"]
            assert pump.listen(["10.13.9.9"])["joined"] == {"eth0": "10.13.2.2"}


@pytest.mark.parametrize(
    ("peer", "can"),
    [
        ("10.13.2.20", True),
        ("172.16.0.1", True),
        ("10.13.2.2", True),
        ("10.13.2.255", False),
        ("10.13.2.0", False),
        ("192.168.10.255", False),
        ("224.0.1.75", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("0.0.0.0", False),
        ("0.1.2.3", False),
        ("127.0.0.5", False),
    ],
)
def test_no_phone_has_an_address_of_a_group_a_broadcast_or_this_computer(
    peer: str, can: bool
) -> None:
    assert ETH.can_have(peer) is can


def test_simulated_phones_are_on_loopback_and_a_link_of_two_has_no_broadcast() -> None:
    assert LO.can_have("127.0.0.5")
    assert interface("ppp0", "10.0.0.0/31").can_have("10.0.0.1")
    assert interface("ppp0", "10.0.0.1/32").can_have("10.0.0.1")
