"""Tables of whole rows, and the one in a dialog."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import paint_row_focus

_Index = QModelIndex | QPersistentModelIndex


def dress_table(table: QTableView, name: str, row_height: int) -> None:
    """Rows without grid, numbers and editors, of a table that has its model. `name` for a screen
    reader; `row_height` in pixels at 100 %."""
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
    # With the table's own one, Qt looks at every cell of a column to paint its heading: 1.8 s when
    # all of 200,000 rows are selected.
    columns.setSelectionModel(QItemSelectionModel(table.model(), columns))
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def selected_rows(table: QTableView) -> list[int]:
    """The selected rows, in order. By their ranges: Qt's own list has every cell, 1.6 million in a
    long history."""
    selection = table.selectionModel().selection()
    parts = map(selection.at, range(selection.count()))
    rows: list[int] = []
    end = 0
    for first, after in sorted((part.top(), part.bottom() + 1) for part in parts):
        rows += range(max(first, end), after)  # parts may overlap
        end = max(end, after)
    return rows


class RowTable(QTableView):
    """A table of very many rows."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """For a screen reader, Qt lists every cell that was selected, and tells it the first one:
        0.5 s for 20,000 rows."""
        if QAccessible.isActive():
            selected, deselected = _first_cell(selected), _first_cell(deselected)
            self.viewport().update()
        super().selectionChanged(selected, deselected)


def _first_cell(selection: QItemSelection) -> QItemSelection:
    if selection.isEmpty() or not (part := selection.at(0)).isValid():
        return QItemSelection()
    cell = part.model().index(part.top(), part.left())
    return QItemSelection(cell, cell)


class PlainTable(RowTable):
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
