"""Opens the editors in the table's rows, for one phone or for all selected ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView

from pnp_gui.ui.table.cell_delegate import EditableDelegate
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.header import PhoneHeader
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.widgets.line_editor import LineEditor

HOLD_EDITED_S = 2.0
"""Seconds for which rows keep still after an editor closed."""


class RowEditing:
    """One editor at a time, in any column that has one."""

    def __init__(
        self,
        table: QTableView,
        model: PhoneModel,
        header: PhoneHeader,
        delegates: Mapping[Column, EditableDelegate],
        selected_keys: Callable[[], list[str]],
    ) -> None:
        self._table = table
        self._model = model
        self._header = header
        self._delegates = delegates
        self._selected_keys = selected_keys
        model.edited_key = self._edited_key
        for column, delegate in delegates.items():
            delegate.closed.connect(partial(self._closed, column))

    def editor(self) -> LineEditor | None:
        """The one that is open, in the current row. Not by the view's state, which is "no editing"
        as soon as any row is removed."""
        editor = self._table.indexWidget(self._table.currentIndex())
        return editor if isinstance(editor, LineEditor) else None

    def is_editing(self) -> bool:
        return self.editor() is not None

    def _edited_key(self) -> str:
        return self._model.key_at(self._table.currentIndex().row()) if self.is_editing() else ""

    def edit(self, column: Column) -> None:
        """Open the editor in the current row, or in the first selected one where the current row is
        not selected; a hidden column shows while its editor is open."""
        table, model, keys = self._table, self._model, self._selected_keys()
        if self.is_editing() or not keys:
            return
        row = table.currentIndex().row()
        if row < 0 or model.key_at(row) not in keys:
            row = model.row_of(keys[0])
        self._header.reveal(column)
        self._delegates[column].keys_to_edit = keys
        cell = model.index(row, column)
        table.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.NoUpdate)
        table.scrollTo(cell)
        table.edit(cell)
        if not self.is_editing():
            self._header.reveal(None)

    def _closed(self, column: Column, step: int) -> None:
        """One phone after the other; after several phones at once there is no next."""
        self._header.reveal(None)
        self._model.hold(HOLD_EDITED_S)
        if not step:
            return
        table = self._table
        row = table.currentIndex().row() + step
        if len(self._selected_keys()) > 1 or not 0 <= row < self._model.rowCount():
            return
        choose = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, column)
        table.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self.edit(column)
