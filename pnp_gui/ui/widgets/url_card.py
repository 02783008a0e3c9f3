"""The card below a URL field: the exact URL, or what is wrong with the text."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.layout import column

ANYWHERE = "\u200b"
"""Zero-width space: lets a URL wrap at any character."""


class UrlCard(QFrame):
    """Caption, URL and warning."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("url-card")
        self.caption, self.url, self.warning = (QLabel(self, wordWrap=True) for _ in range(3))
        labels = (self.caption, self.url, self.warning)
        self._layout = column(*labels, on=self, edges=(10, 8, 10, 8), gap=4)
        theme.set_tone(self.warning, "amber")
        self.hide()
        theme.theme_changed.connect(self._style)
        self._style()

    def show_under(self, field: QWidget) -> None:
        """Show it below the field and as wide, or above it where the window ends."""
        width, gap = field.width(), theme.spacing(3)
        self.setFixedWidth(width)
        self._layout.activate()
        self.resize(width, self._layout.totalHeightForWidth(width))
        top = field.mapTo(self.window(), QPoint(0, 0))
        below = top.y() + field.height() + gap
        fits = below + self.height() <= self.window().height()
        self.move(top.x(), below if fits else top.y() - self.height() - gap)
        self.raise_()
        self.show()

    def fill(self, caption: str, url: str, warning: str, *, wrong: bool) -> None:
        """Set what it says; `wrong`: the caption is an error."""
        self.caption.setText(caption)
        theme.set_tone(self.caption, "bad" if wrong else "dim")
        self.url.setText(ANYWHERE.join(url))
        self.url.setVisible(bool(url))
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def _style(self) -> None:
        self.url.setFont(theme.fixed_font())
