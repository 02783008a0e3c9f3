"""Phones in the table, and where on it a hand or an eye finds what it looks for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.decision_delegate import toggle_rect
from pnp_gui.ui.table.header import PhoneHeader
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, mac

LEFT = Qt.MouseButton.LeftButton
KEYS = [mac(number) for number in range(6)]


def fill(at: Set, table: PhoneTable, number: int = 6) -> None:
    """Phones in the table, sorted by MAC."""
    at.heard(*(mac(i) for i in range(number)))
    table.phone_model.flush()
    table.sortByColumn(Column.PHONE, Qt.SortOrder.AscendingOrder)


def header_of(table: PhoneTable) -> PhoneHeader:
    header = table.horizontalHeader()
    assert isinstance(header, PhoneHeader)
    return header


def spot(table: PhoneTable, key: str, half: Decision) -> QPoint:
    """The middle of a half of a phone's toggle."""
    index = table.phone_model.index(table.phone_model.row_of(key), Column.DECISION)
    toggle = toggle_rect(table.visualRect(index))
    quarter = toggle.width() // 4
    x = toggle.left() + quarter if half is Decision.APPROVED else toggle.right() - quarter
    return QPoint(x, toggle.center().y())


def cell(table: PhoneTable, key: str, column: Column) -> QPoint:
    index = table.phone_model.index(table.phone_model.row_of(key), column)
    return table.visualRect(index).center()


def tip(table: PhoneTable, where: QPoint) -> str:
    """What stands in the tip there; empty where there is none."""
    viewport = table.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, where, viewport.mapToGlobal(where))
    QApplication.sendEvent(viewport, event)
    return QToolTip.text() if QToolTip.isVisible() else ""
