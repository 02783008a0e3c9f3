"""Calls from any thread, carried out by Qt's loop in the main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class MainThread(QObject):
    """To be made in the main thread."""

    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)

    def call_soon(self, do: Callable[[], None]) -> None:
        """Call `do` when the loop is next there, even if this is the main thread."""
        self._asked.emit(do)

    def _carry_out(self, do: Callable[[], None]) -> None:
        do()
