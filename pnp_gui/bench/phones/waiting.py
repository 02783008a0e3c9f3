"""Which phones began to ask, and whose time to be answered is over: without a look at the others.

Ten thousand phones may be asking at once, and every second somebody wants to know these two.
"""

from __future__ import annotations

from math import ceil


class Waiting:
    """Keys of phones by the second in which their time is over."""

    def __init__(self) -> None:
        self._ending: dict[int, set[str]] = {}
        self._began: set[str] = set()

    def __bool__(self) -> bool:
        """Whether any began to ask since they were last taken."""
        return bool(self._began)

    def begin(self, key: str, until: float) -> None:
        """The phone asks, and may be answered `until` then, on the bench's clock."""
        # The path of every new request: kept short.
        second = ceil(until)
        keys = self._ending.get(second)
        if keys is None:
            keys = self._ending[second] = set()
        keys.add(key)
        self._began.add(key)

    def take_began(self) -> set[str]:
        """Those that began to ask since the last call."""
        began, self._began = self._began, set()
        return began

    def take_over(self, now: float) -> set[str]:
        """Those whose time is over, if they did not ask once more since."""
        over: set[str] = set()
        for second in [second for second in self._ending if second <= now]:
            over |= self._ending.pop(second)
        return over
