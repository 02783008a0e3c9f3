"""Phones that started to ask, and those whose time to be answered is over.

Both are wanted every second, without visiting each of ten thousand phones.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil


class Waiting:
    """Keys of phones by the second in which their time is over."""

    def __init__(self) -> None:
        self._by_second: defaultdict[int, set[str]] = defaultdict(set)
        self._new: set[str] = set()

    def __bool__(self) -> bool:
        """Whether any started to ask since `take_new`."""
        return bool(self._new)

    def add(self, key: str, until: float) -> None:
        """The phone asks, and can be answered `until` then, on the bench's clock."""
        self._by_second[ceil(until)].add(key)
        self._new.add(key)

    def take_new(self) -> set[str]:
        """Those that started to ask since the last call."""
        new, self._new = self._new, set()
        return new

    def take_expired(self, now: float) -> set[str]:
        """Those whose time is over. One that asked once more since comes again later."""
        expired: set[str] = set()
        for second in [second for second in self._by_second if second <= now]:
            expired |= self._by_second.pop(second)
        return expired
