"""Windows' network adapters, by GetAdaptersAddresses. Elsewhere `adapters` finds none."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Interface
from typing import Any

_SKIP_ANYCAST_MULTICAST_DNS = 0x2 | 0x4 | 0x8
_ERROR_BUFFER_OVERFLOW = 111
_ERROR_NO_DATA = 232
"""Not one adapter."""
_NO_MULTICAST, _RECEIVE_ONLY = 0x10, 0x8
_OPERATIONAL = 1
_LOOPBACK = 24
"""IF_TYPE_SOFTWARE_LOOPBACK."""
_UNUSABLE = frozenset({0, 2})
"""Address states (NL_DAD_STATE) "invalid" and "duplicate"."""
_ENOUGH = 32 * 1024
"""Bytes for the table at the first try; 8 adapters take some 8 KB."""


class _SocketAddress(ctypes.Structure):
    """SOCKET_ADDRESS."""

    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_int))


class _Unicast(ctypes.Structure):
    """IP_ADAPTER_UNICAST_ADDRESS_LH."""


_Unicast._fields_ = (
    ("length", ctypes.c_uint32),
    ("flags", ctypes.c_uint32),
    ("next", ctypes.POINTER(_Unicast)),
    ("address", _SocketAddress),
    ("prefix_origin", ctypes.c_int),
    ("suffix_origin", ctypes.c_int),
    ("state", ctypes.c_int),
    ("valid", ctypes.c_uint32),
    ("preferred", ctypes.c_uint32),
    ("lease", ctypes.c_uint32),
    ("prefix", ctypes.c_uint8),
)


class _Adapter(ctypes.Structure):
    """The beginning of IP_ADAPTER_ADDRESSES_LH."""


_Adapter._fields_ = (
    ("length", ctypes.c_uint32),
    ("index", ctypes.c_uint32),
    ("next", ctypes.POINTER(_Adapter)),
    ("guid", ctypes.c_char_p),
    ("unicast", ctypes.POINTER(_Unicast)),
    ("anycast", ctypes.c_void_p),
    ("multicast", ctypes.c_void_p),
    ("dns", ctypes.c_void_p),
    ("dns_suffix", ctypes.c_wchar_p),
    ("description", ctypes.c_wchar_p),
    ("friendly_name", ctypes.c_wchar_p),
    ("hardware", ctypes.c_ubyte * 8),
    ("hardware_length", ctypes.c_uint32),
    ("flags", ctypes.c_uint32),
    ("mtu", ctypes.c_uint32),
    ("kind", ctypes.c_uint32),
    ("operational", ctypes.c_int),
)


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter with IPv4."""

    name: str
    """The friendly name, which people may change: "Ethernet 2"."""
    description: str
    """The driver's: "Intel(R) Ethernet Connection (7) I219-LM"."""
    index: int
    addresses: tuple[IPv4Interface, ...]
    up: bool
    """Ready to carry packets: switched on, with a cable or a radio network."""
    multicast: bool
    loopback: bool


def adapters() -> list[Adapter]:
    """All adapters in the system's order. Raises OSError."""
    if sys.platform != "win32":
        return []
    ask = ctypes.WinDLL("iphlpapi").GetAdaptersAddresses
    size = ctypes.c_uint32(_ENOUGH)
    while True:
        table = ctypes.create_string_buffer(size.value)
        failed = ask(
            int(socket.AF_INET), _SKIP_ANYCAST_MULTICAST_DNS, None, table, ctypes.byref(size)
        )
        if failed != _ERROR_BUFFER_OVERFLOW:
            break
    if failed == _ERROR_NO_DATA:
        return []
    if failed:
        raise ctypes.WinError(failed)
    first = ctypes.cast(table, ctypes.POINTER(_Adapter))
    return each_name_once([_adapter(each) for each in _chain(first)])


def each_name_once(found: list[Adapter]) -> list[Adapter]:
    """Wine lists an adapter that was out and is back a second time, with the new number, and leaves
    its addresses with the old one. Windows has no name twice.
    """
    by_name: dict[str, Adapter] = {}
    for each in found:
        before = by_name.get(each.name)
        if before is not None:
            each = replace(each, addresses=each.addresses or before.addresses)
        by_name[each.name] = each
    return list(by_name.values())


def _chain(pointer: Any) -> Iterator[Any]:
    while pointer:
        yield pointer.contents
        pointer = pointer.contents.next


def _adapter(found: Any) -> Adapter:
    loopback = found.kind == _LOOPBACK
    return Adapter(
        name=found.friendly_name or "",
        description=found.description or "",
        index=found.index,
        addresses=tuple(_addresses(found)),
        up=found.operational == _OPERATIONAL,
        multicast=not loopback and not found.flags & (_NO_MULTICAST | _RECEIVE_ONLY),
        loopback=loopback,
    )


def _addresses(found: Any) -> Iterator[IPv4Interface]:
    for each in _chain(found.unicast):
        family_port_address = ctypes.string_at(each.address.start, 8)
        if each.state not in _UNUSABLE:
            yield IPv4Interface((family_port_address[4:8], min(each.prefix, 32)))
