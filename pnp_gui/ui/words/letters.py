"""What sentences call the commands that have a single letter: {A}, {D}, {S}, {U}, {X} are filled in
by the letter, or by the words of its button while single letters are no commands."""

from __future__ import annotations

from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

_WORDS = {
    "A": QT_TRANSLATE_NOOP("Letters", "“Approve”"),
    "D": QT_TRANSLATE_NOOP("Letters", "“Deny”"),
    "S": QT_TRANSLATE_NOOP("Letters", "“Send again”"),
    "U": QT_TRANSLATE_NOOP("Letters", "“Undecided”"),
    "X": QT_TRANSLATE_NOOP("Letters", "“Switch to the other address”"),
}
_off: list[bool] = []


def show_letters(on: bool) -> None:
    """Whether single letters are commands now."""
    _off[:] = [] if on else [True]


def letters() -> dict[str, str]:
    """What each is called now."""
    return {letter: translate("Letters", _WORDS[letter]) if _off else letter for letter in _WORDS}
