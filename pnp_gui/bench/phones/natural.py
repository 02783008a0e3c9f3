"""The order in which people count: "desk 2" before "desk 11"."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = re.compile(r"(\d+)")


MAX_COMPARED = 200
"""Characters that are compared. A text is up to a hundred times as large in its parts, which are
remembered."""


@lru_cache(maxsize=4096)
def natural(text: str) -> tuple[object, ...]:
    """Sorts "9.2" before "10.1" and "D9" before "D10"; nothing comes after everything."""
    parts: list[object] = list(_DIGITS.split(text[:MAX_COMPARED].casefold()))
    # Every second part is a run of digits. A run longer than any version's is compared as text by
    # length first, so that no phone can make us build a huge number.
    parts[1::2] = [(len(run := str(p).lstrip("0")), run) for p in parts[1::2]]
    return (not text, *parts)
