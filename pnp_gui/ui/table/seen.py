"""Notices when the technician has seen a new phone, so that its mark goes.

Seen means: selected by hand, or in view for a few seconds while the window is active.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.table.view import PhoneTable

SEEN_AFTER_S = 5.0
"""Seconds in view that count as seen: time to turn to the screen and read a few rows."""
TICK_MS = 500


def in_front(window: QWidget) -> bool:
    """Whether the technician is looking at it: a window or menu of the program has the focus."""
    return QApplication.activeWindow() is not None and not window.isMinimized()


_BY_HAND = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
)


class SeenTracker(QObject):
    """Watches the table while any phone is marked as new."""

    def __init__(
        self,
        bench: Bench,
        table: PhoneTable,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(table)
        self._bench = bench
        self._table = table
        self._monotonic = monotonic
        self.by_hand = True
        """Whether it is the technician who selects now."""
        self._seen: dict[str, float] = {}
        self._last = 0.0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        table.phones_changed.connect(self._watch)
        table.selection_changed.connect(self._look)
        for watched in (table, table.viewport()):
            watched.installEventFilter(self)
        self._watch()

    def _watch(self) -> None:
        if not self._timer.isActive() and self._bench.unseen:
            self._last = self._monotonic()
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is selected already is looked at by a key or click."""
        if event.type() in _BY_HAND:
            QTimer.singleShot(0, self, self._look)
        return False

    def _look(self) -> None:
        if self.by_hand and self._bench.unseen and in_front(self._table.window()):
            self._bench.mark_seen(self._table.selected_keys())

    def _tick(self) -> None:
        now = self._monotonic()
        passed, self._last = now - self._last, now
        unseen = self._bench.unseen
        # A phone that is marked again starts at 0.
        self._seen = {key: seconds for key, seconds in self._seen.items() if key in unseen}
        if not unseen:
            self._timer.stop()
        elif in_front(self._table.window()):
            for key in unseen.intersection(self._table.keys_in_view()):
                self._seen[key] = self._seen.get(key, 0.0) + passed
            self._bench.mark_seen(
                key for key, seconds in self._seen.items() if seconds >= SEEN_AFTER_S
            )
