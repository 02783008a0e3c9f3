"""The clock for everything that ends. Nobody can set it, and it counts the computer's sleep too.

On Linux Python's `monotonic` stands still during sleep: a phone that asked before would still be
asking after it. On Windows it goes on (GetTickCount64, QueryPerformanceCounter).
"""

from __future__ import annotations

import sys
import time
from functools import partial

if sys.platform == "linux":
    seconds = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
else:
    seconds = time.monotonic
