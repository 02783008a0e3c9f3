"""Rows that move, as they are painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from tests.ui.hands import shown, wait_rows
from tests.ui.stage import Stage


class Painted(QObject):
    """Remembers what was painted anew."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QPaintEvent):
            self.parts.append(event.rect())
        return False


def test_a_moved_row_is_never_painted_beside_its_old_place(stage: Stage, qtbot: QtBot) -> None:
    """One phone in two rows, if only for a picture, is one too many to be clicked at."""
    window = shown(stage, qtbot)
    for number in range(1, 5):
        stage.ask(number)
    wait_rows(qtbot, window, 4)
    model = window.table.phone_model
    first = model.key_at(0)
    qtbot.wait(300)
    painted = Painted()
    window.table.viewport().installEventFilter(painted)
    stage.bench.deny([first])
    model._settled_at = 0.0
    model.flush()
    assert model.key_at(0) != first
    qtbot.waitUntil(lambda: bool(painted.parts), timeout=2000)
    rows = QRect(0, 0, 1, window.table.rowViewportPosition(3))
    assert painted.parts[0].contains(rows)
