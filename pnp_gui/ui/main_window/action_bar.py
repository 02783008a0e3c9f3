"""The second bar: what to do with the selected phones, and the find field."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from pnp_gui.ui.actions import Actions
from pnp_gui.ui.decisions.approve_all_button import ApproveAllButton
from pnp_gui.ui.find.field import FindField, ScanSwitch
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.elided_label import ElidedLabel
from pnp_gui.ui.widgets.key_button import KeyButton
from pnp_gui.ui.widgets.layout import row
from pnp_gui.ui.words.outcomes import count_selected


class ActionBar(QFrame):
    """Buttons for the selection at the left, the find field with its switch at the right."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAccessibleName(self.tr("Selected phones"))
        self.approve = KeyButton(actions.approve, self, tone="good", strong=True)
        self.deny = KeyButton(actions.deny, self, tone="bad")
        self.undecide = KeyButton(actions.undecide, self)
        self.send_again = KeyButton(actions.send_again, self)
        self.approve_all = ApproveAllButton(actions, self)
        self.selected = ElidedLabel(self)
        self.selected.setAccessibleName(self.tr("Selection"))
        self.found = ElidedLabel(self)
        self.found.hide()
        theme.set_tone(self.found, "dim")
        self._tally = ""
        self.scan_switch = ScanSwitch(actions.scan_approves, self)
        self.find_field = FindField(QKeySequence.listToString(actions.find.shortcuts()), self)

        decide = (self.approve, self.deny, self.undecide, self.send_again, self.approve_all)
        find = (self.scan_switch, self.find_field)
        self._row = row(
            *decide, (self.selected, 1), self.found, *find, on=self, edges=(12, 8, 12, 8)
        )
        self._row.setStretchFactor(self.find_field, 4)
        self._tab_stops = (*decide, *find)
        actions.approve_all.changed.connect(self._fit)

    def tab_stops(self) -> tuple[QWidget, ...]:
        return self._tab_stops

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The narrowest: short texts, and without the buttons that the menu has too."""
        width = self._needed(self.approve, self.deny, short=True)
        return QSize(width, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """If it is narrow, shorten texts first, then hide buttons that the menu has too."""
        must = (self.approve, self.deny)
        count = self.selected.sizeHint().width()
        room = self.width() - count - self._row.spacing()
        short = self._needed(*must, self.undecide, self.send_again) > room
        undecide = self._needed(*must, self.undecide, self.send_again, short=short) <= room
        again = undecide or self._needed(*must, self.send_again, short=short) <= room
        self.selected.setMinimumWidth(count if self._needed(*must, short=short) <= room else 0)
        self.approve_all.set_short(short)
        self.undecide.setVisible(undecide)
        self.send_again.setVisible(again)

    def _needed(self, *buttons: KeyButton, short: bool = False) -> int:
        """Pixels for these buttons and everything else side by side."""
        edges = self._row.contentsMargins()
        places = len(buttons) + 2 + self.found.isVisible()
        width = sum(button.sizeHint().width() for button in buttons)
        width += self.approve_all.width_for(short=short) + self.scan_switch.sizeHint().width()
        width += self.find_field.minimumWidth() + places * self._row.spacing()
        return width + edges.left() + edges.right()

    def show_selected(self, number: int) -> None:
        self.selected.show_text(count_selected(number))
        self._fit()

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
        self.found.show_text(text)
        if self.found.isHidden() == bool(text):
            self.found.setVisible(bool(text))
            self._fit()
