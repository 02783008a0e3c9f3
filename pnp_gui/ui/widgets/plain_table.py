"""Tables of whole rows, and the one in a dialog."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import paint_row_focus

_Index = QModelIndex | QPersistentModelIndex


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


def selected_rows(table: QTableView) -> list[int]:
    """The selected rows, in order. By their ranges: Qt's own list has every cell, 1.6 million in a
    long history."""
    rows: set[int] = set()
    selection = table.selectionModel().selection()
    for place in range(selection.count()):
        part = selection.at(place)
        rows.update(range(part.top(), part.bottom() + 1))
    return sorted(rows)


class PlainTable(QTableView):
    """One row can be selected."""

    def __init__(
        self, name: str, model: QAbstractItemModel, row_height: int, parent: QWidget | None
    ) -> None:
        """See `dress_table`."""
        super().__init__(parent)
        self.setModel(model)
        dress_table(self, name, row_height)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The focus frame surrounds the whole row; the style's own, around a cell, is too faint."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row >= 0 and self.hasFocus():
            top, width = self.rowViewportPosition(row), self.viewport().width()
            frame = QRect(0, top, width, self.rowHeight(row))
            paint_row_focus(QPainter(self.viewport()), frame)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last line, not to a column."""
        if action in (self.CursorAction.MoveHome, self.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Repaint whole rows; Qt would repaint the cells alone."""
        super().currentChanged(current, previous)
        self.viewport().update()
