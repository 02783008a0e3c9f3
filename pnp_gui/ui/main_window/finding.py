"""The find field, the counts and the chip of their filter show the same part of the table."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from pnp_gui.ui.find.count_buttons import CountButtons, only_words
from pnp_gui.ui.main_window.action_bar import ActionBar
from pnp_gui.ui.table.view import PhoneTable


class Finding(QObject):
    """Connects them."""

    def __init__(self, table: PhoneTable, bar: ActionBar, counts: CountButtons) -> None:
        super().__init__(table)
        self._table, self._bar, self._counts = table, bar, counts
        bar.find_field.wanted.connect(self._find)
        bar.find_field.emptied.connect(lambda: table.set_only(None))
        bar.find_field.entered.connect(self._to_first_hit)
        bar.only.clicked.connect(lambda: table.set_only(None))
        counts.wanted.connect(table.set_only)
        counts.all.triggered.connect(self.show_all)
        table.only_changed.connect(self.refresh)

    def show_all(self) -> None:
        """Take the text and the filter away."""
        self._bar.find_field.clear()
        self._table.set_only(None)

    def refresh(self) -> None:
        """Say how many are shown, and of which count."""
        only = self._table.only
        self._counts.show_only(only)
        self._bar.only.show_words(
            "" if only is None else only_words(only, self._counts.number(only))
        )
        known = len(self._table.phone_model.bench.phones)
        self._bar.show_found(self._table.visible_count(), known)

    def _find(self, text: str) -> None:
        self._table.set_find(text)
        self.refresh()

    def _to_first_hit(self) -> None:
        """To the first phone that was found, so that A and D apply to it. Without one, the
        keyboard stays in the field, to type something else."""
        table = self._table
        table.phone_model.finish_search()
        if not table.visible_count():
            return
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._bar.find_field.text():
            table.select_keys([table.phone_model.key_at(0)])
