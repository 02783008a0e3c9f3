"""When the group is to be left and joined anew though nothing looks different."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

RENEW_SECONDS = 125.0
"""How often: a switch with IGMP snooping and no querier forgets a member after some 260 s
(RFC 2236 section 8.4), and hears of it again by the new report."""
JUMP_SECONDS = 5.0
"""A gap between two looks, one second apart, that tells of sleep and resume."""


class Renewal:
    """Asked at every look at the interfaces."""

    def __init__(self, clock: Callable[[], float], wall: Callable[[], float]) -> None:
        """`clock` is monotonic time, `wall` the time of day, both in seconds."""
        self._clock = clock
        self._wall = wall
        self.restart()

    def restart(self) -> None:
        """Everything has just been joined."""
        self._last_look = (self._clock(), self._wall())
        self._last_renewal = self._last_look[0]

    def is_due(self) -> bool:
        """After sleep, and now and then; True counts as done.

        Sleep shows in either clock: monotonic time stands still meanwhile on Linux, but goes on
        on Windows.
        """
        now, wall = self._clock(), self._wall()
        passed, wall_passed = now - self._last_look[0], wall - self._last_look[1]
        self._last_look = (now, wall)
        jumped = passed > JUMP_SECONDS or abs(wall_passed - passed) > JUMP_SECONDS
        if jumped:
            logger.info("the clock jumped (sleep?): joining again on all interfaces")
        if jumped or now - self._last_renewal >= RENEW_SECONDS:
            self._last_renewal = now
            return True
        return False
