"""The button that holds everything about sheets: import, paste, export."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.theme import icons, theme


class SheetButton(QToolButton):
    """Opens a menu of the actions."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        # The style leaves no gap after the icon.
        self.setText(f" {self.tr('Sheet')}")
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

    def sizeHint(self) -> QSize:
        """As high as the field beside it, where the style would add some pixels for the icon."""
        hint = super().sizeHint()
        return QSize(hint.width(), min(hint.height(), theme.spacing(18) + 2 * theme.spacing(4) + 2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
