"""The bar above lines: a choice of what is shown, and the words that a line must contain."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from pnp_gui.ui.widgets.clear_button import add_clear_button
from pnp_gui.ui.widgets.layout import row

SETTLED_MS = 200
"""Between the last key and `settled`."""


class FilterBar(QFrame):
    """What else stands in the bar is added to `row`."""

    settled = Signal()
    """The words have not changed for a moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.choice = QComboBox(self)
        self.words = QLineEdit(self)
        add_clear_button(self.words)
        self.words.setToolTip(
            self.tr("Shows only the lines that contain every one of these words.")
        )
        self.words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 42)
        self._timer = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._timer.timeout.connect(self.settled)
        self.words.textChanged.connect(lambda _: self._timer.start())
        self.row = row(self.choice, (self.words, 1), on=self, edges=(12, 6, 12, 6))

    def settle(self) -> None:
        """Not to wait for the moment: what is shown is wanted now."""
        if self._timer.isActive():
            self._timer.stop()
            self.settled.emit()
