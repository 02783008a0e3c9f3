"""What the Tab key goes through in the window."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pnp_gui.ui.main_window.window import MainWindow


def order_tabs(window: MainWindow) -> None:
    """From the top to the bottom, the problem lines before the table."""
    stops: list[QWidget] = [
        window.listen_bar.state,
        window.listen_bar.toggle,
        window.listen_bar.url,
        window.listen_bar.rules,
        window.listen_bar.sheet,
        window.action_bar.approve,
        window.action_bar.deny,
        window.action_bar.undecide,
        window.action_bar.send_again,
        window.action_bar.approve_all,
        window.action_bar.scan_switch,
        window.action_bar.find_field,
        window.band.button,
        *window.problem_bar.tab_stops(),
        window.table,
        *window.pane.tab_stops(),
        *window.log.tab_stops(),
        window.status.pane,
        window.status.log,
    ]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)
