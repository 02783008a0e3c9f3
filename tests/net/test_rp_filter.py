"""What Linux' reverse path filter drops, as the kernel shows it, and the command that ends it."""

from __future__ import annotations

import json
import socket
import struct
import sys
from pathlib import Path

import pytest

from tests.namespace import GROUP, BenchNetwork, bench_network

PHONE = "192.168.99.5"
"""Of another network than the tool's port."""
PROGRAM = """
import json
from pnp_gui.net import interfaces, rp_filter
ports = [one for one in interfaces.system_interfaces() if one.name == "eth0"]
print(json.dumps(rp_filter.admitting(ports)))
"""


def said(bench: BenchNetwork) -> list[list[str]]:
    done = bench.tool.run(sys.executable, "-c", PROGRAM, cwd=Path(__file__).parents[2])
    found: list[list[str]] = json.loads(done.stdout)
    return found


def comes_in(bench: BenchNetwork) -> bool:
    """Whether the tool reads what a phone of another network sends to the group."""
    with (
        bench.tool.udp_socket(("", 5060), timeout=0.5) as tool,
        bench.phones.udp_socket((PHONE, 5060), device="ph0") as phone,
    ):
        joined = struct.pack("=4s4s", socket.inet_aton(GROUP), socket.inet_aton("10.13.2.2"))
        tool.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
        phone.sendto(b"SUBSCRIBE", (GROUP, 5060))
        try:
            source: tuple[str, int] = tool.recvfrom(100)[1]
        except TimeoutError:
            return False
        return source == (PHONE, 5060)


@pytest.mark.parametrize("route", ["", "eth0", "eth1"])
@pytest.mark.parametrize(("every", "own"), [(0, 0), (1, 0), (0, 1), (2, 0), (1, 2), (0, 2)])
def test_a_port_is_named_just_when_the_kernel_drops_the_phone(
    route: str, every: int, own: int
) -> None:
    with bench_network(2) as bench:
        bench.phones.add_address("ph0", f"{PHONE}/24")
        if route:
            gateway = "10.13.2.20" if route == "eth0" else "10.13.3.20"
            bench.tool.run("ip", "route", "add", "default", "via", gateway)
        for name, value in (("all", every), ("eth0", own)):
            bench.tool.run("sysctl", "-qw", f"net.ipv4.conf.{name}.rp_filter={value}")
        named = said(bench)
        assert bool(named) is not comes_in(bench)
        if named:
            [(port, command)] = named
            assert port == "eth0"
            bench.tool.run("sh", "-c", command.removeprefix("sudo "))
            assert comes_in(bench)
            assert said(bench) == []
