"""Sentences about a phone whose MAC address a second address uses, or that the network knows by
another MAC address."""

from __future__ import annotations

from pnp_gui.bench.events.mac_check import mac_warning
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.times import clock_time
from pnp_gui.ui.words.translate import translate, trouble_text

NEW_SECONDS = 1.0
"""How long a new conflict has to be in its row before a decision can be about it: a key pressed
before was meant for what the row said then."""


def in_conflict(phone: Phone) -> bool:
    """Approved, so that approving it again can only mean the other address."""
    return phone.conflict is not None and phone.decision is Decision.APPROVED


def is_new(phone: Phone, now: float) -> bool:
    """Whether nobody can have read it yet; `now` is the bench's clock."""
    return phone.conflict is not None and now - phone.conflict.since < NEW_SECONDS


def conflict_lines(phone: Phone) -> list[str]:
    """Who asks, and what the keys would do; empty without a conflict."""
    conflict = phone.conflict
    if conflict is None:
        return []
    asked = translate(
        "Conflict",
        "Conflict: {other} on {port} asks with this phone's MAC too, last at {time}. It got no"
        " answer.",
    )
    lines = [
        asked.format(
            other=conflict.address, port=conflict.interface, time=clock_time(conflict.last)
        )
    ]
    if conflict.further == 1:
        lines.append(translate("Conflict", "So did yet another address, once."))
    elif conflict.further:
        lines.append(
            translate("Conflict", "So did yet other addresses, %n times.", conflict.further)
        )
    lines.append(_choices(phone).format(other=conflict.address, own=phone.address))
    return lines


def _choices(phone: Phone) -> str:
    if phone.decision is Decision.APPROVED:
        return translate("Conflict", "A sends to {other} instead, S to {own} again, D to neither.")
    if phone.decision is Decision.DENIED:
        return translate(
            "Conflict", "Denied: nothing goes to either. A sends to {own}, X changes to {other}."
        )
    return translate(
        "Conflict", "A sends to {own}, X changes to {other} first, D sends to neither."
    )


def mac_sentence(phone: Phone) -> str:
    """The MAC address the network knows and the one the phone names; "" while they agree."""
    warning = mac_warning(phone)
    return trouble_text(warning) if warning is not None else ""
