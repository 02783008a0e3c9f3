"""The window before a technician: his keys, wherever the focus is, and the rows he waits for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.find.scanner_keys import ScannerKeys
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.stage import Stage

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(stage: Stage, qtbot: QtBot, size: tuple[int, int] | None = None) -> MainWindow:
    """The window on that stage, with the keyboard in its table."""
    window = stage.window()
    qtbot.addWidget(window, before_close_func=lambda _: window.finish())
    if size is not None:
        window.resize(*size)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.table, timeout=2000)
    return window


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Keyboard:
    """The keyboard's clock, where a test sets it: the machine may be slower than any scanner."""

    ms = 0


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the focus is. A letter's command is carried out when it returns."""
    window = focused().window()
    Keyboard.ms += 1000
    QTest.keyClick(focused(), key, modifier)
    for keys in window.findChildren(ScannerKeys):
        for _ in range(200):
            if keys._held is None:
                break
            QTest.qWait(10)


def write(text: str) -> None:
    """Into the field with the keyboard, in the place of what is there."""
    press(Qt.Key.Key_A, CTRL)
    QTest.keyClicks(focused(), text)


def wait_rows(qtbot: QtBot, window: MainWindow, rows: int) -> None:
    qtbot.waitUntil(lambda: window.table.visible_count() == rows, timeout=2000)


def find_mac(stage: Stage, window: MainWindow, qtbot: QtBot, key: str, mac: str) -> None:
    """The network knows the phone, which sends no MAC, by this one."""
    known = {("Ethernet", key.removeprefix("ip:")): mac}
    stage.bench.attach_neighbours(lambda: known)

    def is_found() -> bool:
        stage.bench.tick()
        return window.table.phone_model.row_of(mac) >= 0

    qtbot.waitUntil(is_found, timeout=5000)


def decisions(stage: Stage) -> list[Decision]:
    return [stage.bench.phones[key].decision for key in sorted(stage.bench.phones)]
