"""Selection and scroll position of the table stay with their phones while rows move."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QTableView

from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.sort_keys import runs
from pnp_gui.ui.widgets.plain_table import selected_rows

_MANY = 16
"""Selected rows above which the selection is taken off and restored by phone, unless all are
selected: Qt moves it cell by cell, 1.3 s for 5,000 scattered rows of 10,000 instead of 40 ms."""


class KeptSelection(QObject):
    """Follows the model's reorderings for one table."""

    selection_changed = Signal(list)
    """Keys of the selected phones, in the order of the rows."""

    def __init__(self, table: QTableView, model: PhoneModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._emitted: list[str] = []
        self._saved: list[str] | None = None
        self._top: tuple[str, int] | None = None
        self._before: list[str] = []
        model.about_to_reorder.connect(self._save)
        model.reordered.connect(self._restore)
        model.about_to_rename.connect(self._remember)
        model.renamed.connect(self._follow)
        model.rowsRemoved.connect(self._emit_if_changed)
        table.selectionModel().selectionChanged.connect(self._emit_if_changed)

    def selected_keys(self) -> list[str]:
        """Keys of the selected phones, in the order of the rows; none that a search hides."""
        self._model.finish_search()
        return self._selected()

    def _selected(self) -> list[str]:
        return self._model.keys_of(selected_rows(self._table))

    def select(self, keys: Iterable[str]) -> None:
        """Select these phones, as far as they are visible, and scroll to them."""
        self._model.finish_search()
        choose = QItemSelectionModel.SelectionFlag
        selection = self._rows_of(keys)
        if selection.count():
            first = self._model.index(selection.at(0).top(), 0)
            self._table.selectionModel().setCurrentIndex(first, choose.NoUpdate)
            # By way of the last: as many as possible are in view below the first.
            last = selection.at(selection.count() - 1).bottom()
            self._table.scrollTo(self._model.index(last, 0))
            self._table.scrollTo(first)
        self._table.selectionModel().select(selection, choose.ClearAndSelect)

    def _rows_of(self, keys: Iterable[str]) -> QItemSelection:
        selection = QItemSelection()
        last_column = self._model.columnCount() - 1
        rows = sorted(row for key in keys if (row := self._model.row_of(key)) >= 0)
        for first, last in runs(rows):
            selection.select(self._model.index(first, 0), self._model.index(last, last_column))
        return selection

    def _remember(self) -> None:
        self._before = self._selected()

    def _follow(self, renamed: dict[str, str]) -> None:
        """A phone that has another key stays selected."""
        keys = {renamed.get(key, key) for key in self._before}
        if renamed.keys() & {*self._before} and keys != {*self._selected()}:
            self.select(keys)
        self._emit_if_changed()

    def _save(self) -> None:
        table = self._table
        keys = self._selected()
        if _MANY < len(keys) < self._model.rowCount():
            self._saved = keys
            with QSignalBlocker(table.selectionModel()):
                table.selectionModel().clearSelection()
        self._top = None
        row = table.rowAt(0)
        # At the very top new phones may push in; further down the rows in view stay where they are.
        if row >= 0 and table.verticalScrollBar().value() > 0:
            self._top = (self._model.key_at(row), table.rowViewportPosition(row))

    def _restore(self) -> None:
        table = self._table
        # Else changed rows are painted before the view knows that all have moved, and for a moment
        # one phone is in two rows.
        table.executeDelayedItemsLayout()
        if self._saved is not None:
            chosen, flags = table.selectionModel(), QItemSelectionModel.SelectionFlag
            with QSignalBlocker(chosen):
                chosen.select(self._rows_of(self._saved), flags.ClearAndSelect)
            self._saved = None
        # At least the order of the keys is another one.
        self._emit_if_changed()
        if self._top is None:
            return
        key, offset = self._top
        row = self._model.row_of(key)
        if row >= 0:
            bar = table.verticalScrollBar()
            table.updateGeometries()
            bar.setValue(bar.value() + table.rowViewportPosition(row) - offset)

    def _emit_if_changed(self) -> None:
        if self._saved is not None:
            return
        keys = self._selected()
        if keys != self._emitted:
            self._emitted = keys
            self.selection_changed.emit(keys)
