"""How many phones have which status: each count is a button that shows only those phones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.registry import Counts
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.table.filter import Only
from pnp_gui.ui.theme import icons
from pnp_gui.ui.words.status import COUNTED, count_words
from pnp_gui.ui.words.translate import translate


def only_words(only: Only, number: int, *, short: bool = False) -> str:
    """How many phones these are: "3 approved", "1 asking"."""
    if isinstance(only, StatusKind):
        return count_words(only, number, short=short)
    return translate("CountButtons", "{n} approved").format(n=number)


class CountButtons(QToolBar):
    """What does not fit is in the menu of Qt's own button at its end."""

    wanted = Signal(object)
    """Show only these phones (`Only`), or all (None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Phones"))
        self._short = False
        self._room = -1
        """Pixels for which `_short` was found; -1: not yet for these counts."""
        self._counts = Counts(-1, 0, {})
        self.only: Only | None = None
        self.all = QAction(self)
        self.all.setToolTip(self.tr("Show all phones."))
        self.all.triggered.connect(lambda: self.wanted.emit(None))
        self.of: dict[Only, QAction] = {}
        kinds: tuple[Only, ...] = (Decision.APPROVED, *COUNTED)
        for only in kinds:
            self.of[only] = QAction(self, checkable=True, visible=False)
        self.addActions([self.all, *self.of.values()])
        for only, action in self.of.items():
            action.setToolTip(self.tr("Show only these phones; again: show all."))
            action.triggered.connect(lambda on, only=only: self.wanted.emit(only if on else None))
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleDescription(button.toolTip())
            if button.defaultAction() is None:
                button.setIcon(icons.icon("more"))
                button.setAccessibleName(self.tr("More counts"))
                button.setAccessibleDescription(self.tr("The counts that have no room here"))

    def tab_stops(self) -> list[QWidget]:
        return list(self.findChildren(QToolButton))

    def text(self) -> str:
        """All counts, for a test."""
        shown = [action for action in (self.all, *self.of.values()) if action.isVisible()]
        return "  \N{MIDDLE DOT}  ".join(action.text() for action in shown)

    def show_counts(self, counts: Counts) -> bool:
        """Show these; zeros are left out, except for all phones. Whether anything changed."""
        kinds = {kind: counts.kinds.get(kind, 0) for kind in COUNTED}
        counts = Counts(counts.phones, counts.approved, kinds)
        if counts == self._counts:
            return False
        self._counts = counts
        self._room = -1
        self._fill()
        return True

    def show_only(self, only: Only | None) -> None:
        """This filter is on."""
        if only == self.only:
            return
        self.only = only
        for each, action in self.of.items():
            action.setChecked(each is only)
        self._room = -1
        self._fill()

    def number(self, only: Only) -> int:
        """How many phones these are."""
        return (
            self._counts.kinds.get(only, 0)
            if isinstance(only, StatusKind)
            else self._counts.approved
        )

    def fit(self, room: int) -> int:
        """Use short words if the whole ones need more pixels; how many it needs."""
        if self._room != room:
            self._room = room
            for self._short in (False, True):
                self._fill()
                if self.sizeHint().width() <= room:
                    break
        return self.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fill(self) -> None:
        self.all.setText(self.tr("%n phones", "", max(0, self._counts.phones)))
        for only, action in self.of.items():
            number = self.number(only)
            action.setText(only_words(only, number, short=self._short))
            action.setVisible(number > 0 or only is self.only)
