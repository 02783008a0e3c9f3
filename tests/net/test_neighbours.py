"""What the systems' tables of neighbours say, and what of it is certain."""

from __future__ import annotations

import struct
import sys
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

import pytest

from pnp_gui.net import neighbours as module
from pnp_gui.net.interfaces import Interface
from pnp_gui.net.neighbours import (
    MOST,
    Certain,
    Neighbour,
    gateways_of_linux,
    gateways_of_windows,
    known_macs,
    neighbours,
    of_linux,
    of_windows,
)

ARP = """\
IP address       HW type     Flags       HW address            Mask     Device
10.13.2.20       0x1         0x2         00:04:13:a2:10:5f     *        eth0
10.13.2.21       0x1         0x0         00:00:00:00:00:00     *        eth0
10.13.2.22       0x1         0x6         00:04:13:a2:10:60     *        eth0
10.13.2.23       0x20        0x2         00:04:13:a2:10:61     *        ib0
10.13.2.24       0x1         0x2         01:00:5e:00:01:4b     *        eth0
10.13.2.25       0x1         0x2         00:00:00:00:00:00     *        eth0
10.13.2.26       0x1         0x0         00:04:13:a2:10:63     *        eth0
10.13.3.20       0x1         0x2         00:04:13:a2:10:62     *        eth1
odd line
"""
ROUTES = """\
Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	{gateway:08X}	0003	0	0	0	00000000	0	0	0
eth0	00020D0A	00000000	0001	0	0	0	00FFFFFF	0	0	0
"""


def interface(name: str, *addresses: str, index: int = 2) -> Interface:
    return Interface(
        name, index, tuple(map(IPv4Interface, addresses)), True, True, True, False, False
    )


ETH0 = interface("eth0", "10.13.2.2/24")
ETH1 = interface("eth1", "10.13.3.2/24", index=3)


def test_linux_tells_complete_ethernet_entries() -> None:
    assert of_linux(ARP) == [
        Neighbour("eth0", "10.13.2.20", "000413A2105F"),
        Neighbour("eth0", "10.13.2.22", "000413A21060"),
        Neighbour("eth1", "10.13.3.20", "000413A21062"),
    ]
    assert of_linux("") == []
    whole, cut = ARP.replace("odd line\n", ""), "10.13.3.21 0x1 0x2 00:04:13:a2:10:64 * eth1"
    assert of_linux(whole + cut[:-1]) == of_linux(whole), "the port's name may be longer"


def test_only_so_much_of_a_large_table_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "arp"
    line = "10.13.{}.{:<8} 0x1         0x2         00:04:13:a2:{:02x}:{:02x}     *        eth0\n"
    rows = [line.format(n // 250, n % 250 + 1, n // 256, n % 256) for n in range(3 * MOST)]
    table.write_text(ARP[: ARP.index("\n") + 1] + "".join(rows))
    monkeypatch.setattr(module, "_ARP", table)
    assert 0.9 * MOST < len(neighbours([ETH0])) <= 1.3 * MOST


def test_linux_tells_its_gateways() -> None:
    number = int.from_bytes(IPv4Address("10.13.2.1").packed, sys.byteorder)
    assert gateways_of_linux(ROUTES.format(gateway=number)) == {"10.13.2.1"}
    assert gateways_of_linux("") == set()


def row(index: int, mac: str, address: str, kind: int, length: int = 6) -> bytes:
    hardware = bytes.fromhex(mac)
    packed = IPv4Address(address).packed
    return struct.pack("<II8s4sI", index, length, hardware, packed, kind)


def test_windows_tells_dynamic_and_static_entries_of_ports_that_are_known() -> None:
    rows = [
        row(2, "000413A2105F", "10.13.2.20", 3),
        row(2, "000413A21060", "10.13.2.21", 4),
        row(2, "000413A21061", "10.13.2.22", 2),
        row(2, "01005E00014B", "224.0.1.75", 4),
        row(2, "0004", "10.13.2.24", 3, length=2),
        row(9, "000413A21062", "10.13.2.25", 3),
    ]
    table = struct.pack("<I", len(rows)) + b"".join(rows) + bytes(100)
    found = [
        Neighbour("eth0", "10.13.2.20", "000413A2105F"),
        Neighbour("eth0", "10.13.2.21", "000413A21060"),
    ]
    assert of_windows(table, {2: "eth0"}) == found
    assert of_windows(struct.pack("<I", 99) + rows[0], {2: "eth0"}) == found[:1]
    assert of_windows(b"", {2: "eth0"}) == []


def test_windows_tells_its_gateways() -> None:
    rows = b"".join(
        bytes(12) + IPv4Address(hop).packed + bytes(40) for hop in ("10.13.2.1", "10.13.2.2")
    )
    assert gateways_of_windows(struct.pack("<I", 2) + rows) == {"10.13.2.1", "10.13.2.2"}
    assert gateways_of_windows(b"") == set()


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ([Neighbour("eth0", "10.13.2.1", "00041300000A")], "a gateway"),
        ([Neighbour("eth0", "10.99.0.5", "00041300000A")], "in no subnet of the port"),
        ([Neighbour("eth0", "10.13.3.5", "00041300000A")], "in another port's subnet"),
        ([Neighbour("eth7", "10.13.2.5", "00041300000A")], "a port not listened on"),
        ([Neighbour("eth0", "10.13.2.5", "00005E000101")], "routers that share an address"),
        (
            [Neighbour("eth0", f"10.13.2.{n}", "00041300000A") for n in (5, 6)],
            "one that answers for others",
        ),
        (
            [Neighbour("eth0", f"10.13.2.{n}", "00041300000A") for n in (1, 6)],
            "the gateway answers for it",
        ),
    ],
)
def test_there_is_no_claim(found: list[Neighbour], why: str) -> None:
    known = Certain(found, ["10.13.2.1"], [ETH0, ETH1])
    assert [known.get((each.interface, each.address)) for each in found] == [""] * len(found), why


def test_the_rest_is_certain_each_port_by_itself() -> None:
    found = [
        Neighbour("eth0", "10.13.2.5", "00041300000A"),
        Neighbour("eth1", "10.13.3.5", "00041300000A"),
        Neighbour("eth0", "10.13.2.5", "00041300000A"),
    ]
    known = Certain(found, ["10.13.2.1"], [ETH0, ETH1])
    assert known.get(("eth0", "10.13.2.5")) == "00041300000A"
    assert known.get(("eth1", "10.13.3.5")) == "00041300000A"
    assert known.get(("eth1", "10.13.2.5")) is None


def test_a_table_that_cannot_be_read_knows_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("proc")
    monkeypatch.setattr(module, "_ARP", folder / "arp")
    monkeypatch.setattr(module, "_ROUTES", folder / "route")
    assert known_macs([ETH0]).get(("eth0", "10.13.2.20")) is None
    (folder / "arp").write_text(ARP)
    assert known_macs([ETH0]).get(("eth0", "10.13.2.20")) == "000413A2105F"
