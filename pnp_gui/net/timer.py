"""Qt's timer, for what is there before Qt is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

PRECISE, COARSE = 0, 1
"""Qt.TimerType as numbers: importing Qt's enumerations takes 14 ms."""


class Timer:
    """A QTimer from `run_in_loop` on. Started before, it is started then."""

    def __init__(
        self, slot: Callable[[], None], *, single_shot: bool = False, kind: int = PRECISE
    ) -> None:
        self._slot = slot
        self._single_shot = single_shot
        self._kind = kind
        self._timer: QTimer | None = None
        self._wanted: int | None = None
        """Milliseconds, if started before there is a QTimer."""

    def run_in_loop(self) -> None:
        """To be called once, when there is an application object."""
        from PySide6.QtCore import QTimer

        self._timer = timer = QTimer()
        timer.setProperty("timerType", self._kind)
        timer.setSingleShot(self._single_shot)
        timer.timeout.connect(self._slot)
        if self._wanted is not None:
            timer.start(self._wanted)

    def start(self, milliseconds: int) -> None:
        """Call the slot after this time, again and again unless it is single-shot."""
        if self._timer is None:
            self._wanted = milliseconds
        else:
            self._timer.start(milliseconds)

    def stop(self) -> None:
        """The slot is not called any more."""
        self._wanted = None
        if self._timer is not None:
            self._timer.stop()

    @property
    def active(self) -> bool:
        """Whether it is started."""
        return self._timer.isActive() if self._timer is not None else self._wanted is not None
