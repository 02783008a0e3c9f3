"""What the editors in a row have in common: Esc cancels, leaving the field commits."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

END_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


def claims(event: QEvent, keys: Collection[Qt.Key] = END_KEYS) -> bool:
    """Claim these keys for the field: True, and the event is accepted, where Qt asks whether one of
    them is for the field rather than a shortcut of the window."""
    if (
        event.type() != QEvent.Type.ShortcutOverride
        or not isinstance(event, QKeyEvent)
        or event.key() not in keys
    ):
        return False
    event.accept()
    return True


def leaves_field(event: QFocusEvent) -> bool:
    """Whether the focus moves to another widget, not to a popup or another program."""
    return event.reason() not in (
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
    )


class LineEditor(QLineEdit):
    """A line of text whose subclass commits it on `finished`."""

    finished = Signal()
    """Enter, or the focus moves to another widget: commit the text."""
    cancelled = Signal()
    """It closes without a change."""

    def __init__(self, parent: QWidget, keys: Collection[Qt.Key] = END_KEYS) -> None:
        """`keys`: claimed from the window's shortcuts."""
        super().__init__(parent)
        self._keys_claimed = keys
        self._done = False

    def cancel(self) -> None:
        """Close without a change."""
        if not self._done:
            self._done = True
            self.cancelled.emit()

    def event(self, event: QEvent) -> bool:
        return claims(event, self._keys_claimed) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finished.emit()
            case Qt.Key.Key_Escape:
                self.cancel()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves_field(event):
            self.finished.emit()
