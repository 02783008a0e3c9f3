"""A cable between the tool and thousands of phones, each with an address of its own.

The phones' side holds a whole subnet as its own (a local route) instead of thousands of addresses.
The tool's side knows their hardware address beforehand: Linux keeps 1,024 learned neighbours at
most, and a storm of ARP would be measured in place of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address
from itertools import islice

from tests.namespace import BenchNetwork, Cable, bench_network, ip

TOOL = "10.13.0.2"
SUBNET = "10.14.0.0/16"
FIRST_PHONE = IPv4Address("10.14.1.0")


def addresses(count: int) -> list[str]:
    """The phones' addresses, none that ends in 0 or 255."""
    every = (FIRST_PHONE + number for number in range(1 << 16))
    return [str(each) for each in islice((a for a in every if int(a) & 255 not in (0, 255)), count)]


@contextmanager
def phone_network(phones: Sequence[str]) -> Iterator[BenchNetwork]:
    """Two namespaces with one cable, and these addresses on the phones' side."""
    with bench_network(cables=0) as bench:
        cable = Cable(bench.tool, bench.phones, "eth0", "ph0", f"{TOOL}/8", f"{FIRST_PHONE - 2}/16")
        bench.cables.append(cable)
        cable.create()
        ip("-n", bench.phones.name, "route", "add", "local", SUBNET, "dev", "lo")
        ip("-n", bench.phones.name, "route", "add", "10.0.0.0/8", "dev", "ph0")
        shown = bench.phones.run("cat", "/sys/class/net/ph0/address").stdout.strip()
        bench.tool.batch(
            f"neighbour replace {each} lladdr {shown} dev eth0 nud permanent" for each in phones
        )
        yield bench
