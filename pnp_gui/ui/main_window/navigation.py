"""Takes the keyboard to a part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit

from pnp_gui.ui.table.view import PhoneTable


class Navigation:
    """Where the keys that go somewhere lead to."""

    def __init__(
        self, find_field: QLineEdit, url_field: QComboBox, table: PhoneTable, messages: QAction
    ) -> None:
        """`messages` is the switch that shows the selected phone's messages."""
        self._find_field = find_field
        self._url_field = url_field
        self._table = table
        self._messages = messages

    def to_find(self) -> None:
        """Into the find field, to type anew."""
        self._find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find_field.selectAll()

    def to_url(self) -> None:
        """Into the default URL, to type anew."""
        self._url_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self._url_field.lineEdit()
        if line is not None:
            line.selectAll()

    def to_url_from_elsewhere(self) -> None:
        """The same from another window."""
        self._table.window().activateWindow()
        self.to_url()

    def to_table(self) -> None:
        """A find that left one phone selects it, so that A and D are for it at once."""
        table = self._table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._find_field.text() and table.visible_count() == 1:
            table.select_keys([table.phone_model.key_at(0)])

    def to_phone(self, key: str) -> bool:
        """To its row and its messages; False: it has none any more."""
        if key not in self._table.phone_model.bench.phones:
            return False
        self._find_field.clear()
        self._table.select_keys([key])
        self._messages.setChecked(True)
        self.to_table()
        return True
