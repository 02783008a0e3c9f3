"""Reading what has come in on one socket, a batch at a time, into the responder.

It never looks into a datagram. What a receive fails with is counted, and reading goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from pnp_gui.net.channels import Channel
from pnp_gui.net.listen_state import ListenState
from pnp_gui.net.pktinfo import CONTROL_ROOM, age_of_last
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.responder import Responder

logger = logging.getLogger(__name__)
traffic = logging.getLogger("pnp_gui.traffic")
"""Every datagram whole, at DEBUG."""

BATCH_DATAGRAMS = 256
BATCH_SECONDS = 0.005
"""What one turn reads at most, so that a storm leaves the window its turns."""
BATCHES_TO_FAIL = 4
"""Batches of nothing but errors in a row (1,024) that make a socket count as broken. Fewer may be
phones that answer "port unreachable" all at once."""
LARGEST_DATAGRAM = 65535
STANDS_STILL_SECONDS = 2.5
"""Without a turn, of which there is one every second, for the interfaces: it stood still."""
CATCH_UP_SECONDS = 5.0
"""After this nothing is left of what waited meanwhile: a full buffer is read in less than one."""


class Receiver:
    """Hands datagrams to the responder, each with source, destination, interface and time."""

    def __init__(
        self, responder: Responder, clock: Callable[[], float], state: ListenState
    ) -> None:
        """`clock` counts sleep too. `state`: where what is passed over is counted."""
        self._responder = responder
        self._clock = clock
        self._state = state
        self._room = memoryview(bytearray(LARGEST_DATAGRAM))
        """Where a datagram is received before it is copied at its own size: 64 KB asked for each
        time leave holes in the memory, 3 MB of them at ten thousand phones."""
        self._rooms = (self._room,)
        self._turned_at = self._stood_until = clock()

    def stood_still(self, channels: Sequence[Channel]) -> bool:
        """To be asked in every turn, before anything is done about time: whether the program stood
        still since the last one (sleep, SIGSTOP). Then what waits in `channels` may be old."""
        now, before = self._clock(), self._turned_at
        self._turned_at = now
        if now - before <= STANDS_STILL_SECONDS:
            return False
        self._stood_until = now
        for channel in channels:
            if channel.came_after is None:
                channel.came_after = before
        return True

    def is_behind(self, channels: Sequence[Channel]) -> bool:
        """Whether something that came meanwhile is still to be read."""
        if self._clock() - self._stood_until > CATCH_UP_SECONDS:
            return False
        return any(channel.came_after is not None for channel in channels)

    def read_batch(self, channel: Channel) -> None:
        """Read one batch. The path of every datagram: kept short."""
        clock = self._clock
        into = channel.receive
        room, rooms = self._room, self._rooms
        arrived = channel.arrived
        receive = self._responder.receive
        logged = traffic.isEnabledFor(logging.DEBUG)
        end = clock() + BATCH_SECONDS
        errors = 0
        for _ in range(BATCH_DATAGRAMS):
            try:
                size, told, _, source = into(rooms, CONTROL_ROOM)
            except BlockingIOError:
                channel.came_after = None
                break
            except OSError as error:
                # A phone's "port unreachable" for what we sent (ECONNREFUSED, 10054), a route that
                # went (EHOSTUNREACH, ENETDOWN), a datagram too long (10040). Reading goes on.
                logger.debug("receiving: %s", error)
                self._state.receive_errors += 1
                errors += 1
                continue
            data = room[:size].tobytes()
            note = told[0][2] if told else b""
            index, to, origins = arrived[note] if note in arrived else channel.arrival(note)
            peer = source[0]
            origin = origins[peer] if peer in origins else channel.origin_of(peer, index)
            if origin is None or source == origin[1]:  # the latter would be ourselves
                self._state.elsewhere += 1
                continue
            if logged:
                ends = (*source, *(to or origin[1]))
                text = readable_text(data)
                traffic.debug("%s: from %s:%d to %s:%d\n%s", origin[0], *ends, text)
            now = clock()
            age = 0.0 if channel.came_after is None else self._age(channel, now)
            receive(Datagram(data, source, origin[1], origin[0], now - age, to, age))
            if now > end:
                break
        if errors < BATCH_DATAGRAMS:
            channel.failed_batches = 0
            return
        channel.failed_batches += 1
        if channel.failed_batches >= BATCHES_TO_FAIL:
            channel.broken = True

    def _age(self, channel: Channel, now: float) -> float:
        """How long the datagram that was read last waited. Where the system does not tell, it
        counts as old as it can be: a phone that repeats itself is rather shown as quiet than one
        that is quiet as asking."""
        assert channel.came_after is not None
        if now - self._stood_until > CATCH_UP_SECONDS:
            channel.came_after = None
            return 0.0
        most = now - channel.came_after
        age = age_of_last(channel.socket)
        # Not as told where the wall clock was set meanwhile.
        return most if age is None else max(0.0, min(age, most))


def readable_text(data: bytes) -> str:
    """For the log of all traffic."""
    return data.decode("utf-8", "replace")
