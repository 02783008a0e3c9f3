"""What the fields for a line of text have in common: Esc cancels, leaving the field commits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

END_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


def claims(event: QEvent, keys: Collection[Qt.Key] = END_KEYS) -> bool:
    """Claim these keys for the field: True, and the event is accepted, where Qt asks whether one of
    them is for the field rather than a shortcut of the window."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in keys:
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
    """An editor in a row: Enter, or the focus that moves to another widget, stores its text."""

    closed = Signal(int)
    """It is done; how many rows further down the next one is to be edited, 0: none."""

    def __init__(self, parent: QWidget, keys: Collection[Qt.Key] = END_KEYS) -> None:
        """`keys`: claimed from the window's shortcuts."""
        super().__init__(parent)
        self._keys_claimed = keys
        self._done = False
        self.setAcceptDrops(False)  # a file that falls here is a sheet, as elsewhere in the window

    @abstractmethod
    def store(self) -> bool:
        """Give the text to the bench. False: it cannot be, and the editor stays open."""

    def commit(self, step: int = 0) -> None:
        if not self._done and self.store():
            self._close(step)

    def _close(self, step: int = 0) -> None:
        if not self._done:
            self._done = True
            self.closed.emit(step)

    def event(self, event: QEvent) -> bool:
        return claims(event, self._keys_claimed) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.commit()
            case Qt.Key.Key_Escape:
                self._close()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves_field(event):
            self.commit()
