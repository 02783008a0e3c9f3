"""The lower part of the window, the messages of a phone or the log, and its share of the height."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane

HIDDEN, MESSAGES, LOG = "hidden", "shown", "log"
"""What is shown, as the settings keep it."""


class LowerPane(QStackedWidget):
    """Two checkable actions say which page is shown; at most one of them is checked."""

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
        """Check this page's action; anything unknown means the messages."""
        messages, log = self._actions
        messages.setChecked(shown not in (HIDDEN, LOG))
        log.setChecked(shown == LOG)

    def turn(self, action: QAction, checked: bool) -> bool:
        """An action was checked or unchecked. Returns whether a page is to be shown."""
        place = self._actions.index(action)
        other = self._actions[1 - place]
        if checked:
            self.setCurrentWidget(self._pages[place])
            other.setChecked(False)
        return checked or other.isChecked()

    def refresh(self) -> None:
        """Update the page that is shown."""
        if self.isVisible():
            page = self._pages[self.currentIndex()]
            page.refresh()


class PaneSplit(QSplitter):
    """The table above the pane. Unlike `QSplitter` it keeps the hidden pane's size."""

    def __init__(self, table: QWidget, pane: LowerPane, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._pane = pane
        self.setChildrenCollapsible(False)
        self.addWidget(table)
        self.addWidget(pane)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setSizes([theme.spacing(430), theme.spacing(230)])
        self._kept = self.saveState()

    def start(self, shown: str) -> None:
        """Show this page with the sizes that were restored."""
        self._kept = self.saveState()
        self._pane.choose(shown)
        self._pane.setVisible(self._pane.shown != HIDDEN)

    def state(self) -> QByteArray:
        """The sizes with the pane shown."""
        if self._pane.isVisible():
            self._kept = self.saveState()
        return self._kept

    def turn(self, action: QAction, on: bool) -> None:
        """One of the pane's actions was checked or unchecked."""
        pane = self._pane
        if not pane.turn(action, on):
            self.state()
            pane.hide()
        elif pane.isHidden():
            pane.show()
            self.restoreState(self._kept)
        pane.refresh()
