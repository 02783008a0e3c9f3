"""Linux' network interfaces and their IPv4 addresses, by rtnetlink(7).

Not by QNetworkInterface: phones are listened for before Qt, half of the start, is loaded.
"""

from __future__ import annotations

import os
import socket
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Interface

IFF_UP, IFF_LOOPBACK, IFF_RUNNING, IFF_MULTICAST = 0x1, 0x8, 0x40, 0x1000

_ROUTE = 0
"""NETLINK_ROUTE."""
_REQUEST_DUMP = 0x1 | 0x300
_DUMP_INTERRUPTED = 0x10
"""NLM_F_DUMP_INTR: something changed meanwhile, so the list may be incomplete."""
_ERROR, _DONE = 2, 3
_NEW_LINK, _GET_LINK, _NEW_ADDRESS, _GET_ADDRESS = 16, 18, 20, 22
_LINK_NAME = 3
"""IFLA_IFNAME."""
_OWN_ADDRESS = 2
"""IFA_LOCAL; IFA_ADDRESS is the other end's, on a point-to-point link."""

_HEADER = struct.Struct("=IHHII")
"""nlmsghdr: length, kind, flags, sequence, port."""
_LINK = struct.Struct("=BxHiII")
"""ifinfomsg: family, hardware, index, flags, change."""
_ADDRESS = struct.Struct("=BBBBI")
"""ifaddrmsg: family, prefix, flags, scope, index."""
_ATTRIBUTE = struct.Struct("=HH")
"""rtattr: length, kind."""
_NUMBER = struct.Struct("=i")
"""Of nlmsgerr, and at the end of a list: 0, or a negative errno."""
_REQUEST = struct.Struct("=IHHIIB3x")
"""nlmsghdr and rtgenmsg: the family."""
_LARGEST = 64 * 1024
"""Bytes of a part of the list; the kernel sends at most half of it."""
_TRIES = 3
"""How often a list that changes meanwhile is asked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """One interface."""

    name: bytes
    index: int
    flags: int
    """See netdevice(7)."""
    addresses: tuple[IPv4Interface, ...]
    """In the system's order."""


def links() -> list[Link]:
    """All interfaces in the system's order. Raises OSError."""
    addresses = defaultdict(list)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _ROUTE) as route:
        for message in _listed(route, _GET_ADDRESS, _NEW_ADDRESS):
            family, prefix, _, _, index = _ADDRESS.unpack_from(message)
            own = _attribute(message, _ADDRESS.size, _OWN_ADDRESS)
            if family == socket.AF_INET and len(own) == 4:
                addresses[index].append(IPv4Interface((own, prefix)))
        found = []
        for message in _listed(route, _GET_LINK, _NEW_LINK):
            _, _, index, flags, _ = _LINK.unpack_from(message)
            name = _attribute(message, _LINK.size, _LINK_NAME).rstrip(b"\0")
            found.append(Link(name, index, flags, tuple(addresses[index])))
    return found


def _listed(route: socket.socket, ask: int, kind: int) -> list[bytes]:
    """What the system answers, without headers."""
    for _ in range(_TRIES):
        route.send(_REQUEST.pack(_REQUEST.size, ask, _REQUEST_DUMP, 0, 0, socket.AF_INET))
        messages = list(_messages(route))
        if not any(flags & _DUMP_INTERRUPTED for _, flags, _ in messages):
            break
    return [data for each, _, data in messages if each == kind]


def _messages(route: socket.socket) -> Iterator[tuple[int, int, bytes]]:
    """Kind, flags and content, up to the end of the list. Raises OSError."""
    while True:
        part = route.recv(_LARGEST)
        at = 0
        while at < len(part):
            length, kind, flags, _, _ = _HEADER.unpack_from(part, at)
            data = part[at + _HEADER.size : at + length]
            if kind in (_ERROR, _DONE) and (number := -_NUMBER.unpack_from(data)[0]):
                raise OSError(number, os.strerror(number))
            yield kind, flags, data
            if kind == _DONE:
                return
            at += _aligned(length)


def _attribute(message: bytes, at: int, wanted: int) -> bytes:
    """The content of this attribute, b"" if it has none."""
    while at < len(message):
        length, kind = _ATTRIBUTE.unpack_from(message, at)
        if kind == wanted:
            return message[at + _ATTRIBUTE.size : at + length]
        at += _aligned(length)
    return b""


def _aligned(length: int) -> int:
    return (length + 3) & ~3
