"""Reads a sheet in small steps, between which phones are answered and the window works."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from pnp_gui.bench.sheet.reading import Steps

SLICE_S = 0.008
"""Seconds of reading at a time: half a frame on the screen."""


class SheetReader(QObject):
    """Reads one sheet, then deletes itself."""

    done = Signal(object)
    """What was read (`Reading`)."""

    def __init__(self, steps: Steps, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def stop(self) -> None:
        """Stop reading; `done` is not emitted."""
        self._timer.stop()
        self._steps.close()
        self.deleteLater()

    def _go_on(self) -> None:
        until = time.monotonic() + SLICE_S
        try:
            while time.monotonic() < until:
                next(self._steps)
        except StopIteration as end:
            self._timer.stop()
            self.deleteLater()
            self.done.emit(end.value)
