"""A phone's name and decision in words."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

ABSENT = "\N{EN DASH}"
"""A cell for something that has not happened."""


def phone_text(phone: Phone) -> str:
    return show_mac(phone.mac) if phone.mac else phone.key.removeprefix("ip:")


def decision_text(decision: Decision) -> str:
    """The decision as a word of its own (for the eyes of a screen reader and of a spreadsheet)."""
    words = {
        Decision.UNDECIDED: QT_TRANSLATE_NOOP("Columns", "Undecided"),
        Decision.APPROVED: QT_TRANSLATE_NOOP("Columns", "Approved"),
        Decision.DENIED: QT_TRANSLATE_NOOP("Columns", "Denied"),
    }
    return translate("Columns", words[decision])
