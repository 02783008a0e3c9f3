"""The clock for everything that expires. Nobody can set it, and it counts sleep.

On Linux Python's `monotonic` stops during sleep: a phone that asked before it would still be asking
afterwards. On Windows it goes on (GetTickCount64, QueryPerformanceCounter).
"""

from __future__ import annotations

import sys
import time
from functools import partial

if sys.platform == "linux":
    seconds = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
else:
    seconds = time.monotonic
