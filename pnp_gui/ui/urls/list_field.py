"""A field with a list of texts to choose from; anything else can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFont, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget


class ListField(QComboBox):
    """The list changes only by `set_items`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(20)
        line = self.lineEdit()
        assert line is not None
        self.line = line

    def set_items(self, texts: Sequence[str], headings: Sequence[int] = ()) -> None:
        """List these, except while the list is open. The text in the field stays. `headings`: the
        rows that cannot be chosen."""
        if texts == [self.itemText(i) for i in range(self.count())] or self.view().isVisible():
            return
        text = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItems(texts)
            model = self.model()
            assert isinstance(model, QStandardItemModel)
            bold = QFont(self.font())
            bold.setBold(True)
            for row in headings:
                model.item(row).setEnabled(False)
                model.item(row).setFont(bold)
            self.setCurrentIndex(-1)
            self.setEditText(text)
