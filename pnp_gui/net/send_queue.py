"""Sending by one socket, in order, also while the system accepts nothing.

A datagram waits, with all that come after it, if the send buffer is full (EAGAIN, ENOBUFS) or if
the call reports the error of an earlier one, whose phone is gone ("port unreachable").
"""

from __future__ import annotations

import socket
from collections import deque

from pnp_gui.net.socket_errors import NOT_NOW, number_of
from pnp_gui.net.sockets import aim
from pnp_gui.pnp.datagram import Address

WAITING_LIMIT = 4096
"""Datagrams that may wait, some 2.5 MB: two for each of 2,000 phones. More are dropped, since the
protocol repeats what matters."""


class SendQueue:
    """The datagrams to send by one socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._sendto = sock.sendto
        self._aimed = 0
        """Number of the interface that the socket sends by now; 0: by the route."""
        self._waiting: deque[tuple[bytes, Address, int]] = deque()
        self._keys: set[tuple[bytes, Address, int]] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def send(self, data: bytes, remote: Address, by: int = 0) -> bool:
        """Send now (True) or queue. Raises OSError for errors that waiting does not cure. `by`:
        number of the interface to send by; 0: as the socket or the route says."""
        if not self._waiting:
            try:
                if by == self._aimed == 0:  # nearly always: the short way
                    self._sendto(data, remote)
                else:
                    self._send_now(data, remote, by)
                return True
            except OSError as error:
                if number_of(error) not in NOT_NOW:
                    raise
        item = (data, remote, by)
        if item not in self._keys and len(self._waiting) < WAITING_LIMIT:
            self._waiting.append(item)
            self._keys.add(item)
        return False

    def _send_now(self, data: bytes, remote: Address, by: int) -> None:
        self._aim(by)
        try:
            self._sendto(data, remote)
        except OSError as error:
            if not by or number_of(error) in NOT_NOW:
                raise
            # An interface that was removed and put back has another number: then by the route.
            self._aim(0)
            self._sendto(data, remote)

    def _aim(self, by: int) -> None:
        if by != self._aimed:
            aim(self._socket, by)
            self._aimed = by

    def resume(self) -> list[tuple[OSError, Address]]:
        """Send what waits until the system refuses again. Returns the errors that waiting does not
        cure; their datagrams are dropped."""
        failed: list[tuple[OSError, Address]] = []
        while self._waiting:
            data, remote, by = self._waiting[0]
            try:
                self._send_now(data, remote, by)
            except OSError as error:
                if number_of(error) in NOT_NOW:
                    break
                failed.append((error, remote))
            self._keys.discard(self._waiting.popleft())
        return failed
