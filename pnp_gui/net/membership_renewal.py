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


class MembershipRenewal:
    """Asked at every look at the interfaces."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds, those of sleep too."""
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Everything has just been joined."""
        self._last_look = self._last_renewal = self._clock()

    def is_due(self) -> bool:
        """After sleep, and now and then; True counts as done."""
        now = self._clock()
        jumped = now - self._last_look > JUMP_SECONDS
        self._last_look = now
        if jumped:
            logger.info("the program stood still (sleep?): joining again on all interfaces")
        if jumped or now - self._last_renewal >= RENEW_SECONDS:
            self._last_renewal = now
            return True
        return False
