"""While a menu is open, letters belong to the menu and are no commands for phones.

For Qt the table's bare letters are valid in all menus of the menu bar, because one of them shows
their actions: D in the open Help menu would deny. A menu that accepts the `ShortcutOverride` gets
the letter instead, and selects the entry with that mnemonic.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from pnp_gui.ui.widgets.typing_pace import is_typed


class MenuLetters(QObject):
    """Claims letters and Del for the window's menus and its menu bar."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for kind in (QMenuBar, QMenu):
            for menu in window.findChildren(kind):
                menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks whether a key is a shortcut before it sends the key press."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QMenu):
            for action in watched.actions():
                inner = action.menu()
                if isinstance(inner, QMenu):
                    inner.installEventFilter(self)
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not is_typed(event) and not event.matches(QKeySequence.StandardKey.Delete):
            return False
        event.accept()
        return True
