"""The label in the row, edited in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import AnyIndex
from pnp_gui.ui.table.field_delegate import FieldDelegate
from pnp_gui.ui.table.label_editor import LabelEditor
from pnp_gui.ui.table.model import PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate

_EDITOR_WIDTH = 220
"""Pixels at 100 %: the field grows to the right over the row where the column is narrow."""


class LabelDelegate(FieldDelegate):
    """Opens the field for the label; it is painted as any other text."""

    said = Signal(str)
    """A sentence about what was done."""
    next_wanted = Signal(int)
    """The label of the row so many rows further is to be edited now."""
    closed = Signal()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        phone = index.data(PhoneRole)
        editor = LabelEditor(parent, self.model.bench, phone, self.keys_for(phone))
        editor.taken.connect(lambda step: self._taken(editor, phone, step))
        editor.given_up.connect(lambda: self._close(editor))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        cell = option.rect
        room = self.view.viewport().width() - cell.left()
        width = min(max(cell.width(), theme.spacing(_EDITOR_WIDTH)), room)
        editor.setGeometry(cell.left(), cell.top(), width, cell.height() - 1)

    def _taken(self, editor: LabelEditor, phone: Phone, step: int) -> None:
        changed = editor.changes
        self._close(editor)
        if changed:
            self.said.emit(_sentence(phone, len(editor.keys), editor.label))
        if step:
            self.next_wanted.emit(step)

    def _close(self, editor: LabelEditor) -> None:
        self.closeEditor.emit(editor)
        self.closed.emit()


def _sentence(phone: Phone, number: int, label: str) -> str:
    if number > 1:
        text = translate("LabelDelegate", "%n phones have the label “{label}” now.", number)
        if not label:
            text = translate("LabelDelegate", "%n phones have no label any more.", number)
    else:
        text = translate("LabelDelegate", "{phone} has the label “{label}” now.")
        if not label:
            text = translate("LabelDelegate", "{phone} has no label any more.")
    return text.format(phone=phone_text(phone), label=label)
