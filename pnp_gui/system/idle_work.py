"""Long work in slices, which Qt's loop runs when it has nothing else to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QTimer


class IdleWork:
    """The work that is not finished."""

    def __init__(self) -> None:
        self._work: deque[Callable[[], bool]] = deque()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run_slice)

    def run(self, do: Callable[[], bool]) -> None:
        """Call `do` again and again, from Qt's loop, until it returns False."""
        self._work.append(do)
        self._timer.start()

    def stop(self) -> None:
        """Drop what is not finished."""
        self._work.clear()
        self._timer.stop()

    def _run_slice(self) -> None:
        do = self._work.popleft()
        try:
            if do():
                self._work.append(do)
        finally:
            if not self._work:
                self._timer.stop()
