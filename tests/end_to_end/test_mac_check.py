"""A phone that claims another MAC than its network card has, told from the system's own table."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.demo.shapes import SHAPES, Call
from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.program import ROOT, environment
from tests.namespace import BenchNetwork, Namespace, bench_network, ip, wait_until

PHONE = "10.13.2.20"
CLAIMED = "000413A2105F"
WARNING = "Another MAC"


class Rows:
    """What the window says, as it was told last."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.last: dict[str, Any] = {"rows": {}, "log": []}
        self.count = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def close(self) -> None:
        """Once the program has ended."""
        self._reader.join(30)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.last = json.loads(line)
            self.count += 1

    def wait_for(self, key: str, word: str) -> dict[str, str]:
        wait_until(
            lambda: word in self.last["rows"].get(key, {}).get("text", ""),
            what=f"{word} at {key}: {self.last}",
        )
        found: dict[str, str] = self.last["rows"][key]
        return found

    def settle(self) -> None:
        """Three looks at the table later."""
        before = self.count
        wait_until(lambda: self.count > before + 30, 60)


@contextmanager
def rows_in(side: Namespace, folder: Path, *more: str) -> Iterator[Rows]:
    process = side.popen(
        *(sys.executable, "-m", "tests.end_to_end.rows_program", str(folder / "data"), *more),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(folder),
        cwd=ROOT,
    )
    rows = Rows(process)
    try:
        wait_until(lambda: rows.count > 2, 60, "the window")
        yield rows
    finally:
        process.terminate()
        process.wait(30)
        rows.close()


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
    call = Call(mac, address, 5060, number, 1)
    sock.sendto(SHAPES["htek"].subscribe(call), (to, 5060))


def be_known(bench: BenchNetwork) -> None:
    """The phone says something to the tool alone, and so makes itself known to its system."""
    with bench.phones.udp_socket((PHONE, 0)) as sock:
        sock.sendto(b"\r\n\r\n", (bench.cables[0].tool_ip, 5060))
    wait_until(lambda: PHONE in known(bench.tool), what="an entry")


def test_a_false_mac_is_a_warning_in_the_row_as_soon_as_the_network_knows(
    network: BenchNetwork, tmp_path: Path
) -> None:
    with (
        rows_in(network.tool, tmp_path) as rows,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as phone,
    ):
        ask(phone, CLAIMED)
        rows.wait_for(CLAIMED, "Asking")
        rows.settle()
        assert PHONE not in known(network.tool), "looking sends nothing"
        assert "Asking" in rows.last["rows"][CLAIMED]["text"], "no entry, no claim"
        be_known(network)
        row = rows.wait_for(CLAIMED, WARNING)
    real = ":".join(real_mac(network)[at : at + 2] for at in range(0, 12, 2))
    sentence = f"The network knows {PHONE} as {real}, but the phone says 00:04:13:A2:10:5F."
    assert sentence in row["tip"]
    assert sum(sentence in line for line in rows.last["log"]) == 1


def test_the_true_mac_is_none(network: BenchNetwork, tmp_path: Path) -> None:
    key = real_mac(network)
    be_known(network)
    with (
        rows_in(network.tool, tmp_path) as rows,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as phone,
    ):
        ask(phone, key)
        rows.wait_for(key, "Asking")
        rows.settle()
        assert "Asking" in rows.last["rows"][key]["text"]
        assert not [line for line in rows.last["log"] if "network knows" in line]


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
            rows_in(network.tool, tmp_path) as rows,
            far.udp_socket(("10.99.0.5", 5060)) as routed,
            network.phones.udp_socket((PHONE, 5060), device="ph0") as translated,
        ):
            tool = network.cables[0].tool_ip
            ask(routed, CLAIMED, tool)
            ask(translated, "000413A21060", tool)
            rows.wait_for(CLAIMED, "Asking")
            rows.wait_for("000413A21060", "Asking")
            assert PHONE in known(network.tool)
            rows.settle()
            for key in (CLAIMED, "000413A21060"):
                assert "Asking" in rows.last["rows"][key]["text"]
    finally:
        ip("netns", "del", far.name, check=False)


def test_approve_all_leaves_a_false_mac_to_the_technician(
    network: BenchNetwork, tmp_path: Path
) -> None:
    be_known(network)
    network.phones.add_address("ph0", "10.13.2.40/24")
    with (
        rows_in(network.tool, tmp_path, "5") as rows,
        network.phones.udp_socket((PHONE, 5060), device="ph0") as false,
        network.phones.udp_socket(("10.13.2.40", 5060), device="ph0") as unknown,
    ):
        ask(false, CLAIMED)
        rows.wait_for(CLAIMED, WARNING)
        false.settimeout(1)
        with pytest.raises(TimeoutError):
            false.recvfrom(65535)
        ask(unknown, "000413A21060")
        assert unknown.recvfrom(65535)[0].startswith(b"SIP/2.0 200")
