"""Opens, binds and joins UDP sockets, as each system needs it; all are non-blocking.

`open_on` (Linux since 5.7): one socket for each interface, tied to it by the kernel, so that
datagrams of other interfaces never arrive and answers leave by the right one, also with two
interfaces in one subnet. `open_shared` (Windows, older Linux): one socket for all.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pnp_gui.net.interfaces import Interface
from pnp_gui.net.socket_errors import ALREADY_JOINED, DENIED, join_fault, number_of
from pnp_gui.net.windows.sockets import quiet_receive_errors
from pnp_gui.pnp.sip_values import GROUP

logger = logging.getLogger(__name__)

RECEIVE_BUFFER = 4 << 20
"""Bytes asked for: holds 6,500 SUBSCRIBEs (measured) while the window is busy for a moment."""
SEND_BUFFER = 1 << 20
"""Bytes asked for: two datagrams each for several hundred phones at once."""

TO_DEVICE = sys.platform == "linux"
"""This system ties a socket to an interface (`open_on`)."""

_IP_MULTICAST_ALL = 49
_SO_SNDBUFFORCE, _SO_RCVBUFFORCE = 32, 33
_SO_BINDTOIFINDEX = 62
_IP_RECVERR = 11
_IP_UNICAST_IF = 50 if sys.platform == "linux" else 31
_IP_MTU = 14 if sys.platform == "linux" else 73


class NotPermittedError(Exception):
    """The kernel lets only root tie a socket to an interface (Linux before 5.7), or by its name
    alone (before 5.1)."""


class BindError(Exception):
    """The port is not available; `socket_errors.bind_fault` makes a sentence of its OSError. Not
    here: finding the other program takes long, and a failed bind is tried again every second."""


def open_on(interface: Interface, port: int) -> socket.socket:
    """A socket that receives and sends on `interface` alone, joined to the group there.

    Raises `BindError`, `Trouble`, or `NotPermittedError` where `open_shared` has to do instead.
    Port 0 takes any free one. On loopback nothing is joined: simulated phones ask it by unicast.
    """
    if not interface.index:
        raise NotPermittedError  # 0 would tie it to nothing
    with _opening() as sock:
        try:
            # By number, since a name may be any bytes and is shown in another form.
            sock.setsockopt(socket.SOL_SOCKET, _SO_BINDTOIFINDEX, interface.index)
        except OSError as error:
            if number_of(error) in DENIED or error.errno == errno.ENOPROTOOPT:
                raise NotPermittedError from error
            raise join_fault(error, interface.name) from error
        _bind(sock, "127.0.0.1" if interface.loopback else "", port)
        join(sock, interface)
    return sock


def open_shared(port: int, *, loopback_only: bool = False) -> socket.socket:
    """A socket for all interfaces, joined to nothing yet. Raises `BindError`. `loopback_only` binds
    127.0.0.1, which no firewall asks about."""
    with _opening() as sock:
        if sys.platform == "win32":
            # Without it Windows shares the port: the bind succeeds although a softphone has it,
            # and the softphone gets what is addressed to us.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        _bind(sock, "127.0.0.1" if loopback_only else "", port)
    return sock


@contextmanager
def _opening() -> Iterator[socket.socket]:
    """A UDP socket, which is closed again if what follows fails."""
    try:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    except OSError as error:
        raise BindError(error) from error
    try:
        sock.setblocking(False)
        _ask_buffer(sock, socket.SO_RCVBUF, _SO_RCVBUFFORCE, RECEIVE_BUFFER)
        _ask_buffer(sock, socket.SO_SNDBUF, _SO_SNDBUFFORCE, SEND_BUFFER)
        # Nothing is sent to a group. If that ever changes, it stays in the local network.
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        if sys.platform == "linux":
            # By default Linux also delivers the groups that other programs have joined.
            with suppress(OSError):
                sock.setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
            # Without it Linux does not say what it drops: ENOBUFS, see send_queue.py.
            sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
        quiet_receive_errors(sock)
        yield sock
    except BaseException:
        sock.close()
        raise


def _ask_buffer(sock: socket.socket, option: int, forced: int, size: int) -> None:
    """Ask for `size` bytes, beyond the system's limit if permitted. Getting less is no error."""
    for each in (forced, option) if sys.platform == "linux" else (option,):
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, each, size)
            return


def drop_errors(sock: socket.socket) -> None:
    """Linux keeps the errors of earlier datagrams ("port unreachable"), and the socket counts as
    readable until they are taken."""
    if sys.platform == "linux":
        with suppress(BlockingIOError):
            while True:
                sock.recvmsg(0, 0, socket.MSG_ERRQUEUE)


def aim(sock: socket.socket, index: int) -> None:
    """Make a shared socket send by the interface `index` from now on; by the route, which has only
    one of two interfaces in one subnet, for 0 or where there is no such interface any more."""
    for number in (index, 0):
        with suppress(OSError):
            sock.setsockopt(socket.IPPROTO_IP, _IP_UNICAST_IF, struct.pack("!I", number))
            return


def receive_buffer(sock: socket.socket) -> int:
    """The receive buffer that was granted, in bytes. Linux reports twice what it counts as data."""
    granted = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    return granted // 2 if sys.platform == "linux" else granted


def _bind(sock: socket.socket, address: str, port: int) -> None:
    try:
        sock.bind((address, port))
    except OSError as error:
        raise BindError(error) from error


def _membership(interface: Interface) -> bytes:
    if sys.platform == "linux":
        # struct ip_mreqn. By index, because an address may lie on two interfaces.
        return struct.pack("4s4si", socket.inet_aton(GROUP), bytes(4), interface.index)
    # struct ip_mreq. Never INADDR_ANY, which takes the interface of the lowest metric: a VPN.
    return socket.inet_aton(GROUP) + interface.addresses[0].ip.packed


def join(sock: socket.socket, interface: Interface) -> None:
    """Join the group on `interface`, if it is not joined yet. Raises `Trouble`."""
    if interface.loopback:
        return
    try:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, _membership(interface))
    except OSError as error:
        if number_of(error) not in ALREADY_JOINED:
            raise join_fault(error, interface.name) from error


def leave(sock: socket.socket, interface: Interface) -> None:
    """Leave the group on `interface`, given as it was when joined, if it is joined."""
    if interface.loopback or not interface.addresses:
        return
    try:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, _membership(interface))
    except OSError as error:
        # The interface may be gone, and the membership with it.
        logger.debug("leaving %s on %s: %s", GROUP, interface.name, error)


def address_towards(peer: str, index: int = 0) -> str:
    """The local address from which the system would send to `peer`, or "" without a route.
    `index` (Linux): number of the only interface to consider; 0: all."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            if index and TO_DEVICE:
                probe.setsockopt(socket.SOL_SOCKET, _SO_BINDTOIFINDEX, index)
            probe.connect((peer, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def mtu_towards(peer: str) -> int:
    """The largest IP packet, in bytes, that reaches `peer` unfragmented as far as the system knows;
    0: it does not say."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((peer, 9))
            return probe.getsockopt(socket.IPPROTO_IP, _IP_MTU)
        except OSError:
            return 0
