"""A cell with a field for it, which knows when it is done and gives its text to the bench."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject
from PySide6.QtWidgets import QTableView, QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import AnyIndex, CellDelegate, Pointer
from pnp_gui.ui.table.model import PhoneModel


class FieldDelegate(CellDelegate):
    """A subclass opens the field. Qt neither fills nor reads nor closes it."""

    def __init__(self, table: QTableView, model: PhoneModel, pointer: Pointer) -> None:
        super().__init__(table, model, pointer)
        self.keys_to_edit: list[str] = []
        """The phones that the next editor is for; the table sets it."""

    def keys_for(self, phone: Phone) -> list[str]:
        """The phones that a field in this one's row is for."""
        return list(self.keys_to_edit) if phone.key in self.keys_to_edit else [phone.key]

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Nothing: the field read the phone when it opened; a change must not touch the typing."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Nothing: the field gives its text to the bench itself, which alone holds the truth."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Qt's own filter would close it on any text."""
        return False
