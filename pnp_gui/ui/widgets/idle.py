"""Actions that can do nothing now: their buttons and entries of menus are grey, and their keys say
why."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

IDLE = "idle"
"""The property of an action that can do nothing now."""


def set_idle(action: QAction, idle: bool) -> None:
    if idle != bool(action.property(IDLE)):
        action.setProperty(IDLE, idle)
        action.changed.emit()


def grey_idle(menu: QMenu) -> None:
    """Only while the menu is open: a disabled action would have no key, which says why."""
    greyed: list[QAction] = []

    def grey() -> None:
        greyed[:] = [one for one in menu.actions() if one.property(IDLE) and one.isEnabled()]
        for action in greyed:
            action.setEnabled(False)

    def restore() -> None:
        for action in greyed:
            action.setEnabled(True)
        greyed.clear()

    menu.aboutToShow.connect(grey)
    menu.aboutToHide.connect(restore)
