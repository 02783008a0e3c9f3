"""Linux' own list of interfaces, beside what iproute2 says of the same ports."""

from __future__ import annotations

import json
import os
import socket
import struct
from ipaddress import IPv4Interface

import pytest

from pnp_gui.net.linux import links as module
from pnp_gui.net.linux.links import IFF_LOOPBACK, IFF_MULTICAST, IFF_RUNNING, IFF_UP, Link, links
from tests.namespace import Namespace, bench_network, wait_until

FLAGS = {"UP": IFF_UP, "LOOPBACK": IFF_LOOPBACK, "MULTICAST": IFF_MULTICAST}
PORTS = 100
"""More than fit into one part of the list."""


def by_iproute(side: Namespace) -> list[Link]:
    """As `ip` lists them. It has no word for RUNNING: that is `operstate`."""
    return [
        Link(
            os.fsencode(each["ifname"]),
            each["ifindex"],
            sum(number for name, number in FLAGS.items() if name in each["flags"])
            | (IFF_RUNNING if each["operstate"] in ("UP", "UNKNOWN") else 0),
            tuple(
                IPv4Interface(f"{one['local']}/{one['prefixlen']}")
                for one in each["addr_info"]
                if one["family"] == "inet"
            ),
        )
        for each in json.loads(side.run("ip", "-json", "address").stdout)
    ]


def by_us(side: Namespace) -> list[Link]:
    of_interest = IFF_RUNNING | sum(FLAGS.values())
    return [
        Link(each.name, each.index, each.flags & of_interest, each.addresses)
        for each in side.inside(links)
    ]


def test_every_port_is_listed_as_iproute_lists_it() -> None:
    with bench_network(cables=2) as bench:
        ports = range(PORTS)
        bench.tool.batch(
            [
                *(f"link add p{n} type veth peer name q{n}" for n in ports),
                *(f"address add 10.20.{n}.1/24 dev p{n}" for n in ports),
                *(f"link set p{n} up" for n in ports[:50]),
                *(f"link set q{n} up" for n in ports[10:60]),
                "address add 10.13.2.3/24 dev eth0 label eth0:second",
                "address add 169.254.3.3/16 dev eth0",
                "address add 10.9.9.1 peer 10.9.9.2/30 dev eth1",
                "address add fd00::5/64 dev eth1",
                "link set p0 multicast off",
                "tuntap add tun0 mode tun",
                "address add 10.8.0.1/24 dev tun0",
            ]
        )
        # The kernel follows a carrier a moment later.
        wait_until(lambda: by_us(bench.tool) == by_iproute(bench.tool))
        found = by_us(bench.tool)
        assert len(found) == 1 + 2 + 2 * PORTS + 1
        eth1 = next(each for each in found if each.name == b"eth1")
        assert eth1.addresses[-1] == IPv4Interface("10.9.9.1/30")
        bench.cables[0].pull()
        wait_until(lambda: by_us(bench.tool) not in (found, []))
        wait_until(lambda: by_us(bench.tool) == by_iproute(bench.tool))


def test_an_error_of_the_system_is_raised() -> None:
    ours, system = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, system:
        system.send(struct.pack("=IHHIIi", 20, module._ERROR, 0, 0, 0, -1))
        with pytest.raises(PermissionError):
            list(module._messages(ours))


def test_a_list_that_changed_meanwhile_is_asked_for_again() -> None:
    ours, system = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, system:
        for flags, number in ((module._DUMP_INTERRUPTED, 1), (0, 2)):
            system.send(struct.pack("=IHHIIi", 20, module._NEW_LINK, flags, 0, 0, number))
            system.send(struct.pack("=IHHIIi", 20, module._DONE, flags, 0, 0, 0))
        (said,) = module._listed(ours, module._GET_LINK, module._NEW_LINK)
        assert said == struct.pack("=i", 2)
