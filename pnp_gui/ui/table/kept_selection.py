"""Selection and scroll position of the table, kept with their phones while rows move."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QTableView

from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.sort_keys import runs

_SCATTERED = 16
"""Selected runs of rows from which on the selection is carried by us.

Qt carries a selection of scattered rows through a reordering cell by cell: 1.3 s for 5,000 of
10,000 rows, measured. Taken off and put on again by phone it is 40 ms.
"""


class KeptSelection(QObject):
    """Watches the model's reorderings for one table."""

    selection_changed = Signal(list)
    """Keys of the selected phones, in the order of the rows."""

    def __init__(self, table: QTableView, model: PhoneModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._told: list[str] = []
        self._carried: list[str] | None = None
        self._top: tuple[str, int] | None = None
        model.about_to_reorder.connect(self._before)
        model.reordered.connect(self._after)
        model.rowsRemoved.connect(self._tell)
        table.selectionModel().selectionChanged.connect(self._tell)

    def selected_keys(self) -> list[str]:
        """Keys of the selected phones, in the order of the rows."""
        rows: set[int] = set()
        selection = self._table.selectionModel().selection()
        for place in range(selection.count()):
            part = selection.at(place)
            rows.update(range(part.top(), part.bottom() + 1))
        return [self._model.key_at(row) for row in sorted(rows)]

    def rows_of(self, keys: Iterable[str]) -> QItemSelection:
        """The rows of those phones that are visible."""
        selection = QItemSelection()
        rows = sorted(row for key in keys if (row := self._model.row_of(key)) >= 0)
        for first, last in runs(rows):
            selection.select(
                self._model.index(first, Column.PHONE), self._model.index(last, Column.URL)
            )
        return selection

    def _before(self) -> None:
        table = self._table
        if table.selectionModel().selection().count() > _SCATTERED:
            self._carried = self.selected_keys()
            with QSignalBlocker(table.selectionModel()):
                table.selectionModel().clearSelection()
        self._top = None
        row = table.rowAt(0)
        # At the very top new phones may push in; further down what one reads stays where it is.
        if row >= 0 and table.verticalScrollBar().value() > 0:
            self._top = (self._model.key_at(row), table.rowViewportPosition(row))

    def _after(self) -> None:
        table = self._table
        # Else the rows that changed are painted before the view knows that all have moved, and for
        # a moment one phone stands in two rows.
        table.executeDelayedItemsLayout()
        if self._carried is not None:
            selection = self.rows_of(self._carried)
            with QSignalBlocker(table.selectionModel()):
                table.selectionModel().select(
                    selection, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
            self._carried = None
        # The order of the keys is another one, if nothing else.
        self._tell()
        if self._top is None:
            return
        key, offset = self._top
        row = self._model.row_of(key)
        if row >= 0:
            bar = table.verticalScrollBar()
            table.updateGeometries()
            bar.setValue(bar.value() + table.rowViewportPosition(row) - offset)

    def _tell(self) -> None:
        if self._carried is not None:
            return
        keys = self.selected_keys()
        if keys != self._told:
            self._told = keys
            self.selection_changed.emit(keys)
