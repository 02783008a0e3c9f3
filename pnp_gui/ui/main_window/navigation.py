"""Takes the keyboard to a part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from pnp_gui.ui.main_window.window import MainWindow


class Going:
    """Where the keys that go somewhere lead to."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def to_find(self) -> None:
        """Into the find field, to type anew."""
        field = self._window.action_bar.find_field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def to_url(self) -> None:
        """Into the default URL, to type anew."""
        url = self._window.listen_bar.url
        url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = url.lineEdit()
        if line is not None:
            line.selectAll()

    def to_url_from_elsewhere(self) -> None:
        """The same from another window."""
        self._window.activateWindow()
        self.to_url()

    def to_table(self) -> None:
        """A find that left one phone selects it, so that A and D are for it at once."""
        table = self._window.table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._window.action_bar.find_field.text() and table.visible_count() == 1:
            table.select_keys([table.phone_model.key_at(0)])

    def to_phone(self, key: str) -> bool:
        """To its row and its messages; False: it has none any more."""
        window = self._window
        if key not in window.table.phone_model.bench.phones:
            return False
        window.action_bar.find_field.clear()
        window.table.select_keys([key])
        window.actions_.details.setChecked(True)
        self.to_table()
        return True
