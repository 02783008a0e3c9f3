"""The line that is there while files are served: which folder, how many files, at which URLs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pnp_gui.system.printable import printable
from pnp_gui.trouble import listed
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.elided_label import SEPARATOR
from pnp_gui.ui.widgets.sentence import SentenceBar
from pnp_gui.ui.words.plain import for_tip

_FOLDER_WIDTH = 360
"""Pixels at 100 % for the folder; a longer path is cut in its middle."""


class ServingBar(SentenceBar):
    """Its button ends serving."""

    focus_lost = Signal()
    """The button had the keyboard, and is gone."""

    def __init__(self, serving: Serving, listening: Listening, parent: QWidget) -> None:
        super().__init__(self.tr("Files"), parent)
        self._serving = serving
        self._listening = listening
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._shown: tuple[str, str] | None = None
        """Its tone and text."""
        for changed in (serving.changed, listening.changed):
            changed.connect(self.refresh)
        theme.theme_changed.connect(self._repaint)
        self.refresh()

    def refresh(self) -> None:
        """Show what is served now; nothing where nothing is. Cheap if nothing is new."""
        serving = self._serving
        had_focus = self.button.hasFocus()
        self.setVisible(serving.serving)
        if had_focus and not serving.serving:
            self.focus_lost.emit()
        if not serving.serving or serving.folder is None:
            return
        folder = printable(str(serving.folder))
        sign, tone = ("warning", "amber") if serving.troubles else ("folder", "good")
        text = self._text(folder)
        if (tone, text) == self._shown:
            return
        self._shown = tone, text
        narrow = self.fontMetrics().elidedText(
            folder, Qt.TextElideMode.ElideMiddle, theme.spacing(_FOLDER_WIDTH)
        )
        self.fill(sign, tone, self._text(narrow), self.tr("Stop serving"))
        self.sentence.setToolTip("" if narrow == folder else for_tip(folder))
        self.setAccessibleDescription(text)

    def _repaint(self) -> None:
        self._shown = None
        self.refresh()

    def _text(self, folder: str) -> str:
        serving = self._serving
        parts = [
            self.tr("Serving {folder}").format(folder=folder),
            self.tr("%n files", "", serving.files),
            listed(self._urls() or self._serving.bases),
        ]
        if serving.refused:
            parts.append(self.tr("%n requests from others not answered", "", serving.refused))
        return SEPARATOR.join(parts)

    def _urls(self) -> list[str]:
        """Where phones find the files, on every interface that is listened on; none while that
        is stopped, though files are served on."""
        addresses = [
            address for port in self._listening.joined for address in port.address.split(", ")
        ]
        return [base.replace("${host}", host) for base in self._serving.bases for host in addresses]
