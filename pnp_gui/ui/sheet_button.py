"""The button that holds everything about sheets: import, paste, export."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from pnp_gui.ui import icons
from pnp_gui.ui.actions import Actions


class SheetButton(QToolButton):
    """Opens a menu of the actions."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(self.tr("Sheet"))
        self.setIcon(icons.icon("sheet"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Sheet"))
        self.setToolTip(self.tr("Read phones from a CSV file or the clipboard, or write them."))
        self.setAccessibleDescription(self.toolTip())
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(actions.for_sheets[:2])
        menu.addSeparator()
        menu.addActions(actions.for_sheets[2:])
        self.setMenu(menu)
