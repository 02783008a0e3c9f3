"""A dialog over the main window, with commands that have keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from pnp_gui.ui.theme import theme


class CommandDialog(QDialog):
    """Never larger than the window below it. Its subclass adds the buttons."""

    def __init__(self, title: str, wanted: tuple[int, int], parent: QWidget) -> None:
        """`wanted`: its size in pixels at 100 %."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._wanted = QSize(*map(theme.spacing, wanted)).boundedTo(parent.size() * 0.95)

    def sizeHint(self) -> QSize:
        return self._wanted

    def add_command(
        self,
        text: str,
        tip: str,
        do: Callable[[], object],
        key: str,
        *others: str,
        icon: QIcon | None = None,
    ) -> QAction:
        """A button shows `key`; `others` do the same."""
        action = QAction(icon or QIcon(), text, self, toolTip=tip, autoRepeat=False)
        action.setShortcut(QKeySequence(key))
        for other in others:
            QShortcut(QKeySequence(other), self, action.trigger)
        action.triggered.connect(do)
        self.addAction(action)
        return action
