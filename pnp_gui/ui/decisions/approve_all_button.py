"""The button that starts and ends "approve all", and its menu: for how long, for which make."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.decisions.approve_all import MINUTES
from pnp_gui.bench.phones.counts import count_makes
from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.actions import Actions
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.words.plain import for_button


class ApproveAllButton(KeyButton):
    """While it is on it stands out in red and counts down."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(actions.approve_all, parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def set_on(self, on: bool) -> None:
        self.recolour("bad" if on else "", strong=on)
        theme.set_tone(self, "alarm" if on else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the choice."""
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)


class ApproveAllMenu(QMenu):
    """Filled each time it opens, since the makes in the table change; empty before the first."""

    chosen = Signal(int, str)
    """Minutes, and the make it is limited to ("": every make)."""

    def __init__(self, bench: Bench, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._actions = actions
        self.setTitle(self.tr("Appro&ve all: duration, make"))
        self.setAccessibleName(self.tr("Approve all that ask"))
        self.setToolTipsVisible(True)
        self._submenus: list[QMenu] = []
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        self.clear()
        for menu in self._submenus:
            menu.deleteLater()
        self._submenus = []
        if self._bench.approving_all is not None:
            self.addAction(self._actions.approve_all)
            self.addSeparator()
        for minutes in MINUTES:
            self._add_duration(self, self.tr("Every phone for %n minutes", "", minutes), minutes)
        self.addSeparator()
        seen = count_makes(self._bench.phones.values())
        for make, count in seen.named:
            self._add_make(self, make, self.tr("Only {make} ({n} here)"), count)
        if seen.further:
            text = self.tr("%n more makes are not listed", "", seen.further)
            self.addAction(text).setEnabled(False)
        if others := MAKES.keys() - dict(seen.named):
            more = self._add_menu(self, self.tr("Only another make"))
            for make in sorted(others, key=str.casefold):
                self._add_make(more, make, self.tr("Only {make}"), 0)

    def _add_menu(self, menu: QMenu, title: str) -> QMenu:
        submenu = QMenu(title, menu)
        submenu.setToolTipsVisible(True)
        self._submenus.append(submenu)
        menu.addMenu(submenu)
        return submenu

    def _add_make(self, menu: QMenu, make: str, text: str, count: int) -> None:
        submenu = self._add_menu(menu, text.format(make=for_button(make), n=count))
        for minutes in MINUTES:
            self._add_duration(submenu, self.tr("For %n minutes", "", minutes), minutes, make)

    def _add_duration(self, menu: QMenu, text: str, minutes: int, make: str = "") -> None:
        action = menu.addAction(text)
        action.setToolTip(self.tr("Starts at once, and answers phones that nobody has selected."))
        action.triggered.connect(lambda: self.chosen.emit(minutes, make))
