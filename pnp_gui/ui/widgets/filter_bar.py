"""The bar above lines: a choice of what is shown, and the words that a line must contain."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.widgets.words_field import WordsField

SETTLED_MS = 200
"""Between the last key and `settled`."""


class FilterBar(FittedBar):
    """What else stands in the bar is given to `fill`."""

    settled = Signal()
    """The words have not changed for a moment."""

    def __init__(self, prompt: str, parent: QWidget) -> None:
        """`prompt`: the placeholder of the field for words."""
        super().__init__(parent)
        self.choice = QComboBox(self)
        self.words = WordsField(prompt, self)
        self.words.setToolTip(
            self.tr("Shows only the lines that contain every one of these words.")
        )
        self._timer = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._timer.timeout.connect(self.settled)
        self.words.textChanged.connect(lambda _: self._timer.start())

    def fill(self, *buttons: KeyButton, state: ElidedLabel | None = None) -> None:
        """Put `state` after the words, and the buttons at the right."""
        labels = [] if state is None else [state]
        forms = (Form.WORDS, Form.SHORT, Form.ICON, Form.GONE)
        self.set_parts(
            *(self.choice, self.words, *labels, None, *buttons),
            steps=[(form, buttons) for form in forms],
            edges=(12, 6, 12, 6),
        )

    def settle(self) -> None:
        """Not to wait for the moment: what is shown is wanted now."""
        if self._timer.isActive():
            self._timer.stop()
            self.settled.emit()
