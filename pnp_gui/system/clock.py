"""The clock for everything that expires, and times for those who read them elsewhere."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from functools import partial

if sys.platform == "linux":
    seconds = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
else:
    seconds = time.monotonic
"""Nobody can set it, and it counts sleep, which Python's `monotonic` does on Windows but not on
Linux."""


def iso_time(at: float, timespec: str = "seconds") -> str:
    """`at` (Unix seconds) as local time and its zone (RFC 3339, with a blank for the T), for what
    is read elsewhere: "2026-11-24 14:02:11+01:00". `timespec`: see `datetime.isoformat`."""
    return datetime.fromtimestamp(at, UTC).astimezone().isoformat(" ", timespec)
