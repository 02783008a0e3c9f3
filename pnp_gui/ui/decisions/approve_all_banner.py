"""The banner that is shown while every phone is approved.

Answering every phone is dangerous on a live network, so it cannot be hidden while that is on. When
"approve all" ended by itself the banner stays, in quiet colours, until it is closed: a technician
who was away reads what happened, and the rows do not move under the mouse.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.widgets.sentence import NO_DOTS, Sentence


class ApproveAllBanner(QFrame):
    """One line: an icon, a sentence, and a button."""

    acted = Signal()
    """The button was clicked: end it, or close the banner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAccessibleName(self.tr("Approving all"))
        self._tone = ""
        self.icon = QLabel(self)
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
        layout.addWidget(self.icon)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.hide()
        theme.theme_changed.connect(self._paint_icon)

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
            self._paint_icon()
        self.show()

    def _paint_icon(self) -> None:
        side = theme.spacing(16)
        name = "warning" if self._tone == "bad" else "clock"
        icon = icons.icon(name, self._tone or "amber")
        self.icon.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatio()))
