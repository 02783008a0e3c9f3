"""QT_TRANSLATE_NOOP with its true type; `pyside6-lupdate` finds the texts by this name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QLocale

from pnp_gui.trouble import Trouble

QT_TRANSLATE_NOOP = cast(Callable[[str, str], str], QtCore.QT_TRANSLATE_NOOP)
"""Marks a text for translation where it is written down; it is translated where it is shown."""


def translate(context: str, text: str, n: int = -1) -> str:
    """The text in the window's language; `n` fills %n and chooses singular or plural.

    Both strings are literals at the call, so that `pyside6-lupdate` finds them.
    """
    return QCoreApplication.translate(context, text, "", n)


def trouble_text(trouble: Trouble) -> str:
    """The trouble's sentence in the window's language."""
    return translate("Trouble", trouble.template).format(**trouble.values)


def list_separator() -> str:
    """What the spreadsheet programs of this country put between cells."""
    return ";" if QLocale.system().decimalPoint() == "," else ","
