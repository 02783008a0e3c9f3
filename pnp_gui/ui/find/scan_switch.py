"""The switch beside the find field: does a scanned code approve its phone?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QWidget

from pnp_gui.ui.theme import theme


class ScanSwitch(QCheckBox):
    """Shows the action, which its key and the menu switch as well."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.iconText(), parent)
        # A click must not take the keyboard from the field that is scanned into.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key = action.shortcut().toString()
        self.setToolTip(f"{action.toolTip()} ({key})")
        self.setAccessibleName(action.iconText())
        self.setAccessibleDescription(action.toolTip())
        self.setChecked(action.isChecked())
        action.toggled.connect(self.setChecked)
        self.toggled.connect(action.setChecked)
        self.toggled.connect(lambda on: theme.set_tone(self, "good" if on else ""))
