"""A sentence as wide as its text, before a button that acts on it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QWidget,
)

from pnp_gui.ui.theme import theme

NO_DOTS = "QPushButton { outline: 0; }"
"""For a button: without Fusion's dotted focus frame; the theme paints its own."""


class Sentence(QLabel):
    """As wide as its text, so that the button follows it; wraps where there is less room."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # as QLabel's own does: before that it has neither font nor format
        width = self.fontMetrics().horizontalAdvance(self.text()) + theme.spacing(2)
        return QSize(width, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.spacing(160), self.fontMetrics().height())
