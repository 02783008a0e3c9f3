"""A scanner that types while the preview of a sheet is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import press
from tests.ui.scanner import Ears, scan
from tests.ui.sheet.test_sheet import preview_of
from tests.ui.stage import Stage


def test_the_enter_of_a_scanned_code_does_not_apply_the_sheet(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears
) -> None:
    window.sheet_controller.take_text("mac,decision\n000413000001,approved\n")
    dialog = preview_of(window, qtbot)
    scan("000413A2105F")
    assert stage.bench.phones == {}
    assert dialog.isVisible()
    press(Qt.Key.Key_Return)
    assert list(stage.bench.phones) == ["000413000001"]
