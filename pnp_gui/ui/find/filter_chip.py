"""The chip that says that the table shows the phones of one count only; a click shows all."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from pnp_gui.ui.theme import icons
from pnp_gui.ui.widgets.key_button import KeyButton


class FilterChip(KeyButton):
    """Not there while there is no such filter. Its `clicked` takes the filter away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = QAction(parent)
        super().__init__(self._words, parent, tone="accent")
        self._words.setIcon(icons.icon("close", "accent"))
        self._words.setToolTip(self.tr("Only these phones are shown. Click to show all."))
        self._words.setVisible(False)

    def show_words(self, words: str) -> None:
        """ "3 asking"; "" for no filter."""
        if words:
            self._words.setIconText(self.tr("Only: {what}").format(what=words))
        self._words.setVisible(bool(words))
