"""The socket of one TFTP transfer: its port is the transfer's identifier (RFC 1350 section 4)."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from functools import partial

from pnp_gui.files.folder import OpenFile
from pnp_gui.files.tftp import Transfer
from pnp_gui.net.notifiers import release, when_readable
from pnp_gui.net.sockets import aim
from pnp_gui.net.windows.sockets import quiet_receive_errors
from pnp_gui.pnp.datagram import Address

logger = logging.getLogger(__name__)

LARGEST_PACKET = 2048
"""Bytes received; nothing that is answered is longer."""


def open_at(local: str, index: int) -> socket.socket:
    """A socket with a port of its own at our address `local`, that sends by the interface `index`
    (0: by the route). Raises OSError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        quiet_receive_errors(sock)
        sock.bind((local, 0))
        if index:
            aim(sock, index)
    except OSError:
        sock.close()
        raise
    return sock


class TransferSocket:
    """A transfer with its socket and its file."""

    def __init__(
        self,
        transfer: Transfer,
        sock: socket.socket,
        readable: Callable[[TransferSocket], None],
    ) -> None:
        """Takes the socket over. `readable` is called when a packet waits, and not again before
        `receive`."""
        self.transfer = transfer
        self.remote = transfer.fetch.remote
        self.file: OpenFile | None = None
        self.reading = False
        """A thread has the file now."""
        self.reported_at = transfer.fetch.at
        self.closed = False
        self._socket = sock
        self._notifier = when_readable(sock, partial(self._activated, readable))

    def receive(self, most: int) -> Iterator[tuple[bytes, Address]]:
        """The packets that wait, at most so many, each with its source."""
        for _ in range(most):
            try:
                yield self._socket.recvfrom(LARGEST_PACKET)
            except BlockingIOError:
                break
            except OSError as error:
                logger.debug("receiving: %s", error)  # of what was sent before (10054)
        self._notifier.setEnabled(True)

    def send(self, packet: bytes, remote: Address) -> None:
        """A packet that cannot be sent is a lost one: it is sent again, or the transfer ends."""
        try:
            self._socket.sendto(packet, remote)
        except OSError as error:
            logger.debug("sending to %s:%d: %s", *remote, error)

    def close(self) -> None:
        """Close the socket; the file is its owner's."""
        self.closed = True
        release(self._notifier)
        self._socket.close()

    def _activated(self, readable: Callable[[TransferSocket], None], *_: object) -> None:
        # Else it fires again before anything is read; on Windows no timer would get a turn.
        self._notifier.setEnabled(False)
        readable(self)
