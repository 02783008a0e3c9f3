"""The field in the row for a phone's label: extension, room, whatever tells the phones apart."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import MAX_LABEL, Phone, clean_label
from pnp_gui.ui.widgets.line_editor import ENDS, LineEditor
from pnp_gui.ui.words.phone import phone_text

_ERASES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class LabelEditor(LineEditor):
    """Enter or leaving the field takes the label over, Esc leaves it as it was.

    Up and Down take it over too and go on with the neighbour's label.
    """

    taken = Signal(int)
    """The label is the phones' now; how many rows further (-1, 0, 1) the next label is wanted."""

    def __init__(self, parent: QWidget, bench: Bench, phone: Phone, keys: list[str]) -> None:
        """`keys`: the phones that get the label; `phone` is the one whose row it is in."""
        super().__init__(parent, (*ENDS, Qt.Key.Key_Up, Qt.Key.Key_Down))
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
        self.setAccessibleDescription(self.tr("Enter takes it, Escape leaves it as it was."))
        self.textEdited.connect(self._touch)
        self.finished.connect(self.take)

    @property
    def label(self) -> str:
        """The label as it is kept."""
        return clean_label(self.text())

    @property
    def changes(self) -> bool:
        """Whether taking it over would change a phone. Different labels stay until one types."""
        return self._touched and (self._differ or self.label != self._before)

    def take(self, step: int = 0) -> None:
        """Give the label to the phones."""
        if self._done:
            return
        self._done = True
        if self.changes:
            self._bench.set_label(self.keys, self.label)
        self.taken.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.take(-1)
            case Qt.Key.Key_Down:
                self.take(1)
            case _:
                # Erasing in an empty field says that all of several labels are to go.
                self._touched |= event.key() in _ERASES
                super().keyPressEvent(event)

    def _touch(self) -> None:
        self._touched = True
