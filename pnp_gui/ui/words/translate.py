"""How texts come into the window's language: its own, and those of the rooms without Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from pnp_gui.resources import resource_path
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

QT_TRANSLATE_NOOP = cast(Callable[[str, str], str], QtCore.QT_TRANSLATE_NOOP)
"""Marks a text of the window where it is written down; it is translated where it is shown."""

CORE = "Core"
"""The context of all texts that rooms without Qt mark (`Text`, `Trouble`, `Log.add`)."""


def install_translation(app: QCoreApplication, language: str = "en") -> None:
    """Texts are shown in this language from now on. English needs it for its plurals."""
    translator = QTranslator(app)
    translator.load(str(resource_path("translations", f"pnp_gui_{language}.qm")))
    app.installTranslator(translator)


def translate(context: str, text: str, n: int = -1) -> str:
    """The text in the window's language; `n` fills %n and chooses singular or plural.

    Both strings are literals at the call, or marked by `QT_TRANSLATE_NOOP`.
    """
    return QCoreApplication.translate(context, text, "", n)


def sentence(template: str, values: Mapping[str, object]) -> str:
    """A marked text in the window's language, with its values; those that are texts likewise."""
    number = values["n"] if "%n" in template else -1
    shown = translate(CORE, template, cast(int, number))
    return shown.format_map({name: _shown(value) for name, value in values.items()})


def translated(text: str) -> str:
    """A `Text` in the window's language; any other text stays as it is."""
    if not isinstance(text, Text):
        return text
    return sentence(text.template, text.values) if text.values else translate(CORE, text)


def trouble_text(trouble: Trouble) -> str:
    """The trouble's sentence in the window's language."""
    return sentence(trouble.template, trouble.values)


def _shown(value: object) -> object:
    if isinstance(value, Trouble):
        return trouble_text(value)
    return translated(value) if isinstance(value, Text) else value


def list_separator() -> str:
    """What the spreadsheet programs of this country put between cells."""
    return ";" if QLocale.system().decimalPoint() == "," else ","
