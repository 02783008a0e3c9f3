"""The second bar: what to do with the selected phones, and the find field."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all_button import ApproveAllButton
from pnp_gui.ui.find.field import FindField, ScanSwitch
from pnp_gui.ui.find.filter_chip import FilterChip
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.fitted_bar import FittedBar
from pnp_gui.ui.widgets.key_button import Form, KeyButton
from pnp_gui.ui.words.outcomes import count_selected


class ActionBar(FittedBar):
    """Buttons for the selection at the left, the find field with its switch at the right."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Selected phones"))
        self.approve = KeyButton(actions.approve, self, tone="good", strong=True)
        self.deny = KeyButton(actions.deny, self, tone="bad")
        self.undecide = KeyButton(actions.undecide, self)
        self.send_again = KeyButton(actions.send_again, self)
        self.approve_all = ApproveAllButton(actions, self)
        self.selected = ElidedLabel(self)
        self.selected.setAccessibleDescription(self.tr("Selection"))
        self.found = ElidedLabel(self)
        theme.set_tone(self.found, "dim")
        self._tally = ""
        self.scan_switch = ScanSwitch(actions.scan_approves, self)
        self.only = FilterChip(self)
        self.find_field = FindField(QKeySequence.listToString(actions.find.shortcuts()), self)

        decide = (self.approve, self.deny, self.undecide, self.send_again, self.approve_all)
        find = (self.only, self.scan_switch, self.find_field)
        must, may = (self.approve, self.deny), (self.undecide, self.send_again)
        self.set_parts(
            *decide,
            self.selected,
            None,
            self.found,
            self.only,
            self.scan_switch,
            (self.find_field, 4),
            steps=(
                (Form.WORDS, decide),
                (Form.SHORT, (self.approve_all,)),
                (Form.ICON, (self.send_again,)),
                (Form.ICON, (self.undecide,)),
                (Form.SHORT, (self.scan_switch,)),
                (Form.SHORT, (self.find_field,)),
                (Form.ICON, (self.find_field,)),
                (Form.GONE, may),
                (Form.GONE, (self.found,)),
                (Form.GONE, (self.selected,)),
                (Form.ICON, (self.approve_all,)),
                (Form.ICON, must),
                (Form.GONE, (self.scan_switch, self.approve_all)),
            ),
        )
        self._tab_stops = (*decide, *find, self.more)

    def tab_stops(self) -> tuple[QWidget, ...]:
        return self._tab_stops

    def show_selected(self, number: int) -> None:
        text = count_selected(number)
        if text != self.selected.text():
            self.selected.show_text(text)
            self.fit()

    def show_found(self, shown: int, total: int) -> None:
        """Show beside the field how many phones were found; without a text, the tally."""
        text = self._tally
        if self.find_field.text():
            text = self.tr("{shown} of {total} shown").format(shown=shown, total=total)
        self._show_found(text)

    def show_tally(self, text: str) -> None:
        """How many codes were scanned, or ""."""
        self._tally = text
        if not self.find_field.text():
            self._show_found(text)

    def _show_found(self, text: str) -> None:
        if text != self.found.text():
            self.found.show_text(text)
            self.fit()
