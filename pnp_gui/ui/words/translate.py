"""QT_TRANSLATE_NOOP with its true type; `pyside6-lupdate` finds the texts by this name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6 import QtCore

QT_TRANSLATE_NOOP = cast(Callable[[str, str], str], QtCore.QT_TRANSLATE_NOOP)
"""Marks a text for translation where it is written down; it is translated where it is shown."""
