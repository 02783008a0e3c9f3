"""On which interface a datagram came in, and where it was sent to: IP_PKTINFO.

Unix has it in recvmsg (0.5 µs more than recvfrom), Windows in WSARecvMsg alone, which Python lacks
and which is called through ctypes (3 µs). Without it the interface is judged by the peer's address.
"""

from __future__ import annotations

import ctypes
import logging
import socket
import struct
import sys
import time
from collections.abc import Callable, Sequence

from pnp_gui.net.windows.sockets import ioctl
from pnp_gui.pnp.datagram import Address

if sys.platform != "win32":
    import fcntl

logger = logging.getLogger(__name__)

Controls = Sequence[tuple[int, int, bytes]]
"""Control messages of a datagram: level, type, content. The first one's content is for `read_note`;
empty if the system gives none."""

Receive = Callable[[Sequence[memoryview], int], tuple[int, Controls, int, Address]]
"""As a non-blocking socket's recvmsg_into with one buffer and the size for control messages: size,
controls, flags, source."""

CONTROL_SIZE = 128
"""Bytes for control messages: one IP_PKTINFO takes 24, 28 or 32."""

WSAEWOULDBLOCK = 10035
SIO_GET_EXTENSION_FUNCTION_POINTER = 0xC8000006
WSAID_WSARECVMSG = bytes.fromhex("c8d789f6 1f6f 6b43 8a53 e54fe351c322")
"""f689d7c8-6f1f-436b-8a53-e54fe351c322 in the order of memory."""

_ON_WINDOWS = sys.platform == "win32"
_IP_PKTINFO = 19 if _ON_WINDOWS else 8

wall_clock = time.time
_SIOCGSTAMPNS = 0x8907
"""The time of the datagram that was read last, on the wall clock (socket(7)): struct timespec."""


def receiver_on(sock: socket.socket) -> tuple[Receive, bool]:
    """What receives from `sock`, and whether with control messages."""
    try:
        sock.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        if _ON_WINDOWS:
            return WindowsReceiver(sock), True
        return sock.recvmsg_into, True  # type: ignore[attr-defined,unused-ignore]
    except OSError as error:
        logger.warning("the system does not say where datagrams come in: %s", error)

    def receive(rooms: Sequence[memoryview], _: int) -> tuple[int, Controls, int, Address]:
        size, source = sock.recvfrom_into(rooms[0])
        return size, (), 0, source

    return receive, False


def age_of_last(sock: socket.socket) -> float | None:
    """Seconds since the datagram that was read last came in; None if not known. The first call
    returns None and makes the kernel record the times."""
    if sys.platform == "win32":
        return None
    stamp = bytearray(struct.calcsize("@ll"))
    try:
        fcntl.ioctl(sock, _SIOCGSTAMPNS, stamp)
    except OSError:
        return None
    seconds, nanoseconds = struct.unpack("@ll", stamp)
    return wall_clock() - float(seconds + nanoseconds / 1e9)


def unix_note(note: bytes) -> tuple[int, str]:
    """struct in_pktinfo: the interface, our address there, the packet's destination."""
    if len(note) < 12:
        return 0, ""
    index, to = struct.unpack_from("=i4x4s", note)
    return index, socket.inet_ntoa(to)


def windows_note(control: bytes) -> tuple[int, str]:
    """WSACMSGHDR (size_t length, int level, int type), then IN_PKTINFO (the packet's destination,
    the interface), each aligned as a pointer is.
    """
    head = struct.Struct("@Nii")
    at = 0
    while at + head.size <= len(control):
        length, level, kind = head.unpack_from(control, at)
        if length < head.size:
            break
        if (level, kind) == (socket.IPPROTO_IP, 19) and at + head.size + 8 <= len(control):
            to, index = struct.unpack_from("=4sI", control, at + head.size)
            return index, socket.inet_ntoa(to)
        at += (length + 7) & ~7
    return 0, ""


read_note = windows_note if _ON_WINDOWS else unix_note
"""Number of the interface that a datagram came in on, and the address it was sent to; 0 and "" if
not known."""


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


class WindowsReceiver:
    """Receives by WSARecvMsg. Its note is the whole control buffer."""

    def __init__(self, sock: socket.socket) -> None:
        self._handle = sock.fileno()
        self._call = _receive_function(sock)
        self._into: memoryview | None = None
        self._room: object = None
        """Keeps the memory alive that the system writes to."""
        self._name = ctypes.create_string_buffer(16)
        self._control = ctypes.create_string_buffer(CONTROL_SIZE)
        self._buffer = _Buffer()
        self._message = _Message(
            name=ctypes.addressof(self._name), buffers=ctypes.pointer(self._buffer), count=1
        )
        self._received = ctypes.c_uint32()

    def __call__(self, rooms: Sequence[memoryview], _: int) -> tuple[int, Controls, int, Address]:
        if rooms[0] is not self._into:
            self._into = rooms[0]
            room = (ctypes.c_char * len(self._into)).from_buffer(self._into)
            self._buffer.length, self._buffer.start = len(self._into), ctypes.addressof(room)
            self._room = room
        message = self._message
        message.name_length, message.flags = 16, 0
        message.control.length = CONTROL_SIZE
        message.control.start = ctypes.addressof(self._control)
        if self._call(
            self._handle, ctypes.byref(message), ctypes.byref(self._received), None, None
        ):
            number = ctypes.get_last_error()  # type: ignore[attr-defined,unused-ignore]
            if number == WSAEWOULDBLOCK:
                raise BlockingIOError
            raise ctypes.WinError(number)  # type: ignore[attr-defined,unused-ignore]
        name = self._name.raw
        note = ctypes.string_at(self._control, message.control.length)
        source = (socket.inet_ntoa(name[4:8]), int.from_bytes(name[2:4], "big"))
        return self._received.value, ((socket.IPPROTO_IP, _IP_PKTINFO, note),), 0, source


def _receive_function(sock: socket.socket) -> ctypes._FuncPointer:
    """The address of WSARecvMsg differs between providers, so each socket is asked for it."""
    found = ctypes.c_void_p()
    ioctl(sock, SIO_GET_EXTENSION_FUNCTION_POINTER, WSAID_WSARECVMSG, found)
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
