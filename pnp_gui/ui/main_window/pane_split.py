"""The table above, the pane below, and how they share the room, also while the pane is hidden."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from pnp_gui.ui.main_window.lower_pane import HIDDEN, LowerPane
from pnp_gui.ui.theme import theme


class PaneSplit(QSplitter):
    """Keeps the size of the pane while it is hidden, which a splitter forgets."""

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

    def begin(self, shown: str) -> None:
        """Show this page in the sizes that were restored."""
        self._kept = self.saveState()
        self._pane.choose(shown)
        self._pane.setVisible(self._pane.shown != HIDDEN)

    def state(self) -> QByteArray:
        """The sizes with the pane in sight, to be kept."""
        if self._pane.isVisible():
            self._kept = self.saveState()
        return self._kept

    def turn(self, action: QAction, on: bool) -> None:
        """One of the pane's actions was ticked or not."""
        pane = self._pane
        if not pane.turn(action, on):
            self.state()
            pane.hide()
        elif pane.isHidden():
            pane.show()
            self.restoreState(self._kept)
        pane.refresh()
