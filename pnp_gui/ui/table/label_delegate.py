"""The label in the row, edited in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import MAX_LABEL, Phone, clean_label
from pnp_gui.ui.table.cell_delegate import AnyIndex, EditableDelegate
from pnp_gui.ui.table.model import PhoneRole
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.line_editor import END_KEYS, LineEditor
from pnp_gui.ui.words.phone import phone_text
from pnp_gui.ui.words.translate import translate

_EDITOR_WIDTH = 220
"""Pixels at 100 %: in a narrow column the editor extends to the right over the row."""
_ERASES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class LabelEditor(LineEditor):
    """Enter or leaving the field sets the label, Esc leaves it as it was; Up and Down set it and go
    on with the neighbour's label."""

    committed = Signal(int)
    """The label is set; -1, 0 or 1: how many rows further the next one is to be edited."""

    def __init__(self, parent: QWidget, bench: Bench, phone: Phone, keys: list[str]) -> None:
        """`keys`: the phones that get the label; `phone` is the one whose row it is in."""
        super().__init__(parent, (*END_KEYS, Qt.Key.Key_Up, Qt.Key.Key_Down))
        self._bench = bench
        self.keys = keys
        self._touched = False
        labels = {bench.phones[key].label for key in keys if key in bench.phones}
        self._before = labels.pop() if len(labels) == 1 else ""
        self._differ = bool(labels)
        self.setMaxLength(MAX_LABEL)
        self.setText(self._before)
        self.selectAll()
        if len(keys) > 1:
            self.setAccessibleName(self.tr("Label of %n phones", "", len(keys)))
            self.setPlaceholderText(self.tr("For %n phones", "", len(keys)))
        else:
            self.setAccessibleName(self.tr("Label of {phone}").format(phone=phone_text(phone)))
            self.setPlaceholderText(self.tr("Extension, room"))
        self.setAccessibleDescription(self.tr("Enter sets it, Escape leaves it as it was."))
        self.textEdited.connect(self._touch)
        self.finished.connect(self.commit)

    @property
    def label(self) -> str:
        """The label as it would be stored."""
        return clean_label(self.text())

    @property
    def changes(self) -> bool:
        """Whether `commit` would change a phone. Different labels stay until something is typed."""
        return self._touched and (self._differ or self.label != self._before)

    def commit(self, step: int = 0) -> None:
        """Give the label to the phones."""
        if self._done:
            return
        self._done = True
        if self.changes:
            self._bench.set_label(self.keys, self.label)
        self.committed.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.commit(-1)
            case Qt.Key.Key_Down:
                self.commit(1)
            case _:
                # Erasing in an empty field clears different labels.
                self._touched |= event.key() in _ERASES
                super().keyPressEvent(event)

    def _touch(self) -> None:
        self._touched = True


class LabelDelegate(EditableDelegate):
    """Creates the editor; the label is painted like any other text."""

    labelled = Signal(str)
    """A sentence about the label that was set."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        phone = index.data(PhoneRole)
        editor = LabelEditor(parent, self.model.bench, phone, self.keys_for(phone))
        editor.committed.connect(lambda step: self._committed(editor, phone, step))
        editor.cancelled.connect(lambda: self.close(editor))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        cell = option.rect
        room = self.view.viewport().width() - cell.left()
        width = min(max(cell.width(), theme.spacing(_EDITOR_WIDTH)), room)
        editor.setGeometry(cell.left(), cell.top(), width, cell.height() - 1)

    def _committed(self, editor: LabelEditor, phone: Phone, step: int) -> None:
        changed = editor.changes
        self.close(editor)
        if changed:
            self.labelled.emit(_sentence(phone, len(editor.keys), editor.label))
        if step:
            self.next_wanted.emit(step)


def _sentence(phone: Phone, number: int, label: str) -> str:
    if number > 1:
        text = translate("LabelDelegate", "%n phones have the label “{label}” now.", number)
        if not label:
            text = translate("LabelDelegate", "%n phones no longer have a label.", number)
    else:
        text = translate("LabelDelegate", "{phone} has the label “{label}” now.")
        if not label:
            text = translate("LabelDelegate", "{phone} no longer has a label.")
    return text.format(phone=phone_text(phone), label=label)
