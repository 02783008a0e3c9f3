"""When Python collects reference cycles: not while phones wait.

By itself it now and then looks at every object: with 10,000 phones that stops the program for a
tenth of a second in a storm. What a phone leaves behind has no cycles. So only young objects are
collected, what survives is taken out of sight (`gc.freeze`), and the rest waits for a quiet time.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

INTERVAL_MILLISECONDS = 250
"""How often young objects are collected."""
STORM = 250
"""Datagrams in an interval that mean a storm of phones: then nothing is collected."""
QUIET = 10
"""Datagrams in an interval that still count as quiet."""
QUIET_SECONDS = 5.0
"""How long it has to be quiet before a full collection."""
FULL_SECONDS = 600.0
"""Time between two full collections, if it is quiet."""
MAX_FULL_SECONDS = 6 * 3600.0
"""Time after which a full collection comes in any case."""


class GcPauses:
    """Replaces Python's automatic garbage collection until `stop`."""

    def __init__(
        self, datagrams: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`datagrams`: how many have come in so far. What exists already waits for a quiet time: of
        a start's 77,000 objects 600 are garbage, and finding them would delay its window."""
        self._datagrams = datagrams
        self._counted = datagrams()
        self._clock = clock
        self._full_at = self._busy_at = clock()
        gc.disable()
        gc.freeze()

    def collect(self) -> None:
        """To be called every `INTERVAL_MILLISECONDS`."""
        now = self._clock()
        before, self._counted = self._counted, self._datagrams()
        arrived = self._counted - before
        if arrived > QUIET:
            self._busy_at = now
        since = now - self._full_at
        quiet = now - self._busy_at >= QUIET_SECONDS
        if (quiet and since >= FULL_SECONDS) or since >= MAX_FULL_SECONDS:
            self._full_at = now
            gc.unfreeze()
            gc.collect()
        elif arrived < STORM:
            gc.collect(0)
        gc.freeze()

    def stop(self) -> None:
        """Give garbage collection back to Python."""
        gc.unfreeze()
        gc.enable()
