"""Runs long work in steps, between which phones are answered and the window is painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.system.steps import Steps

SLICE_SECONDS = 0.02
"""How long steps run at a time. Shorter work is done when `start` returns."""


class StepRunner(QObject):
    """One work at a time. It keeps nothing alive: a dialog that is closed goes at once, with the
    200,000 lines that it has saved."""

    _done = Signal(object)
    _progress = Signal(int)

    def __init__(
        self,
        done: Callable[[Any], object],
        parent: QObject,
        progress: Callable[[int], object] | None = None,
    ) -> None:
        """`done` is given what the steps return, `progress` how many percent are done."""
        super().__init__(parent)
        self._done.connect(done)
        if progress is not None:
            self._progress.connect(progress)
        self._steps: Steps[Any] | None = None
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def start(self, steps: Steps[Any]) -> None:
        """Begin this in place of what was not finished."""
        self._steps = steps
        self._go_on()

    def stop(self) -> None:
        """Drop what is not finished."""
        self._steps = None
        self._next.stop()

    def _go_on(self) -> None:
        assert self._steps is not None
        end = time.monotonic() + SLICE_SECONDS
        try:
            percent = next(self._steps)
            while time.monotonic() < end:
                percent = next(self._steps)
        except StopIteration as made:
            self.stop()
            self._done.emit(made.value)
        else:
            self._progress.emit(percent)
            self._next.start()
