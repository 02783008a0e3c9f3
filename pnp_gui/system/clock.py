"""The clock for everything that expires. Nobody can set it, and it counts sleep, which Python's
`monotonic` does on Windows but not on Linux.
"""

from __future__ import annotations

import sys
import time
from functools import partial

if sys.platform == "linux":
    seconds = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
else:
    seconds = time.monotonic
