"""The window's upper and lower part: the table, and below it the messages of a phone or the log."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QSplitter, QStackedWidget, QWidget

from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane

HIDDEN, MESSAGES, LOG = "hidden", "shown", "log"
"""What is shown, as the settings keep it."""

LEAST_ROWS = 3
"""Rows of the table that stay in view while the pane has any room."""


class PaneSplit(QSplitter):
    """Two checkable actions say which page is shown; at most one of them is checked.

    Unlike `QSplitter` it keeps the hidden pane's size.
    """

    def __init__(
        self,
        table: PhoneTable,
        messages: tuple[QAction, DetailPane],
        log: tuple[QAction, LogPage],
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = table
        self._messages, self._log = messages[0], log[0]
        self._pages: dict[QAction, DetailPane | LogPage] = dict((messages, log))
        self.pane = QStackedWidget(self)
        self.pane.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for page in self._pages.values():
            # In a low window the page can be scrolled.
            area = QScrollArea(self.pane, widgetResizable=True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            self.pane.addWidget(area)
        self.setChildrenCollapsible(False)
        self.addWidget(table)
        self.addWidget(self.pane)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setSizes([theme.spacing(430), theme.spacing(230)])
        self._keep()
        self.splitterMoved.connect(self._keep)
        self.is_empty = True
        """There is no phone, so there are no messages to show. Read only."""

    @property
    def shown(self) -> str:
        """MESSAGES, LOG or HIDDEN."""
        return MESSAGES if self._messages.isChecked() else LOG if self._log.isChecked() else HIDDEN

    def start(self, shown: str) -> None:
        """Show this page (anything unknown: the messages) with the sizes that were restored."""
        self._keep()
        self._messages.setChecked(shown not in (HIDDEN, LOG))
        self._log.setChecked(shown == LOG)
        self.pane.setVisible(self._is_wanted())

    def set_empty(self, is_empty: bool) -> None:
        """Without any phone the messages' page is hidden, and comes back with the first."""
        if is_empty != self.is_empty:
            self.is_empty = is_empty
            self._show_pane()

    def _is_wanted(self) -> bool:
        return self.shown == LOG or (self.shown == MESSAGES and not self.is_empty)

    def _keep(self) -> None:
        """The sizes are as the technician wants them."""
        self._kept = self.saveState()

    def state(self) -> QByteArray:
        """The sizes with the pane shown, as wanted: the window may be too low for them."""
        return self._kept

    def turn(self, action: QAction, on: bool) -> None:
        """One of the actions was checked or unchecked."""
        if on:
            self.pane.setCurrentIndex(list(self._pages).index(action))
            (self._log if action is self._messages else self._messages).setChecked(False)
        self._show_pane()

    def _show_pane(self) -> None:
        if not self._is_wanted():
            self.pane.hide()
        elif self.pane.isHidden():
            self.pane.show()
            self._fit()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the pane gives way before the last rows do, and grows again with it."""
        if self.pane.isHidden():
            return
        self.restoreState(self._kept)
        table, pane = self.sizes()
        least = min(self._table.height_of(LEAST_ROWS), self.height())
        if table < least:
            self.setSizes([least, table + pane - least])

    def refresh(self) -> None:
        for action, page in self._pages.items():
            if action.isChecked() and self.pane.isVisible():
                page.refresh()
