"""Where a scanner's keys go when the keyboard is not in a field.

With *Scan to approve* on, every letter goes to the find field, and bare letters are no commands.

With it off, a scan into the table must not be taken for commands: a MAC may begin with A or D, and
a serial number with S. So a letter's command waits for `HOLD_MS`. If the next character comes at a
scanner's pace the command is dropped, as are all characters of that code. Any other key or click
carries it out first, so that it is for the phones that were selected when it was pressed.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from pnp_gui.ui.widgets.typing_pace import BURST, FAST_MS, TypingPace, is_line_end, is_typed
from pnp_gui.ui.words.letters import show_letters

HOLD_MS = FAST_MS + 15
"""Milliseconds that a letter's command waits for a second character: a scanner's pace, and some
time for that character to get here."""

_CHARACTER = re.compile(r"(Shift\+|Num\+)*(.|Space)")
_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr}


class ScannerKeys(QObject):
    """Filters the keys of the table, of the lists in the window, and of the window itself."""

    scanned_into_table = Signal()
    """A scanner typed a code into the table while *Scan to approve* is off; nothing was done."""
    letters_work = Signal(bool)
    """Whether single letters are commands now."""

    def __init__(
        self, table: QTableView, field: QLineEdit, actions: QObject, window: QWidget
    ) -> None:
        """`actions` holds the actions that may have bare letters."""
        super().__init__(window)
        self._table = table
        self._field = field
        self._window = window
        self._actions = actions.findChildren(QAction)
        self._list: QAbstractItemView | None = None
        self._on = False
        self._wanted = True
        self._shortcuts: dict[QAction, list[QKeySequence]] = {}
        """All keys of each action, while single letters are no commands."""
        self._pace = TypingPace()
        self._held: QAction | None = None
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        # After a stall the next character may wait behind this timer, so it gets one more turn.
        self._hold.timeout.connect(lambda: QTimer.singleShot(1, self, self._hold_is_over))
        for watched in (table, table.viewport(), window, *self._actions):
            watched.installEventFilter(self)

    def switch(self, on: bool) -> None:
        self._on = on
        moved = QApplication.instance().focusChanged  # type: ignore[union-attr]
        self._set_letters()
        if on:
            moved.connect(self._focus_moved)
        else:
            moved.disconnect(self._focus_moved)
            self._focus_moved(None, None)

    def want_letters(self, on: bool) -> None:
        """Let single letters be commands, as long as *Scan to approve* is off."""
        self._wanted = on
        self._set_letters()

    @property
    def letters(self) -> bool:
        """Whether single letters are commands now."""
        return self._wanted and not self._on

    def _set_letters(self) -> None:
        if self.letters:
            for action, keys in self._shortcuts.items():
                action.setShortcuts(keys)
            self._shortcuts = {}
        elif not self._shortcuts:
            for action in self._actions:
                keys = self._shortcuts[action] = action.shortcuts()
                action.setShortcuts([key for key in keys if not _is_character(key)])
        show_letters(self.letters)
        self.letters_work.emit(self.letters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the table; keys that the window gets because nothing else uses them; commands."""
        if isinstance(event, QShortcutEvent):
            return _is_character(event.key()) and self._held_back(watched)
        if event.type() == QEvent.Type.MouseButtonPress:
            self._carry_out()
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if self._on:
            return event.type() == QEvent.Type.KeyPress and self._pass_on(event)
        return watched is self._table and self._is_scanned(event)

    # -- on ----------------------------------------------------------------------------------

    def _pass_on(self, event: QKeyEvent) -> bool:
        """A letter begins a scan, wherever the keyboard is but in another field."""
        if not is_typed(event):
            return False
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendEvent(self._field, event.clone())
        return True

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Other lists search their rows for the letters they get, and would keep them."""
        if self._list is not None:
            self._list.removeEventFilter(self)
        self._list = None
        mine = now is not None and now.window() is self._window and now is not self._table
        if mine and isinstance(now, QAbstractItemView):
            self._list = now
            now.installEventFilter(self)

    # -- off ---------------------------------------------------------------------------------

    def _is_scanned(self, event: QKeyEvent) -> bool:
        """Whether this key is part of a code and so must not reach the table.

        Qt asks first whether a key is a shortcut, then delivers it as a key press if it is none.
        """
        part = is_typed(event) or is_line_end(event) or event.key() == Qt.Key.Key_Tab
        if event.type() == QEvent.Type.KeyPress:
            return part and self._pace.fast
        if event.type() != QEvent.Type.ShortcutOverride or event.key() in _MODIFIERS:
            return False
        if part:
            self._pace.typed(event)
            if self._pace.run == BURST:
                self.scanned_into_table.emit()
        else:
            self._pace.reset()
        if self._pace.fast:
            self._held = None
            event.accept()
        else:
            self._carry_out()
        return self._pace.fast

    def _held_back(self, command: QObject) -> bool:
        """Let the command of a letter wait; it is carried out later or dropped."""
        self._carry_out()
        if isinstance(command, QAction):
            self._held = command
            self._hold.start()
        return True

    def _hold_is_over(self) -> None:
        if not self._hold.isActive():
            self._carry_out()

    def _carry_out(self) -> None:
        self._hold.stop()
        command, self._held = self._held, None
        if command is not None:
            command.trigger()


def _is_character(key: QKeySequence) -> bool:
    """Whether it is one key that types a character, as a scanner's keys do: no function key, no
    Del, and neither Ctrl nor Alt."""
    return _CHARACTER.fullmatch(key.toString()) is not None
