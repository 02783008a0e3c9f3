"""What the table says of itself: to a screen reader, and to everybody while it shows no phone."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTableView

from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.words.plain import shortened


class TableDescription(QObject):
    """The table's accessible name and description, and the text in its place."""

    def __init__(self, table: QTableView, model: PhoneModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._empty = ("", "")
        for signal in (model.rowsInserted, model.rowsRemoved):
            signal.connect(self.refresh)
        model.phones_changed.connect(self._check)

    def set_empty_text(self, title: str, detail: str) -> None:
        """What it says while there is no phone at all."""
        self._empty = (title, detail)
        self.refresh()

    def _check(self) -> None:
        """Phones may have come or gone that a filter hides."""
        if not self._model.rowCount():
            self.refresh()

    def refresh(self) -> None:
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
            self._table.viewport().update()
        self._table.setAccessibleName(text)
        self._table.setAccessibleDescription(more)

    def empty_text(self) -> tuple[str, str]:
        """Title and detail while it shows no phone."""
        known = len(self._model.bench.phones)
        if not known:
            return self._empty
        text, detail = self._model.filter.text, self.tr("Esc shows all {n} again.")
        if not text:
            title = self.tr("No phone has this status now")
        elif self._model.filter.only is not None:
            title = self.tr("No phone with this status matches “{text}”")
        else:
            title = self.tr("No phone matches “{text}”")
            detail = self.tr("Clear the find field (Esc) to see all {n} again.")
        return title.format(text=shortened(text)), detail.format(n=known)
