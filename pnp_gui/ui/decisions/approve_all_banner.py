"""The band that says that every phone is being approved, as long as it is so.

Answering everybody is dangerous on a live network, so it cannot be put away while it is on. When
it ended by itself it stays, in quiet colours, until it is put away: so it says what happened to
whoever was not there, and the rows below do not jump under a hand.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.sentence import NO_DOTS, Sentence


class ApproveAllBanner(QFrame):
    """One line: a sign, a sentence, and the one thing to do."""

    acted = Signal()
    """End it, or put the band away: what the button says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAccessibleName(self.tr("Approving all"))
        self._tone = ""
        self.sign = QLabel(self)
        self.sentence = Sentence("", self)
        self.button = QPushButton(self)
        theme.set_tone(self.button, "link")
        self.button.setStyleSheet(NO_DOTS)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.acted)
        layout = QHBoxLayout(self)
        edge = theme.spacing(14)
        layout.setContentsMargins(edge, theme.spacing(6), theme.spacing(8), theme.spacing(6))
        layout.setSpacing(theme.spacing(8))
        layout.addWidget(self.sign)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.hide()
        theme.theme_changed.connect(self._paint_sign)

    def show_on(self, text: str, button: str) -> None:
        """It is on."""
        self._fill("bad", text, button)

    def show_over(self, text: str, button: str) -> None:
        """It ended by itself."""
        self._fill("amber", text, button)

    @property
    def is_on(self) -> bool:
        """Whether it says that it is on."""
        return not self.isHidden() and self._tone == "bad"

    @property
    def is_over(self) -> bool:
        """Whether it says that it ended."""
        return not self.isHidden() and self._tone == "amber"

    def _fill(self, tone: str, text: str, button: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.sentence.updateGeometry()
            self.setAccessibleDescription(text)
        self.button.setText(button)
        self.button.setAccessibleDescription(text)
        if tone != self._tone:
            self._tone = tone
            theme.set_tone(self, tone)
            for each in (self.sentence, self.button):
                theme.repolish(each)
            font = self.font()
            font.setBold(tone == "bad")
            self.sentence.setFont(font)
            self._paint_sign()
        self.show()

    def _paint_sign(self) -> None:
        side = theme.spacing(16)
        name = "warning" if self._tone == "bad" else "clock"
        icon = icons.icon(name, self._tone or "amber")
        self.sign.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatio()))
