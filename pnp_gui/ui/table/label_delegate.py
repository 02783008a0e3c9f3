"""The label in the row, edited in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.row_text import MAX_LABEL, clean_label
from pnp_gui.ui.table.cell_delegate import EditableDelegate, Option, RowEditor
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.line_editor import END_KEYS
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate

_EDITOR_WIDTH = 220
"""Pixels at 100 %: in a narrow column the editor extends to the right over the row."""


class LabelEditor(RowEditor):
    """Up and Down set the label and go on with the neighbour's."""

    def __init__(self, parent: QWidget, model: PhoneModel, phone: Phone, keys: list[str]) -> None:
        super().__init__(parent, model, phone, keys, (*END_KEYS, Qt.Key.Key_Up, Qt.Key.Key_Down))
        phones = model.bench.phones
        self.setMaxLength(MAX_LABEL)
        self.show_present([phones[key].label for key in keys if key in phones])
        if len(keys) > 1:
            self.setAccessibleName(self.tr("Label of %n phones", "", len(keys)))
            self.setPlaceholderText(self.tr("For %n phones", "", len(keys)))
        else:
            self.setAccessibleName(self.tr("Label of {phone}").format(phone=phone_text(phone)))
            self.setPlaceholderText(self.tr("Extension, room"))
        self.setAccessibleDescription(self.tr("Enter saves it, Esc cancels."))

    def store(self) -> bool:
        label = clean_label(self.text())
        if self.is_changed(label):
            self._bench.set_label(self._keys, label)
            self.said.emit(_sentence(self._phone, len(self._keys), label))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.commit(-1)
            case Qt.Key.Key_Down:
                self.commit(1)
            case _:
                super().keyPressEvent(event)


class LabelDelegate(EditableDelegate):
    """Creates the editor; the label is painted like any other text."""

    def make_editor(self, parent: QWidget, phone: Phone, keys: list[str]) -> RowEditor:
        return LabelEditor(parent, self.model, phone, keys)

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: AnyIndex) -> None:
        cell = option.rect
        room = self.view.viewport().width() - cell.left()
        width = min(max(cell.width(), theme.spacing(_EDITOR_WIDTH)), room)
        editor.setGeometry(cell.left(), cell.top(), width, cell.height() - 1)


def _sentence(phone: Phone, number: int, label: str) -> str:
    if number > 1:
        text = translate("LabelDelegate", "%n phones now have the label “{label}”.", number)
        if not label:
            text = translate("LabelDelegate", "%n phones no longer have a label.", number)
    else:
        text = translate("LabelDelegate", "{phone} now has the label “{label}”.")
        if not label:
            text = translate("LabelDelegate", "{phone} no longer has a label.")
    return text.format(phone=phone_text(phone), label=label)
