"""A bar with a sentence as wide as its text, and a button that acts on it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.layout import row


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


class LinkButton(QPushButton):
    """A button that looks like a link."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_tone(self, "link")
        # Without Fusion's dotted focus frame; the theme paints its own.
        self.setStyleSheet("QPushButton { outline: 0; }")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)


class SentenceBar(QFrame):
    """A sign, a sentence, and a button."""

    acted = Signal()
    """The button was clicked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name`: for a screen reader."""
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAccessibleName(name)
        self._sign = QLabel(self)
        self.sentence = Sentence("", self)
        self.button = LinkButton(self)
        self.button.clicked.connect(self.acted)
        self._row = row(self._sign, self.sentence, self.button, None, on=self, edges=(14, 5, 8, 5))

    def fill(self, sign: str, tone: str, text: str, button: str) -> None:
        """`sign`: an icon's name; `button`: its text, "" for none."""
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.sentence.updateGeometry()
            self.setAccessibleDescription(text)
            self.button.setAccessibleDescription(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        if tone != self.property("tone"):
            theme.set_tone(self, tone)
            theme.repolish(self.sentence)
            theme.repolish(self.button)
        side = theme.spacing(16)
        pixmap = icons.icon(sign, tone).pixmap(QSize(side, side), self.devicePixelRatio())
        self._sign.setPixmap(pixmap)
