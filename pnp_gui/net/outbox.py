"""Sending by one socket, in order, also when the system takes nothing for a moment.

A datagram that the full send buffer refuses (EAGAIN, ENOBUFS) waits, and whatever comes after it
waits behind it; and so does one that was refused because of an earlier one, whose phone is gone
("port unreachable"). Nothing is sent twice: an equal datagram that is still waiting is not queued
again (a retransmission for a phone whose first one has not even left).
"""

from __future__ import annotations

import socket
from collections import deque

from pnp_gui.net.socket_errors import NOT_NOW, number_of
from pnp_gui.net.sockets import aim

Address = tuple[str, int]

WAITING_LIMIT = 4096
"""Datagrams that may wait, some 2.5 MB: two for each phone of a large floor. More are dropped,
since the protocol repeats what matters."""


class SendQueue:
    """What goes out by one socket."""

    __slots__ = ("_aimed", "_keys", "_sendto", "_socket", "_waiting")

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._sendto = sock.sendto
        self._aimed = 0
        """The interface that the socket sends by now; 0: by the route."""
        self._waiting: deque[tuple[bytes, Address, int]] = deque()
        self._keys: set[tuple[bytes, Address, int]] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def send(self, data: bytes, remote: Address, by: int = 0) -> bool:
        """Send now or queue; True when it left now. Raises OSError for what waiting cannot mend.

        `by`: number of the interface to leave by; 0: what the socket or the route says.
        """
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
        self._queue((data, remote, by))
        return False

    def _send_now(self, data: bytes, remote: Address, by: int) -> None:
        if by != self._aimed:
            self._aim(by)
        try:
            self._sendto(data, remote)
        except OSError as error:
            if not by or number_of(error) in NOT_NOW:
                raise
            # The number may be an old one: an interface put back in gets another. Then by route.
            self._aim(0)
            self._sendto(data, remote)

    def _aim(self, by: int) -> None:
        aim(self._socket, by)
        self._aimed = by

    def _queue(self, item: tuple[bytes, Address, int]) -> None:
        if item not in self._keys and len(self._waiting) < WAITING_LIMIT:
            self._waiting.append(item)
            self._keys.add(item)

    def resume(self) -> list[tuple[OSError, Address]]:
        """Send what waits until the system refuses again; the errors that no waiting mends, whose
        datagrams are dropped."""
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
