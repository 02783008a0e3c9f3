"""Tells a scanner from a hand by the pace of the keys: no hand types twenty letters a second.

It is only used to hold something back (a filter, a command); it never approves anything.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

FAST_MS = 35
"""Milliseconds between two keys of a scanner, at most; a hand takes 60 or more."""

BURST = 8
"""Keys in a row at that pace that make a scanned code."""

_TYPES = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE_ENDS = ("\r", "\n", "\r\n")


class TypingPace:
    """Measures the time between keys."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start again: the next key is the first."""
        self.fast = False
        """The last key came at a scanner's pace after the one before."""
        self.run = 0
        """Keys so far at that pace, the last one included."""
        self._at = 0

    def typed(self, event: QKeyEvent) -> None:
        self.fast = self.follows(event)
        self.run = self.run + 1 if self.fast else 1
        self._at = _time_of(event)

    def follows(self, event: QKeyEvent) -> bool:
        """Whether this key comes at a scanner's pace after the last one."""
        return self.run > 0 and _time_of(event) - self._at <= FAST_MS

    def is_burst(self, event: QKeyEvent) -> bool:
        """Whether this key, before `typed`, ends a code that a scanner typed."""
        return self.run >= BURST and self.follows(event)


def is_typed(event: QKeyEvent) -> bool:
    """Whether it types a character, without Ctrl or Alt."""
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & ~_TYPES


def is_line_end(event: QKeyEvent) -> bool:
    """Whether it is Enter in any form that scanners send: CR, LF, Ctrl+M, Ctrl+J, keypad.

    Shift may still be down from a capital letter before it.
    """
    return event.key() in _ENTER or event.text() in _LINE_ENDS


def _time_of(event: QKeyEvent) -> int:
    """Milliseconds: when the key went down, not when it is handled; a synthetic key has no time."""
    return event.timestamp() or int(time.monotonic() * 1000)
