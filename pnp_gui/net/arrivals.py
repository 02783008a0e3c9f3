"""On which interface a datagram came in, where one socket serves several (IP_PKTINFO).

Windows tells it to WSARecvMsg alone, which Python does not have; it is called through ctypes and
costs some 3 µs a datagram (Wine: 27 instead of 24). Where the system does not tell,
`arrivals_on` gives None and the peer's address has to do.
"""

from __future__ import annotations

import ctypes
import logging
import socket
import struct
import sys
from typing import Protocol

from pnp_gui.net.windows import winsock

logger = logging.getLogger(__name__)

Address = tuple[str, int]

CONTROL_ROOM = 128
"""Bytes for what comes with a datagram: one IP_PKTINFO takes 24 or 28."""

WSAEWOULDBLOCK = 10035
SIO_GET_EXTENSION_FUNCTION_POINTER = 0xC8000006
WSAID_WSARECVMSG = bytes.fromhex("c8d789f6 1f6f 6b43 8a53 e54fe351c322")
"""f689d7c8-6f1f-436b-8a53-e54fe351c322 in the order of memory."""

_IP_PKTINFO = 19 if sys.platform == "win32" else 8


class Arrivals(Protocol):
    """Receives like a socket, and knows where from."""

    index: int
    """Number of the interface that the last datagram came in on; 0: not told."""

    def recvfrom(self, size: int) -> tuple[bytes, Address]:
        """As a non-blocking socket's."""


def arrivals_on(sock: socket.socket) -> Arrivals | None:
    """Ask the system to tell with each datagram of `sock`; None where it does not."""
    try:
        if sys.platform == "win32":
            arrivals: Arrivals = WindowsArrivals(sock)
        else:
            arrivals = UnixArrivals(sock)
    except OSError as error:
        logger.warning("the system does not tell where datagrams come in: %s", error)
        return None
    return arrivals


class UnixArrivals:
    """By recvmsg."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        self.index = 0
        self._recvmsg = sock.recvmsg  # type: ignore[attr-defined,unused-ignore]

    def recvfrom(self, size: int) -> tuple[bytes, Address]:
        data, controls, _, source = self._recvmsg(size, CONTROL_ROOM)
        self.index = 0
        for level, kind, content in controls:
            if level == socket.IPPROTO_IP and kind == _IP_PKTINFO:
                # struct in_pktinfo: the index comes first.
                (self.index,) = struct.unpack_from("=i", content)
        return data, source


class _Buffer(ctypes.Structure):
    """WSABUF."""

    _fields_ = (("length", ctypes.c_uint32), ("start", ctypes.c_void_p))


class _Message(ctypes.Structure):
    """WSAMSG."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_int),
        ("buffers", ctypes.POINTER(_Buffer)),
        ("count", ctypes.c_uint32),
        ("control", _Buffer),
        ("flags", ctypes.c_uint32),
    )


class WindowsArrivals:
    """By WSARecvMsg."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        self.index = 0
        self._handle = sock.fileno()
        self._call = _receive_function(sock)
        self._room = 0
        self._name = ctypes.create_string_buffer(16)
        self._control = ctypes.create_string_buffer(CONTROL_ROOM)
        self._buffer = _Buffer()
        self._message = _Message(
            name=ctypes.addressof(self._name), buffers=ctypes.pointer(self._buffer), count=1
        )
        self._received = ctypes.c_uint32()

    def recvfrom(self, size: int) -> tuple[bytes, Address]:
        if size != self._room:
            self._data = ctypes.create_string_buffer(size)
            self._buffer.length, self._buffer.start = size, ctypes.addressof(self._data)
            self._room = size
        message = self._message
        message.name_length, message.flags = 16, 0
        message.control.length = CONTROL_ROOM
        message.control.start = ctypes.addressof(self._control)
        if self._call(
            self._handle, ctypes.byref(message), ctypes.byref(self._received), None, None
        ):
            number = ctypes.get_last_error()  # type: ignore[attr-defined,unused-ignore]
            if number == WSAEWOULDBLOCK:
                raise BlockingIOError
            raise ctypes.WinError(number)  # type: ignore[attr-defined,unused-ignore]
        data = ctypes.string_at(self._data, self._received.value)
        name = self._name.raw
        self.index = index_in(self._control.raw[: message.control.length])
        return data, (socket.inet_ntoa(name[4:8]), int.from_bytes(name[2:4], "big"))


def _receive_function(sock: socket.socket) -> ctypes._FuncPointer:
    """The address of WSARecvMsg differs between providers, so each socket is asked for it."""
    found, returned = ctypes.c_void_p(), ctypes.c_uint32()
    if winsock().WSAIoctl(
        ctypes.c_size_t(sock.fileno()),
        ctypes.c_uint32(SIO_GET_EXTENSION_FUNCTION_POINTER),
        WSAID_WSARECVMSG,
        len(WSAID_WSARECVMSG),
        ctypes.byref(found),
        ctypes.sizeof(found),
        ctypes.byref(returned),
        None,
        None,
    ):
        raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]
    assert found.value
    kind = ctypes.WINFUNCTYPE(  # type: ignore[attr-defined,unused-ignore]
        ctypes.c_int,
        ctypes.c_size_t,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
        use_last_error=True,
    )
    function: ctypes._FuncPointer = kind(found.value)
    return function


def index_in(control: bytes) -> int:
    """The interface in Windows' control data: WSACMSGHDR (size_t length, int level, int type),
    then IN_PKTINFO (address, index), each aligned as a pointer is; 0 when there is none.
    """
    head = struct.Struct("@Nii")
    at = 0
    while at + head.size <= len(control):
        length, level, kind = head.unpack_from(control, at)
        if length < head.size:
            break
        if (level, kind) == (socket.IPPROTO_IP, 19) and at + head.size + 8 <= len(control):
            index: int = struct.unpack_from("=4xI", control, at + head.size)[0]
            return index
        at += (length + 7) & ~7
    return 0
