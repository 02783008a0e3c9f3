"""Windows' switches for receive errors, and its reserved ports. Elsewhere nothing is done or
found.
"""

from __future__ import annotations

import logging
import re
import socket
import sys
from typing import TYPE_CHECKING

if sys.platform == "win32" or TYPE_CHECKING:
    # Not elsewhere: an import of what is not used costs time before listening.
    import ctypes
    import subprocess

logger = logging.getLogger(__name__)

SIO_UDP_CONNRESET = 0x9800000C
SIO_UDP_NETRESET = 0x9800000F

_RANGE = re.compile(r"^\s*(\d+)\s+(\d+)\s*\*?\s*$", re.MULTILINE)
"""A line of netsh's table: first port, last port, and a star for ranges set by hand. The words
around it are in the system's language."""

NETSH_SECONDS = 5.0
"""Longest wait for netsh, which answers within 0.1 s."""


def ioctl(sock: socket.socket, code: int, given: bytes, answer: ctypes.c_void_p | None) -> None:
    """WSAIoctl, of which Python's `socket.ioctl` takes only a few codes. Raises OSError."""
    if sys.platform != "win32":
        raise OSError("only Windows has it")
    if ctypes.WinDLL("ws2_32", use_last_error=True).WSAIoctl(
        ctypes.c_size_t(sock.fileno()),
        ctypes.c_uint32(code),
        given,
        len(given),
        None if answer is None else ctypes.byref(answer),
        0 if answer is None else ctypes.sizeof(answer),
        ctypes.byref(ctypes.c_uint32()),
        None,
        None,
    ):
        raise ctypes.WinError(ctypes.get_last_error())


def quiet_receive_errors(sock: socket.socket) -> None:
    """Stop Windows from failing recvfrom after a phone answered with ICMP "port unreachable". If
    that fails, the pump survives these errors as well."""
    if sys.platform == "win32":
        for code in (SIO_UDP_CONNRESET, SIO_UDP_NETRESET):
            try:
                ioctl(sock, code, bytes(4), None)  # off
            except OSError as error:
                # 10045 for the second is usual: older systems do not know it.
                logger.debug("WSAIoctl %#x: %s", code, error)


def reserved_range(port: int, protocol: str = "UDP") -> tuple[int, int] | None:
    """The range reserved by Windows (Hyper-V, WSL, Docker) that holds `port`, if any."""
    if sys.platform != "win32":
        return None
    command = ["netsh", "int", "ipv4", "show", "excludedportrange", f"protocol={protocol.lower()}"]
    try:
        listed = subprocess.run(
            command,
            capture_output=True,
            timeout=NETSH_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return range_with(port, listed.stdout.decode("ascii", "replace"))


def range_with(port: int, listed: str) -> tuple[int, int] | None:
    """The range of netsh's table `listed` that holds `port`."""
    for first, last in _RANGE.findall(listed):
        if int(first) <= port <= int(last):
            return int(first), int(last)
    return None
