"""Long work in slices, each done when Qt's loop has nothing else to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QTimer


class IdleWork:
    """What is under way."""

    def __init__(self) -> None:
        self._work: deque[Callable[[], bool]] = deque()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def run(self, do: Callable[[], bool]) -> None:
        """Call `do` again and again, with the loop's turns in between, until it says False."""
        self._work.append(do)
        self._timer.start()

    def stop(self) -> None:
        """What is not done yet is not done any more."""
        self._work.clear()
        self._timer.stop()

    def _turn(self) -> None:
        do = self._work.popleft()
        try:
            if do():
                self._work.append(do)
        finally:
            if not self._work:
                self._timer.stop()
