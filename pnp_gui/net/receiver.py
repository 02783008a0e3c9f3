"""Reads datagrams from a socket, a batch at a time, and hands them to the responder. Errors while
receiving are counted, and reading goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from pnp_gui.net.channels import Channel
from pnp_gui.net.listen_state import ListenState
from pnp_gui.net.pktinfo import CONTROL_SIZE, age_of_last
from pnp_gui.net.sockets import drop_errors
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.responder import Responder

logger = logging.getLogger(__name__)
traffic = logging.getLogger("pnp_gui.traffic")
"""Every datagram whole, at DEBUG."""

BATCH_DATAGRAMS = 256
BATCH_SECONDS = 0.005
"""Limits of one batch, so that the window stays responsive in a storm."""
BURST_MILLISECONDS = 250
BURST_BATCHES = 32
"""In a burst, phones are answered first, and rows, trace and history follow: after this time, or
this many batches (8,192 datagrams), at the latest."""
BATCHES_TO_FAIL = 4
"""Batches with nothing but errors in a row (1,024) after which a socket counts as broken. Fewer may
be phones that answer "port unreachable" all at once."""
LARGEST_DATAGRAM = 65535
SUSPENDED_SECONDS = 2.5
"""Without a check of the interfaces, which normally comes every second: it was suspended."""
CATCH_UP_SECONDS = 5.0
"""After this, all that waited meanwhile has been read: a full buffer takes less than one."""


class Burst:
    """Batches that were read and answered, but not passed on yet."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._batches = 0
        self._since = 0.0

    @property
    def waits(self) -> bool:
        """Whether any are to be passed on."""
        return self._batches > 0

    def goes_on(self) -> bool:
        """One more was read, and more may wait. Whether that is read first."""
        now = self._clock()
        if not self._batches:
            self._since = now
        self._batches += 1
        in_time = now - self._since < BURST_MILLISECONDS / 1000
        return in_time and self._batches < BURST_BATCHES

    def end(self) -> None:
        """All is passed on."""
        self._batches = 0


class Receiver:
    """Hands datagrams to the responder, each with source, destination, interface and time."""

    def __init__(
        self, responder: Responder, clock: Callable[[], float], state: ListenState
    ) -> None:
        """`clock` counts sleep. `state`: where skipped datagrams are counted."""
        self._responder = responder
        self._clock = clock
        self._state = state
        self._buffer = memoryview(bytearray(LARGEST_DATAGRAM))
        """Where a datagram is received before it is copied at its own size: allocating 64 KB for
        each fragments the memory, by 3 MB with 10,000 phones."""
        self._buffers = (self._buffer,)
        self._checked_at = self._resumed_at = clock()

    def was_suspended(self, channels: Sequence[Channel]) -> bool:
        """Whether the program was suspended (sleep, SIGSTOP) since the last call, so that what
        waits in `channels` may be old. To be called before anything is done about time."""
        now, before = self._clock(), self._checked_at
        self._checked_at = now
        if now - before <= SUSPENDED_SECONDS:
            return False
        self._resumed_at = now
        for channel in channels:
            if channel.came_after is None:
                channel.came_after = before
        return True

    def has_backlog(self, channels: Sequence[Channel]) -> bool:
        """Whether something that came in meanwhile is still to be read."""
        if self._clock() - self._resumed_at > CATCH_UP_SECONDS:
            return False
        return any(channel.came_after is not None for channel in channels)

    def read_batch(self, channel: Channel) -> bool:
        """Read one batch. Whether more may wait."""
        clock = self._clock
        into = channel.receive
        buffer, buffers = self._buffer, self._buffers
        arrived = channel.arrived
        receive = self._responder.receive
        logged = traffic.isEnabledFor(logging.DEBUG)
        end = clock() + BATCH_SECONDS
        errors = 0
        more = True
        for number in range(BATCH_DATAGRAMS):
            try:
                size, controls, _, source = into(buffers, CONTROL_SIZE)
            except BlockingIOError:
                channel.came_after = None
                more = False
                if errors or not number:
                    drop_errors(channel.socket)
                break
            except OSError as error:
                # A phone's "port unreachable" for what we sent (ECONNREFUSED, 10054), a route that
                # went (EHOSTUNREACH, ENETDOWN), a datagram too long (10040). Reading goes on.
                logger.debug("receiving: %s", error)
                self._state.receive_errors += 1
                errors += 1
                continue
            data = buffer[:size].tobytes()
            note = controls[0][2] if controls else b""
            index, to, origins = arrived[note] if note in arrived else channel.arrival(note)
            peer = source[0]
            origin = origins[peer] if peer in origins else channel.origin_of(peer, index)
            if origin is None or source == origin[1]:  # the latter would be ourselves
                self._state.elsewhere += 1
                continue
            if logged:
                ends = (*source, *(to or origin[1]))
                text = data.decode("utf-8", "replace")
                traffic.debug("%s: from %s:%d to %s:%d\n%s", origin[0], *ends, text)
            now = clock()
            age = 0.0 if channel.came_after is None else self._age(channel, now)
            receive(Datagram(data, source, origin[1], origin[0], now - age, to, age))
            if now > end:
                break
        if errors < BATCH_DATAGRAMS:
            channel.failed_batches = 0
            return more
        channel.failed_batches += 1
        if channel.failed_batches >= BATCHES_TO_FAIL:
            channel.broken = True
        return False

    def _age(self, channel: Channel, now: float) -> float:
        """How long the datagram that was read last has waited. If the system does not say, the
        longest time possible: better to show a phone that still asks as quiet than the reverse."""
        assert channel.came_after is not None
        if now - self._resumed_at > CATCH_UP_SECONDS:
            channel.came_after = None
            return 0.0
        most = now - channel.came_after
        age = age_of_last(channel.socket)
        # The wall clock may have been set meanwhile.
        return most if age is None else max(0.0, min(age, most))
