"""Interfaces: what is offered, what is chosen by default, what a name stands for."""

from __future__ import annotations

import socket
from collections import namedtuple
from ipaddress import IPv4Interface

import psutil
import pytest

from pnp_gui.net.interfaces import (
    Interface,
    chosen_by_default,
    find,
    offered,
    resolve,
    system_interfaces,
)
from tests.namespace import bench_network
from tests.net.conftest import pump_in


def interface(name: str = "eth0", *addresses: str, **changes: bool) -> Interface:
    state = {"up": True, "running": True, "multicast": True, "loopback": False, "virtual": False}
    return Interface(name, 2, tuple(map(IPv4Interface, addresses)), **{**state, **changes})


ETH = interface("eth0", "10.13.2.2/24", "192.168.10.5/24")
LO = interface("lo", "127.0.0.1/8", loopback=True, multicast=False)


def test_the_local_address_is_the_one_in_the_peers_subnet_else_the_first() -> None:
    assert ETH.local_for("192.168.10.77") == "192.168.10.5"
    assert ETH.local_for("10.13.2.20") == "10.13.2.2"
    assert ETH.local_for("172.16.0.1") == "10.13.2.2"
    assert interface("eth1").local_for("172.16.0.1") == ""
    assert ETH.describe() == "eth0 10.13.2.2 192.168.10.5"


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
    assert offered([lacking, ETH]) == [ETH]
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
    assert offered([there]) == [there]
    assert bool(chosen_by_default([there])) is chosen


def test_a_self_assigned_address_is_offered_but_not_chosen() -> None:
    alone = interface("eth0", "169.254.7.7/16")
    assert offered([alone]) == [alone]
    assert not chosen_by_default([alone])
    both = interface("eth0", "169.254.7.7/16", "10.0.0.1/8")
    assert chosen_by_default([both]) == [both]


def test_names_in_any_case_and_addresses_are_found_once() -> None:
    resolved = resolve(["ETH0", "192.168.10.5", "lo"], [LO, ETH])
    assert resolved.found == (ETH, LO)
    assert resolved.trouble is None
    assert not resolved.unknown


def test_the_exact_name_wins_over_another_case() -> None:
    other = interface("Eth0", "10.0.0.1/8")
    assert find("eth0", [other, ETH]) is ETH


def test_an_unknown_name_is_told_with_what_there_is() -> None:
    resolved = resolve(["eth9", "eth0", "10.9.9.9"], [LO, ETH])
    assert resolved.found == (ETH,)
    assert resolved.unknown == ("eth9", "10.9.9.9")
    assert str(resolved.trouble) == (
        "There is no network port called eth9, 10.9.9.9. There are: lo 127.0.0.1, "
        "eth0 10.13.2.2 192.168.10.5. Choose one of these."
    )
    assert "There are: none" in str(resolve(["x"], []).trouble)


Address = namedtuple("Address", "family address netmask")
State = namedtuple("State", "isup flags")


def test_windows_gives_friendly_names_and_no_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    states = {
        "Ethernet 2": State(True, ""),
        "WLAN": State(False, ""),
        "Loopback Pseudo-Interface 1": State(True, ""),
    }
    addresses = {
        "Ethernet 2": [
            Address(psutil.AF_LINK, "00-11-22-33-44-55", None),
            Address(socket.AF_INET, "192.168.10.5", "255.255.255.0"),
        ],
        "WLAN": [Address(socket.AF_INET, "169.254.1.2", "255.255.0.0")],
        "Loopback Pseudo-Interface 1": [Address(socket.AF_INET, "127.0.0.1", "255.0.0.0")],
        "Just gone": [Address(socket.AF_INET, "10.0.0.1", "255.0.0.0")],
    }
    monkeypatch.setattr(psutil, "net_if_stats", lambda: states)
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    ethernet, wlan, loopback = system_interfaces()
    assert ethernet.addresses == (IPv4Interface("192.168.10.5/24"),)
    assert ethernet.multicast
    assert not wlan.running
    assert loopback.loopback
    assert offered([ethernet, wlan, loopback]) == [ethernet]


def test_an_address_with_a_label_belongs_to_its_port() -> None:
    with bench_network() as bench:
        label = ("address", "add", "10.13.9.9/24", "label", "eth0:1", "dev", "eth0")
        bench.tool.run("ip", *label)
        with pump_in(bench.tool) as pump:
            assert pump.state()["offered"] == ["eth0"]
            assert pump.listen(["10.13.9.9"])["joined"] == {"eth0": "10.13.2.2"}
