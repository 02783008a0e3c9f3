"""For how long, and for phones of which make, to approve all that ask."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.decisions.approve_all import MINUTES
from pnp_gui.bench.phones.counts import count_makes
from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.words.plain import for_button


class ApproveAllMenu(QMenu):
    """Filled each time it opens, since the makes in the table change; empty before the first."""

    chosen = Signal(int, str)
    """Minutes, and the make it is limited to ("": every make)."""

    def __init__(self, bench: Bench, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._actions = actions
        self.setTitle(self.tr("App&rove all that ask"))
        self.setAccessibleName(self.tr("Approve all that ask"))
        self.setToolTipsVisible(True)
        self._submenus: list[QMenu] = []
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Put the entries in."""
        self.clear()
        for menu in self._submenus:
            menu.deleteLater()
        self._submenus = []
        if self._bench.approving_all is not None:
            self.addAction(self._actions.approve_all)
            self.addSeparator()
        self._add_durations(self, "")
        self.addSeparator()
        seen = count_makes(self._bench.phones.values())
        for make, count in seen.named:
            self._add_make(self, make, self.tr("Only {make} ({n} here)"), count)
        if seen.further:
            text = self.tr("%n more makes are not listed", "", seen.further)
            self.addAction(text).setEnabled(False)
        named = {make for make, _ in seen.named}
        others = [make for make in MAKES if make not in named]
        if others:
            more = QMenu(self.tr("Only another make"), self)
            self._submenus.append(more)
            self.addMenu(more)
            for make in sorted(others, key=str.casefold):
                self._add_make(more, make, self.tr("Only {make}"), 0)

    def _add_make(self, menu: QMenu, make: str, text: str, count: int) -> None:
        title = text.format(make=for_button(make), n=count)
        submenu = QMenu(title, menu)
        submenu.setToolTipsVisible(True)
        self._submenus.append(submenu)
        self._add_durations(submenu, make)
        menu.addMenu(submenu)

    def _add_durations(self, menu: QMenu, make: str) -> None:
        for minutes in MINUTES:
            if make:
                text = self.tr("For %n minutes", "", minutes)
            else:
                text = self.tr("Every phone for %n minutes", "", minutes)
            action = QAction(text, menu)
            action.setToolTip(
                self.tr("Starts at once, and answers phones that nobody has selected.")
            )
            action.triggered.connect(
                lambda _=False, minutes=minutes: self.chosen.emit(minutes, make)
            )
            menu.addAction(action)
