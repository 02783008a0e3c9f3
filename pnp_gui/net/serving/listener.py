"""The listening socket of HTTP, non-blocking."""

from __future__ import annotations

import errno
import logging
import socket
import struct
import sys
from collections.abc import Iterator

from pnp_gui.net.socket_errors import number_of
from pnp_gui.pnp.datagram import Address

logger = logging.getLogger(__name__)

BACKLOG = 1024
"""Connections that the system keeps until they are accepted: two each of 500 phones. It may keep
fewer."""
SEND_BUFFER = 128 * 1024
"""Bytes that the system takes before the phone has: few, so that "sent" is nearly "arrived". A
reset drops them; once an answer is whole and its connection closed, nothing calls them back."""
FULL = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, 10024, 10055})
"""The system has no descriptor or memory left for another connection."""

_RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""struct linger: on, 0 s."""


class ListenerFullError(Exception):
    """No connection can be accepted now; later perhaps."""


def open_listener(port: int, *, loopback_only: bool) -> socket.socket:
    """On all interfaces of the computer, or on loopback. Raises OSError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        if sys.platform == "win32":
            # Without it, another program could take the port away (SO_REUSEADDR).
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Here it only passes over connections of an earlier run that are in TIME_WAIT.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Accepted sockets have these, too: what is written leaves at once, and little waits.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        sock.bind(("127.0.0.1" if loopback_only else "", port))
        sock.listen(BACKLOG)
    except BaseException:
        sock.close()
        raise
    return sock


def accept(listener: socket.socket, most: int) -> Iterator[tuple[socket.socket, Address]]:
    """Accept at most `most` connections that wait. Raises `ListenerFullError`."""
    for _ in range(most):
        try:
            sock, address = listener.accept()
        except BlockingIOError:
            return
        except OSError as error:
            if number_of(error) in FULL:
                raise ListenerFullError from error
            # A phone that reset the connection while it waited, as one that reboots does.
            logger.debug("accepting: %s", error)
            continue
        sock.setblocking(False)
        yield sock, (address[0], address[1])


def reset(sock: socket.socket) -> None:
    """Close at once; what the system has not sent yet is dropped, and the peer sees a reset."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    except OSError as error:
        logger.debug("resetting: %s", error)
    sock.close()
