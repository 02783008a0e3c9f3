"""The lower part of the window: the messages of one phone, or the log of everything."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.trace.detail_pane import DetailPane

HIDDEN, MESSAGES, LOG = "hidden", "shown", "log"
"""What is shown, as it is kept from one run to the next."""


class LowerPane(QStackedWidget):
    """Which page is shown is said by two ticked actions, of which at most one is on."""

    def __init__(
        self,
        pages: tuple[DetailPane, LogPage],
        actions: tuple[QAction, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._actions = actions
        for page in pages:
            self.addWidget(page)

    @property
    def shown(self) -> str:
        """MESSAGES, LOG or HIDDEN."""
        messages, log = self._actions
        return MESSAGES if messages.isChecked() else LOG if log.isChecked() else HIDDEN

    def choose(self, shown: str) -> None:
        """Tick the action of this page; anything unknown means the messages."""
        messages, log = self._actions
        messages.setChecked(shown not in (HIDDEN, LOG))
        log.setChecked(shown == LOG)

    def turn(self, action: QAction, checked: bool) -> bool:
        """An action was ticked or not; True: something is to be shown, False: nothing is."""
        place = self._actions.index(action)
        other = self._actions[1 - place]
        if checked:
            self.setCurrentWidget(self._pages[place])
            other.setChecked(False)
        return checked or other.isChecked()

    def refresh(self) -> None:
        """Bring the page that is in sight up to date."""
        if self.isVisible():
            page = self._pages[self.currentIndex()]
            page.refresh()
