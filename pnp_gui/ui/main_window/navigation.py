"""Moves the keyboard focus to a part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit

from pnp_gui.ui.table.view import PhoneTable


class Navigation:
    """What the keys do that move the focus."""

    def __init__(
        self, find_field: QLineEdit, url_field: QComboBox, table: PhoneTable, messages: QAction
    ) -> None:
        """`messages`: the checkable action that shows the selected phone's messages."""
        self._find_field = find_field
        self._url_field = url_field
        self._table = table
        self._messages = messages

    def to_find(self) -> None:
        """To the find field, with its text selected."""
        self._find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find_field.selectAll()

    def to_url(self) -> None:
        """To the default URL, with its text selected."""
        self._url_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self._url_field.lineEdit()
        if line is not None:
            line.selectAll()

    def to_url_from_elsewhere(self) -> None:
        """The same from another window."""
        self._table.window().activateWindow()
        self.to_url()

    def to_table(self) -> None:
        """To the table. If one phone was found it is selected, so that A and D apply to it."""
        table = self._table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._find_field.text() and table.visible_count() == 1:
            table.select_keys([table.phone_model.key_at(0)])

    def to_phone(self, key: str) -> bool:
        """To a phone's row and messages; False if it is not in the table any more."""
        if key not in self._table.phone_model.bench.phones:
            return False
        self._find_field.clear()
        self._table.select_keys([key])
        self._messages.setChecked(True)
        self.to_table()
        return True
