"""The line that is there while files are served: which folder, how many files, at which URLs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pnp_gui.system.printable import printable
from pnp_gui.trouble import listed
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.serving import Serving
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.elided_label import SEPARATOR
from pnp_gui.ui.widgets.sentence import SentenceBar

_FOLDER_WIDTH = 360
"""Pixels at 100 % for the folder; a longer path is cut in its middle."""


class ServingBar(SentenceBar):
    """Its button ends serving."""

    def __init__(self, serving: Serving, listening: Listening, parent: QWidget) -> None:
        super().__init__(self.tr("Files"), parent)
        self._serving = serving
        self._listening = listening
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for changed in (serving.changed, listening.changed, theme.theme_changed):
            changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is served now; nothing where nothing is."""
        serving = self._serving
        self.setVisible(serving.serving)
        if not serving.serving or serving.folder is None:
            return
        folder = printable(str(serving.folder))
        narrow = self.fontMetrics().elidedText(
            folder, Qt.TextElideMode.ElideMiddle, theme.spacing(_FOLDER_WIDTH)
        )
        sign, tone = ("warning", "amber") if serving.troubles else ("folder", "good")
        self.fill(sign, tone, self._text(narrow), self.tr("Stop serving"))
        self.sentence.setToolTip("" if narrow == folder else folder)
        self.setAccessibleDescription(self._text(folder))

    def _text(self, folder: str) -> str:
        serving = self._serving
        parts = [
            self.tr("Serving {folder}").format(folder=folder),
            self.tr("%n files", "", serving.files),
            listed(self._urls()) or self.tr("on no network port"),
        ]
        if serving.refused:
            parts.append(self.tr("%n requests of others not answered", "", serving.refused))
        return SEPARATOR.join(parts)

    def _urls(self) -> list[str]:
        """Where phones find the files, on every network port that is listened on."""
        addresses = [
            address for port in self._listening.joined for address in port.address.split(", ")
        ]
        return [base.replace("${host}", host) for base in self._serving.bases for host in addresses]
