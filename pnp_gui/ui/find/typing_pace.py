"""Is this a hand or a scanner? Told by the pace of the keys: no hand types twenty letters a second.

It only ever holds something back (a filter, a letter that would be a command); nothing is approved
on the ground of it.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

FAST_MS = 35
"""Milliseconds between two keys of a scanner at the most; of a hand, at the least about 60."""

BURST = 8
"""Keys in a row at that pace that are a scanned code."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINE_ENDS = ("\r", "\n", "\r\n")


class TypingPace:
    """Looks at the keys that make text, one after the other."""

    fast: bool
    """The last key came at a scanner's pace after the one before."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.fast = False
        self.run = 0
        self._at = 0

    def typed(self, event: QKeyEvent) -> None:
        """Take note of a key."""
        self.fast = self.follows(event)
        self.run = self.run + 1 if self.fast else 1
        self._at = _time_of(event)

    def follows(self, event: QKeyEvent) -> bool:
        """Whether this key comes at a scanner's pace after the last one."""
        return self.run > 0 and _time_of(event) - self._at <= FAST_MS

    def is_burst(self, event: QKeyEvent) -> bool:
        """Whether this key, not noted yet, ends a code that a scanner typed."""
        return self.run >= BURST and self.follows(event)


def is_line_end(event: QKeyEvent) -> bool:
    """Enter in every form a scanner has for it: CR, LF (also as Ctrl+M and Ctrl+J), keypad.

    Shift may still be down from a capital letter before it.
    """
    return event.key() in _ENTER or event.text() in _LINE_ENDS


def _time_of(event: QKeyEvent) -> int:
    """Milliseconds: when the key went down, not when we come to it; a made-up key has no time."""
    return event.timestamp() or int(time.monotonic() * 1000)
