"""A phone that claims another MAC than its network card has, told from the system's own table."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.demo.shapes import SHAPES
from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork, Namespace, bench_network, ip, wait_until

PHONE = "10.13.2.20"
CLAIMED = "000413A2105F"
WARNING = "MAC mismatch"


SECONDS = 6.0
"""Enough for several looks of the program into the system's table."""


def status(program: RemoteProgram, key: str, word: str) -> str:
    """The tip of the Status cell of this phone, once its text has this word."""
    program.until(lambda state: word in state["statuses"].get(key, ""), f"{word} at {key}")
    tip: str = program.do("cells", column="STATUS")["tip"][key]
    return tip


def settle(program: RemoteProgram) -> dict[str, Any]:
    """The state some seconds later."""
    end = program.state()["wall"] + SECONDS
    return program.until(lambda state: state["wall"] > end, "time goes by")


@pytest.fixture
def network() -> Iterator[BenchNetwork]:
    """A fresh one, whose tables know nobody."""
    with bench_network() as bench:
        yield bench


def real_mac(bench: BenchNetwork) -> str:
    shown = bench.phones.run("cat", "/sys/class/net/ph0/address").stdout
    return shown.strip().replace(":", "").upper()


def known(side: Namespace) -> str:
    return side.run("cat", "/proc/net/arp").stdout


def ask(sock: socket.socket, mac: str, to: str = GROUP, number: str = "1") -> None:
    address = sock.getsockname()[0]
    call = (mac, address, 5060, number, 1)
    sock.sendto(SHAPES["htek"].subscribe(*call), (to, 5060))


def be_known(bench: BenchNetwork) -> None:
    """The phone says something to the tool alone, and so makes itself known to its system."""
    with bench.phones.udp_socket((PHONE, 0)) as sock:
        sock.sendto(b"\r\n\r\n", (bench.cables[0].tool_ip, 5060))
    wait_until(lambda: PHONE in known(bench.tool), what="an entry")


def test_a_false_mac_is_a_warning_in_the_row_as_soon_as_the_network_knows(
    network: BenchNetwork, tmp_path: Path
) -> None:
    with (
        RemoteProgram(network.tool, tmp_path) as program,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as phone,
    ):
        ask(phone, CLAIMED)
        status(program, CLAIMED, "Asking")
        after = settle(program)
        assert PHONE not in known(network.tool), "looking sends nothing"
        assert "Asking" in after["statuses"][CLAIMED], "no entry, no claim"
        be_known(network)
        tip = status(program, CLAIMED, WARNING)
        log = program.state()["log"]
    real = ":".join(real_mac(network)[at : at + 2] for at in range(0, 12, 2))
    sentence = (
        f"According to ARP, {PHONE} has the MAC {real}, but the phone says 00:04:13:A2:10:5F."
    )
    assert sentence in tip
    assert sum(sentence in line for line in log) == 1


def test_a_phone_that_names_no_mac_has_the_one_of_its_card(
    network: BenchNetwork, tmp_path: Path
) -> None:
    key = real_mac(network)
    with (
        RemoteProgram(network.tool, tmp_path) as program,
        network.phones.udp_socket((PHONE, 5060), device="ph0", timeout=1.0) as phone,
    ):
        request = SHAPES["audiocodes"].subscribe(key, PHONE, 5060, "1", 1)
        phone.sendto(request, (GROUP, 5060))
        status(program, f"ip:{PHONE}", "Asking")
        program.do("press", key="A", rows=[f"ip:{PHONE}"])
        assert phone.recv(2000).startswith(b"SIP/2.0 200 ")
        assert phone.recv(2000).startswith(b"NOTIFY ")
        # What was sent to it made its entry.
        after = program.until(lambda state: key in state["statuses"], "the row has the MAC")
        assert f"ip:{PHONE}" not in after["statuses"]
        assert "MAC by ARP" in program.do("cells", column="PHONE")["text"][key]


def test_the_true_mac_is_none(network: BenchNetwork, tmp_path: Path) -> None:
    key = real_mac(network)
    be_known(network)
    with (
        RemoteProgram(network.tool, tmp_path) as program,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as phone,
    ):
        ask(phone, key)
        status(program, key, "Asking")
        after = settle(program)
        assert "Asking" in after["statuses"][key]
        assert not [line for line in after["log"] if "According to ARP" in line]


def test_behind_a_router_there_is_no_claim(network: BenchNetwork, tmp_path: Path) -> None:
    """The router's phones: one with its own address, and one that the router gives its own."""
    far = Namespace(f"pnp{os.getpid()}-far")
    ip("netns", "add", far.name)
    try:
        ip(
            *("-n", network.phones.name, "link", "add", "name", "in0", "type", "veth"),
            *("peer", "name", "far0", "netns", far.name),
        )
        network.phones.add_address("in0", "10.99.0.1/24")
        network.phones.link("in0", up=True)
        far.add_address("far0", "10.99.0.5/24")
        far.link("far0", up=True)
        ip("-n", far.name, "route", "add", "default", "via", "10.99.0.1")
        ip("-n", network.tool.name, "route", "add", "default", "via", PHONE)
        network.phones.run("sysctl", "-qw", "net.ipv4.ip_forward=1")
        with (
            RemoteProgram(network.tool, tmp_path) as program,
            far.udp_socket(("10.99.0.5", 5060)) as routed,
            network.phones.udp_socket((PHONE, 5060), device="ph0") as translated,
        ):
            tool = network.cables[0].tool_ip
            ask(routed, CLAIMED, tool)
            ask(translated, "000413A21060", tool)
            status(program, CLAIMED, "Asking")
            status(program, "000413A21060", "Asking")
            assert PHONE in known(network.tool)
            after = settle(program)
            for key in (CLAIMED, "000413A21060"):
                assert "Asking" in after["statuses"][key]
    finally:
        ip("netns", "del", far.name, check=False)


def test_approve_all_leaves_a_false_mac_to_the_technician(
    network: BenchNetwork, tmp_path: Path
) -> None:
    be_known(network)
    network.phones.add_address("ph0", "10.13.2.40/24")
    with (
        RemoteProgram(network.tool, tmp_path) as program,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as false,
        network.phones.udp_socket(("10.13.2.40", 5060), device="ph0") as unknown,
    ):
        program.do("approve_all", minutes=5)
        ask(false, CLAIMED)
        status(program, CLAIMED, WARNING)
        false.settimeout(1)
        with pytest.raises(TimeoutError):
            false.recvfrom(65535)
        ask(unknown, "000413A21060")
        assert unknown.recvfrom(65535)[0].startswith(b"SIP/2.0 200")
