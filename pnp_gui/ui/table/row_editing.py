"""Opens the fields for URL and label in the table's rows, for one phone or all selected ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QTableView

from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.header import PhoneHeader
from pnp_gui.ui.table.label_delegate import LabelDelegate
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.url_delegate import UrlDelegate

HOLD_EDITING_S = 2.0
"""Seconds for which rows keep still, renewed every second while a URL or label is being typed."""


class RowEditing:
    """F2 and F3."""

    def __init__(
        self,
        table: QTableView,
        model: PhoneModel,
        header: PhoneHeader,
        url: UrlDelegate,
        label: LabelDelegate,
        selected_keys: Callable[[], list[str]],
    ) -> None:
        self._table = table
        self._model = model
        self._header = header
        self._url = url
        self._label = label
        self._selected_keys = selected_keys
        label.next_wanted.connect(self._edit_next_label)
        label.closed.connect(lambda: header.reveal(None))

    def is_editing(self) -> bool:
        """Whether a field is open."""
        return self._table.state() == QAbstractItemView.State.EditingState

    def edit_url(self) -> None:
        """Open the URL of the current row."""
        self._edit(Column.URL, self._url)

    def edit_label(self) -> None:
        """Open the label of the current row."""
        if not self.is_editing():
            self._header.reveal(Column.LABEL)
            self._edit(Column.LABEL, self._label)
        if not self.is_editing():
            self._header.reveal(None)

    def _edit(self, column: Column, delegate: UrlDelegate | LabelDelegate) -> None:
        table, model = self._table, self._model
        index = table.currentIndex()
        keys = self._selected_keys()
        if not index.isValid() and keys:
            index = model.index(model.row_of(keys[0]), 0)
        if not index.isValid() or self.is_editing():
            return
        delegate.keys_to_edit = keys
        model.hold(HOLD_EDITING_S)
        cell = model.index(index.row(), column)
        table.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.NoUpdate)
        table.scrollTo(cell)
        table.edit(cell)

    def _edit_next_label(self, step: int) -> None:
        """One phone after the other: where several got one label together, there is no next."""
        table = self._table
        row = table.currentIndex().row() + step
        if len(self._selected_keys()) > 1 or not 0 <= row < self._model.rowCount():
            return
        choose = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, Column.LABEL)
        table.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self.edit_label()
