"""The rules' window open over the main one, some rules for it, and what its table shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.urls.rules import UrlRule, checked_rule
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.urls.rules_dialog import RulesDialog
from pnp_gui.ui.urls.rules_model import RuleColumn
from tests.ui.hands import press
from tests.ui.stage import Stage

YEALINK, T5, GS = (
    checked_rule("Yealink", "", "http://h/y/"),
    checked_rule("Yealink", "T5*", "http://h/t5/"),
    checked_rule("Grandstream", "", "http://h/gs/"),
)


def opened(window: MainWindow, qtbot: QtBot) -> RulesDialog:
    press(Qt.Key.Key_F7)
    dialog = window.rules.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog, timeout=2000)
    return dialog


def rules(stage: Stage) -> list[UrlRule]:
    return list(stage.bench.urls.rules)


def texts(dialog: RulesDialog, column: RuleColumn) -> list[str]:
    model = dialog.model
    return [str(model.index(row, column).data() or "") for row in range(model.rowCount())]
