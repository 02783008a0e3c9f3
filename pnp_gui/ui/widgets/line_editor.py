"""What the fields in a row have in common: Esc leaves all as it was, leaving takes it over."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


def keeps(event: QEvent, keys: Collection[Qt.Key] = ENDS) -> bool:
    """Whether it asks if one of these keys is for the field rather than the window's shortcut: it
    is, and the event is accepted."""
    if (
        event.type() != QEvent.Type.ShortcutOverride
        or not isinstance(event, QKeyEvent)
        or event.key() not in keys
    ):
        return False
    event.accept()
    return True


def goes_elsewhere(event: QFocusEvent) -> bool:
    """Whether the keyboard goes to another part of the window, not to a popup or program."""
    return event.reason() not in (
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
    )


class LineEditor(QLineEdit):
    """A line of text that tells how it ends."""

    finished = Signal()
    """Enter, or the keyboard goes elsewhere in the window: the text is to be taken over."""
    given_up = Signal()
    """It closes without a change."""

    def __init__(self, parent: QWidget, ends: Collection[Qt.Key] = ENDS) -> None:
        """`ends`: keys that are kept from the window's shortcuts."""
        super().__init__(parent)
        self._ends = ends
        self._done = False

    def give_up(self) -> None:
        """Close without a change."""
        if not self._done:
            self._done = True
            self.given_up.emit()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that end it from the window's shortcuts."""
        return keeps(event, self._ends) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finished.emit()
            case Qt.Key.Key_Escape:
                self.give_up()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere in the window takes the text over; another program's does not."""
        super().focusOutEvent(event)
        if goes_elsewhere(event):
            self.finished.emit()
