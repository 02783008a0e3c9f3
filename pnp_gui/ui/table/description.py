"""What the table says of itself: to a screen reader, and to everybody while it shows no phone."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTableView

from pnp_gui.ui.table.model import PhoneModel


class TableDescription(QObject):
    """The table's accessible name and description, and the text in its place."""

    def __init__(self, table: QTableView, model: PhoneModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._empty = ("", "")

    def set_empty_text(self, title: str, detail: str) -> None:
        """What it says while there is no phone at all."""
        self._empty = (title, detail)
        self.show()
        if not self._model.rowCount():
            self._table.viewport().update()

    def show(self) -> None:
        """How many phones there are and the keys for them, or why there is none."""
        if rows := self._model.rowCount():
            keys = (
                (QKeySequence.listToString(do.shortcuts()), do.iconText())
                for do in self._table.actions()
            )
            text = self.tr("%n phones", "", rows)
            more = "; ".join(f"{key}: {what}" for key, what in keys if key)
        else:
            text, more = self.empty_text()
        self._table.setAccessibleName(text)
        self._table.setAccessibleDescription(more)

    def empty_text(self) -> tuple[str, str]:
        """Title and detail while it shows no phone."""
        known = len(self._model.bench.phones)
        text = self._model.filter.text
        if known and text:
            title = self.tr("No phone matches “{text}”").format(text=text)
            detail = self.tr("Clear the find field to see all {n} again.").format(n=known)
        elif known:
            title = self.tr("No phone has this status now")
            detail = self.tr("Esc shows all {n} again.").format(n=known)
        else:
            return self._empty
        return title, detail
