"""A bar code scanner: a keyboard that types whole lines without a pause, by a clock of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, Keyboard, focused, press
from tests.ui.stage import Stage

Key = Qt.Key


class Ears:
    """Remembers the sounds; test_sounds.py has the real ones."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def good(self) -> None:
        self.heard.append("good")

    def bad(self) -> None:
        self.heard.append("bad")

    def stop(self) -> None:
        pass


def key(
    widget: QWidget, code: int, text: str = "", modifier: Qt.KeyboardModifier | None = None
) -> None:
    """One key, the shortcuts asked first, as the system delivers it."""
    held = modifier or Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, held, text)
        event.ignore()
        QApplication.sendEvent(widget, event)


def scan(text: str, end: Qt.Key | str = Key.Key_Return) -> None:
    """A whole line, wherever the keyboard is."""
    Keyboard.ms += 1000
    for letter in text:
        Keyboard.ms += 1
        QTest.keyClicks(focused(), letter)
    if end == "\n":
        key(focused(), 0x0A, "\n")
    elif end == "ctrl+j":
        key(focused(), Key.Key_J, "\n", CTRL)
    elif isinstance(end, Qt.Key):
        QTest.keyClick(focused(), end)
    Keyboard.ms += 1000


def approved(stage: Stage) -> set[str]:
    return {k for k, p in stage.bench.phones.items() if p.decision is Decision.APPROVED}


def switch_on(window: MainWindow) -> None:
    press(Key.Key_B, CTRL)
    assert window.actions_.scan_approves.isChecked()
    assert focused() is window.action_bar.find_field
