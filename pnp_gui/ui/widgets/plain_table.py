"""Tables of whole rows, and the one in a dialog: one row can be selected."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pnp_gui.ui.theme import theme


def dress_table(table: QTableView, name: str, row_height: int) -> None:
    """Rows without grid, numbers and editors. `name` for a screen reader; `row_height` in pixels at
    100 %."""
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(theme.spacing(row_height))
    columns = table.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def plain_table(
    name: str, model: QAbstractItemModel, row_height: int, parent: QWidget
) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    dress_table(table, name, row_height)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    return table
