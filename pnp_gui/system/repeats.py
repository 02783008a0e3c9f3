"""What happens again and again: counted, and told seldom enough that it pushes nothing else out.

A fault while a cell is painted comes back with every frame, a warning of Qt's with every move of
the mouse. The first few are told whole; after these only the tenth, the hundredth and so on.
"""

from __future__ import annotations

from collections.abc import Hashable

TOLD_EACH = 3
"""Equal ones that are told each."""
MAX_KINDS = 200
"""Different ones that are counted; of more, the oldest is counted anew."""


class Repeats:
    """Counts equal things."""

    def __init__(self) -> None:
        self._counts: dict[Hashable, int] = {}

    def count(self, kind: Hashable) -> int:
        """One more of this kind; how many there were with it."""
        count = self._counts.get(kind, 0) + 1
        if count == 1 and len(self._counts) >= MAX_KINDS:
            del self._counts[next(iter(self._counts))]
        self._counts[kind] = count
        return count


def worth_telling(count: int) -> bool:
    """Whether the `count`-th of equal things is one to tell of."""
    return count <= TOLD_EACH or str(count).strip("0") == "1"
