"""A phone's name and decision in words."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

ABSENT = "\N{EN DASH}"
"""A cell's text for something that has not happened."""


def phone_text(phone: Phone) -> str:
    """The phone's name: its MAC address, else its IP address."""
    return show_mac(phone.mac) if phone.mac else phone.key.removeprefix("ip:")


def phone_words(phone: Phone) -> str:
    """The same, and whether its MAC is not its own word."""
    if not phone.mac_by_arp:
        return phone_text(phone)
    return translate("Columns", "{mac} · MAC by ARP").format(mac=phone_text(phone))


def profile_words(phone: Phone) -> str:
    """Which profile it asks for, where that is not the device's (RFC 6080 section 4); else ""."""
    words = {
        "user": QT_TRANSLATE_NOOP("Columns", "user profile"),
        "local-network": QT_TRANSLATE_NOOP("Columns", "local network profile"),
    }.get(phone.profile)
    return translate("Columns", words) if words else ""


def decision_text(decision: Decision) -> str:
    """The decision in one word, for the find field, screen readers and spreadsheets."""
    words = {
        Decision.UNDECIDED: QT_TRANSLATE_NOOP("Columns", "Undecided"),
        Decision.APPROVED: QT_TRANSLATE_NOOP("Columns", "Approved"),
        Decision.DENIED: QT_TRANSLATE_NOOP("Columns", "Denied"),
    }
    return translate("Columns", words[decision])
