"""The field for words to look for, and the button that empties a field."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.words.translate import translate

_WIDEST = 42
"""Characters."""

_AROUND = 34
"""Pixels at 100 % left and right of the words."""


class WordsField(QLineEdit):
    """Where there is little room it is as wide as its placeholder: that is never cut."""

    def __init__(self, prompt: str, parent: QWidget) -> None:
        """`prompt`: the placeholder."""
        super().__init__(parent, placeholderText=prompt)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        add_clear_button(self)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * _WIDEST
        return QSize(width, super().sizeHint().height()).expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + theme.spacing(_AROUND), super().minimumSizeHint().height())


def add_clear_button(field: QLineEdit) -> None:
    """Give the field this button, with a name: Qt's own has an icon alone. It is there while the
    field has a text."""
    field.setClearButtonEnabled(True)
    words = translate("ClearButton", "Clear the field")
    for button in field.findChildren(QToolButton):
        if button.defaultAction().objectName() == "_q_qlineeditclearaction":
            button.setAccessibleName(words)
            button.setToolTip(words)
