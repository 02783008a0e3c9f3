"""How many phones have which status: each count is a button that shows only those phones."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from pnp_gui.bench.phones.counts import Counts
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.table.filter import Only
from pnp_gui.ui.widgets.elided_label import SEPARATOR
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import SHORT, Form, KeyButton
from pnp_gui.ui.words.status import COUNTED, count_words
from pnp_gui.ui.words.translate import translate


def only_words(only: Only, number: int, *, short: bool = False) -> str:
    """How many phones these are: "3 approved", "1 asking"."""
    if isinstance(only, StatusKind):
        return count_words(only, number, short=short)
    return translate("CountButtons", "{n} approved").format(n=number)


class CountButtons(FittedBar):
    """Those at the end go first where it is narrow: what may need attention stands before them."""

    wanted = Signal(object)
    """Show only these phones (`Only`); None: this count no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", False)
        self.setAccessibleName(self.tr("Phones"))
        self._counts = Counts(0, 0, {})
        self._only: Only | None = None
        self.all = QAction(self, toolTip=self.tr("Show all phones."))
        """Takes the words in the find field away as well."""
        self.of: dict[Only, QAction] = {}
        kinds: tuple[Only, ...] = (Decision.APPROVED, *COUNTED)
        tip = self.tr("Show only these phones; click again to show all.")
        for only in kinds:
            action = self.of[only] = QAction(self, checkable=True, toolTip=tip)
            action.triggered.connect(lambda on, only=only: self.wanted.emit(only if on else None))
        self._fill()
        actions = (self.all, *self.of.values())
        self.buttons = [KeyButton(action, self, flat=True, side=7) for action in actions]
        self.set_parts(
            *(*self.buttons, None),
            steps=[
                (Form.SHORT, self.buttons),
                *((Form.GONE, [button]) for button in reversed(self.buttons[1:])),
            ],
            edges=(4, 0, 0, 0),
            gap=0,
        )

    def tab_stops(self) -> list[QWidget]:
        return [*self.buttons, self.more]

    def text(self) -> str:
        """All counts on a line."""
        actions = (self.all, *self.of.values())
        return SEPARATOR.join(action.text() for action in actions if action.isVisible())

    def show_counts(self, counts: Counts) -> bool:
        """Show these; zeros are left out, except for all phones. Whether anything changed."""
        kinds = {kind: counts.kinds.get(kind, 0) for kind in COUNTED}
        counts = Counts(counts.phones, counts.approved, kinds)
        if counts == self._counts:
            return False
        self._counts = counts
        self._fill()
        return True

    def show_only(self, only: Only | None) -> None:
        """This filter is on."""
        if only != self._only:
            self._only = only
            self._fill()

    def number(self, only: Only) -> int:
        """How many phones these are."""
        counts = self._counts
        return counts.kinds.get(only, 0) if isinstance(only, StatusKind) else counts.approved

    def _fill(self) -> None:
        self.all.setText(self.tr("%n phones", "", self._counts.phones))
        for only, action in self.of.items():
            number = self.number(only)
            action.setText(only_words(only, number))
            action.setProperty(SHORT, only_words(only, number, short=True))
            action.setVisible(number > 0 or only is self._only)
            action.setChecked(only is self._only)
        self.setAccessibleDescription(self.text())
