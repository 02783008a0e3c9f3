"""Which hardware address belongs to an IP address, from the system's ARP table.

Nothing is sent, so a device is known only if this computer has exchanged packets with it. Only what
is certain is reported: behind a router or a proxy the hardware address is the router's, so nothing
is claimed about a gateway, about an address outside the subnets of its interface, or if one
hardware address belongs to several IP addresses.
"""

from __future__ import annotations

import struct
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pnp_gui.net.interfaces import Interface
from pnp_gui.net.windows.tables import rows_of, system_table
from pnp_gui.pnp.mac import is_phone_mac

_ARP = Path("/proc/net/arp")
_ROUTES = Path("/proc/net/route")
_ETHERNET = "0x1"
_COMPLETE = 0x2
"""ATF_COM."""
_HAS_GATEWAY = 0x2
"""RTF_GATEWAY."""
_VRRP = "00005E0001"
"""Beginning of the hardware addresses that routers share (RFC 5798 section 7.3)."""

MOST = 1_024
"""Entries that are read; takes 7 ms, in which no phone is answered. Linux's own default limit."""
_LINE = 80
"""Bytes of an entry in /proc/net/arp."""

_IP_ROW = struct.Struct("=II6s2x4sI")
"""MIB_IPNETROW: interface, length, hardware address, address, kind."""
_KNOWN = frozenset({3, 4})
"""Kinds of entry: dynamic, static. Not 1 (other) and 2 (invalid)."""
_ROUTE_ROW = struct.Struct("=12x4s40x")
"""MIB_IPFORWARDROW, of which the next hop."""


class Neighbour(NamedTuple):
    """One entry of the table."""

    interface: str
    """Name of the interface."""
    address: str
    mac: str
    """12 upper-case hex digits."""


def known_macs(interfaces: Sequence[Interface]) -> Certain:
    """What is certain on these ports at this moment."""
    found = neighbours(interfaces)
    return Certain(found, gateways() if found else (), interfaces)


class Certain:
    """The entries that are certain. Judged when asked for, since most of a large table is not."""

    def __init__(
        self, found: Iterable[Neighbour], routers: Iterable[str], interfaces: Sequence[Interface]
    ) -> None:
        self._macs = {(interface, address): mac for interface, address, mac in found}
        self._addresses = Counter((port, mac) for (port, _), mac in self._macs.items())
        self._routers = frozenset(routers)
        self._interfaces = {each.name: each for each in interfaces}

    def get(self, where: tuple[str, str]) -> str | None:
        """The hardware address of an IP address on an interface; None: no entry; "": not
        certain."""
        mac = self._macs.get(where)
        if mac is None:
            return None
        name, address = where
        interface = self._interfaces.get(name)
        if (
            self._addresses[name, mac] > 1
            or address in self._routers
            or mac.startswith(_VRRP)
            or interface is None
            or not interface.address_beside(address)
        ):
            return ""
        return mac


def neighbours(interfaces: Sequence[Interface]) -> list[Neighbour]:
    """The system's table for these interfaces; empty if it cannot be read."""
    if sys.platform == "win32":
        names = {each.index: each.name for each in interfaces}
        return of_windows(system_table("GetIpNetTable"), names)
    with suppress(OSError), _ARP.open(encoding="utf-8", errors="backslashreplace") as table:
        return of_linux(table.read(MOST * _LINE))
    return []


def gateways() -> set[str]:
    """Addresses of the routers that this computer uses."""
    if sys.platform == "win32":
        return gateways_of_windows(system_table("GetIpForwardTable"))
    with suppress(OSError):
        return gateways_of_linux(_ROUTES.read_text("ascii", "replace"))
    return set()


def of_linux(table: str) -> list[Neighbour]:
    """Read /proc/net/arp: address, kind of hardware, flags, hardware address, mask, device."""
    found = []
    # The last line may be incomplete.
    for line in table[: table.rfind("\n") + 1].splitlines()[1:]:
        fields = line.split()
        if len(fields) == 6 and fields[1] == _ETHERNET and int(fields[2], 16) & _COMPLETE:
            mac = fields[3].replace(":", "").upper()
            if len(mac) == 12 and is_phone_mac(mac):
                found.append(Neighbour(fields[5], fields[0], mac))
    return found


def gateways_of_linux(table: str) -> set[str]:
    """Read /proc/net/route: numbers in hex, addresses in the order of memory."""
    found = set()
    for line in table.splitlines()[1:]:
        fields = line.split()
        if len(fields) > 3 and int(fields[3], 16) & _HAS_GATEWAY:
            packed = int(fields[2], 16).to_bytes(4, sys.byteorder)
            found.add(str(IPv4Address(packed)))
    return found


def of_windows(table: bytes, names: dict[int, str]) -> list[Neighbour]:
    """Read an MIB_IPNETTABLE: a count, and as many rows."""
    found = []
    for index, length, hardware, address, kind in islice(rows_of(table, _IP_ROW), MOST):
        mac = hardware.hex().upper()
        if kind in _KNOWN and length == 6 and index in names and is_phone_mac(mac):
            found.append(Neighbour(names[index], str(IPv4Address(address)), mac))
    return found


def gateways_of_windows(table: bytes) -> set[str]:
    """Read an MIB_IPFORWARDTABLE. The next hop to a directly connected network is our own address,
    about which nothing is claimed either."""
    return {str(IPv4Address(hop)) for (hop,) in islice(rows_of(table, _ROUTE_ROW), MOST)}
