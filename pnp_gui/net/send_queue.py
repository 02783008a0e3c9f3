"""Sending by one socket, in order, also while the system accepts nothing.

A datagram waits, with all that come after it, if the send buffer is full (EAGAIN). It waits with
all that come after it to the same address if the system has no room for it (ENOBUFS): Linux knows
1,024 neighbours at most (net.ipv4.neigh.default.gc_thresh3), and drops what goes to another one.

A call may report the error of an earlier datagram instead, whose phone is gone ("port
unreachable"): it is tried once more, and waits as well if that reports another one.
"""

from __future__ import annotations

import errno
import socket
from collections import OrderedDict, deque
from itertools import islice

from pnp_gui.net.socket_errors import BUFFER_FULL, NOT_NOW, number_of
from pnp_gui.net.sockets import aim
from pnp_gui.pnp.datagram import Address

WAITING_LIMIT = 4096
"""Datagrams that may wait, some 2.5 MB: two for each of 2,000 phones. More are dropped, since the
protocol repeats what matters."""
TRIED_AT_ONCE = 64
"""Addresses without room that are tried in one `resume`, which takes a quarter of a millisecond."""
PATIENCE = 500
"""Calls of `resume` without any room, some 1.5 s, after which what waits for it is given up."""

Waiting = tuple[bytes, Address, int]


class SendQueue:
    """The datagrams to send by one socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._sendto = sock.sendto
        self._aimed = 0
        """Number of the interface that the socket sends by now; 0: by the route."""
        self._waiting: deque[Waiting] = deque()
        self._no_room: OrderedDict[str, deque[Waiting]] = OrderedDict()
        """What waits for room, by IPv4 address; those tried last come last."""
        self._in_vain = 0
        """Calls of `resume` since the last one that found room."""
        self._keys: set[Waiting] = set()

    def __len__(self) -> int:
        return len(self._keys)

    def send(self, data: bytes, remote: Address, by: int = 0) -> bool:
        """Send now (True) or queue. Raises OSError for errors that waiting does not cure. `by`:
        number of the interface to send by; 0: as the socket or the route says."""
        queue = self._no_room.get(remote[0]) if self._no_room else None
        item = (data, remote, by)
        if queue is None:
            queue = self._waiting
            if not queue:
                try:
                    self._send_now(data, remote, by)
                    return True
                except OSError as error:
                    number = number_of(error)
                    if number not in NOT_NOW:
                        raise
                    if number == errno.ENOBUFS and len(self) < WAITING_LIMIT:
                        queue = self._no_room[remote[0]] = deque()
        if item not in self._keys and len(self) < WAITING_LIMIT:
            queue.append(item)
            self._keys.add(item)
        return False

    def _send_now(self, data: bytes, remote: Address, by: int) -> None:
        if by != self._aimed:
            self._aim(by)
        try:
            self._sendto(data, remote)
        except OSError as error:
            if number_of(error) in BUFFER_FULL:
                raise
            self._send_again(data, remote, by)

    def _send_again(self, data: bytes, remote: Address, by: int) -> None:
        """The error may be an earlier datagram's, whose phone has gone from its address (Linux)."""
        try:
            self._sendto(data, remote)
        except OSError as error:
            if not by or number_of(error) in NOT_NOW:
                raise
            # An interface that was removed and put back has another number: then by the route.
            self._aim(0)
            self._sendto(data, remote)

    def _aim(self, by: int) -> None:
        aim(self._socket, by)
        self._aimed = by

    def resume(self) -> tuple[list[bytes], list[tuple[OSError, Address]]]:
        """Send what waits until the system refuses again. Returns what left, and the errors that
        waiting does not cure; their datagrams are dropped."""
        left: list[bytes] = []
        failed: list[tuple[OSError, Address]] = []
        refused = self._resume(self._waiting, left, failed)
        if refused and number_of(refused) == errno.ENOBUFS:
            address = self._waiting[0][1][0]
            self._no_room[address] = deque(one for one in self._waiting if one[1][0] == address)
            self._waiting = deque(one for one in self._waiting if one[1][0] != address)
        self._in_vain = self._in_vain + 1 if self._no_room else 0
        for address in list(islice(self._no_room, TRIED_AT_ONCE)):
            before = len(left)
            refused = self._resume(self._no_room[address], left, failed)
            if len(left) > before:
                self._in_vain = 0
            if refused is None:
                del self._no_room[address]
            else:
                self._no_room.move_to_end(address)
        if refused and self._in_vain > PATIENCE:
            for queue in self._no_room.values():
                failed += [(refused, remote) for _, remote, _ in queue]
                self._keys.difference_update(queue)
            self._no_room.clear()
        return left, failed

    def _resume(
        self, queue: deque[Waiting], left: list[bytes], failed: list[tuple[OSError, Address]]
    ) -> OSError | None:
        """Send what waits in `queue`; the error that the system refuses the rest with."""
        while queue:
            data, remote, by = queue[0]
            try:
                self._send_now(data, remote, by)
                left.append(data)
            except OSError as error:
                if number_of(error) in NOT_NOW:
                    return error
                failed.append((error, remote))
            self._keys.discard(queue.popleft())
        return None
