"""Phones that were served, and the history window that shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.history.window import HistoryWindow
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, press
from tests.ui.stage import Stage

Key = Qt.Key


def serve(stage: Stage, window: MainWindow, qtbot: QtBot, *numbers: int) -> list[str]:
    """These phones ask, are approved, and accept."""
    keys = [stage.ask(number) for number in numbers]
    stage.bench.approve(keys)
    for one in stage.air.take():
        if one.data.startswith(b"NOTIFY"):
            stage.answer(one)
    qtbot.waitUntil(lambda: window.table.visible_count() == len(stage.bench.phones), timeout=2000)
    return keys


def back(window: MainWindow, qtbot: QtBot) -> None:
    """The keyboard is in the table again."""
    window.activateWindow()
    window.table.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.table, timeout=2000)


def history(stage: Stage, window: MainWindow, qtbot: QtBot) -> HistoryWindow:
    back(window, qtbot)
    press(Key.Key_R, CTRL)
    made = window.exports.history
    assert made is not None
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.view, timeout=2000)
    return made
