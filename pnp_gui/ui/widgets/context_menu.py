"""A view's actions as its context menu. Qt's own (`ActionsContextMenu`) waits in a loop of its own,
and the program aborts when it ends while that menu is open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from pnp_gui.ui.widgets.idle import grey_idle


def give_context_menu(view: QAbstractScrollArea) -> QMenu:
    """The menu; it has the actions that the view has when it opens."""
    menu = QMenu(view)
    menu.setToolTipsVisible(True)
    grey_idle(menu)

    def show(at: QPoint) -> None:
        menu.clear()
        menu.addActions(view.actions())
        menu.popup(view.viewport().mapToGlobal(at))

    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(show)
    return menu
