"""When Python looks for garbage that only reference cycles keep: not while somebody waits.

Python by itself looks whenever many objects were made, and now and then at every object there is:
with ten thousand phones that stops the program for a tenth of a second, in the middle of a storm,
and takes a quarter of the time of serving a phone. What a phone leaves behind holds no cycles.
So here only the young objects are looked at, four times a second, and what survives counts as
lasting (`gc.freeze`). All objects are looked at when nothing has happened for a while, which also
finds what a storm may have left.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LOOK_MILLISECONDS = 250
"""How often the young objects are looked at."""
STORM = 250
"""Datagrams between two looks that mean a storm of phones: then no object is looked at."""
QUIET = 10
"""Datagrams between two looks with which it is quiet still."""
QUIET_SECONDS = 5.0
"""How long it has to be quiet before everything is looked at."""
EVERYTHING_SECONDS = 600.0
"""How often everything is looked at, when it is quiet."""
AT_THE_LATEST_SECONDS = 6 * 3600.0
"""... and whatever happens."""


class GcPauses:
    """Python's collector of reference cycles, in the program's own hands."""

    def __init__(
        self, datagrams: Callable[[], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """From now on nothing is collected but by `look`. What is there already is lasting.

        `datagrams`: how many have come in so far.
        """
        self._datagrams = datagrams
        self._before = datagrams()
        self._clock = clock
        self._all_at = self._busy_at = clock()
        gc.disable()
        gc.collect()
        gc.freeze()

    def look(self) -> None:
        """To be called every `LOOK_MILLISECONDS`."""
        now = self._clock()
        before, self._before = self._before, self._datagrams()
        came = self._before - before
        if came > QUIET:
            self._busy_at = now
        since = now - self._all_at
        quiet = now - self._busy_at >= QUIET_SECONDS
        if (quiet and since >= EVERYTHING_SECONDS) or since >= AT_THE_LATEST_SECONDS:
            self._all_at = now
            gc.unfreeze()
            gc.collect()
        elif came < STORM:
            gc.collect(0)
        gc.freeze()

    def end(self) -> None:
        """Python does as it is used to again."""
        gc.unfreeze()
        gc.enable()
