"""The banner that is shown while every phone is approved.

Answering every phone is dangerous on a live network, so it cannot be hidden while that is on. When
"approve all" ended by itself the banner stays, in quiet colours, until it is closed: a technician
who was away reads what happened, and the rows do not move under the mouse.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.sentence import SentenceBar


class ApproveAllBanner(SentenceBar):
    """Its button ends "approve all", or closes the banner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Approving all"), parent)
        self._on = False
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()
        theme.theme_changed.connect(self._repaint)

    @property
    def is_on(self) -> bool:
        """Whether it says that it is on."""
        return not self.isHidden() and self._on

    @property
    def is_over(self) -> bool:
        """Whether it says that it ended."""
        return not self.isHidden() and not self._on

    def show_text(self, text: str, button: str, *, on: bool) -> None:
        """`on`: "approve all" is on; otherwise it ended by itself."""
        self._on = on
        self.fill(*(("warning", "bad") if on else ("clock", "amber")), text, button)
        font = self.font()
        font.setBold(on)
        self.sentence.setFont(font)
        self.show()

    def _repaint(self) -> None:
        if not self.isHidden():
            self.show_text(self.sentence.text(), self.button.text(), on=self._on)
