"""The button that starts and ends "approve all"; its arrow opens the choice of how long."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.key_button import KeyButton

SHORT = "short"
"""The property of the action with its words for a narrow window."""

_ARROW = 20
"""Pixels at 100 % that the stylesheet gives the arrow's part."""


class ApproveAllButton(KeyButton):
    """While it is on it stands out in red and counts down."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        self._short = False
        super().__init__(actions.approve_all, parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def set_on(self, on: bool) -> None:
        """Show whether it is on."""
        self.recolour("bad" if on else "", strong=on)
        theme.set_tone(self, "alarm" if on else "")

    def set_short(self, short: bool) -> None:
        """Use few words."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def width_for(self, *, short: bool) -> int:
        """Pixels that it takes with few or with all of its words."""
        was, self._short = self._short, short
        width = self.sizeHint().width()
        self._short = was
        return width

    def text(self) -> str:
        """The words in use; the tooltip and a screen reader have them all."""
        short = self.defaultAction().property(SHORT) if self._short else None
        return str(short) if short else super().text()

    def room_at_right(self) -> int:
        return theme.spacing(_ARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the choice."""
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)
