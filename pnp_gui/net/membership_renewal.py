"""When to leave and join the multicast group again although no interface has changed."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

RENEW_SECONDS = 125.0
"""How often: a switch with IGMP snooping and no querier forgets a member after some 260 s
(RFC 2236 section 8.4), and learns of it again by the new report."""
JUMP_SECONDS = 5.0
"""A longer time between two checks, normally one second, means sleep and resume."""


class MembershipRenewal:
    """Asked at every check of the interfaces."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds and counts sleep."""
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """All interfaces have just been joined."""
        self._last_check = self._last_renewal = self._clock()

    def is_due(self) -> bool:
        """After sleep, and every `RENEW_SECONDS`. True starts the next period."""
        now = self._clock()
        jumped = now - self._last_check > JUMP_SECONDS
        self._last_check = now
        if jumped:
            logger.info("the program was suspended (sleep?): joining again on all interfaces")
        if jumped or now - self._last_renewal >= RENEW_SECONDS:
            self._last_renewal = now
            return True
        return False
