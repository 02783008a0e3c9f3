"""Sentences about phones whose MAC address a second address uses, about what decisions on them did,
and about phones that the network knows by another MAC address."""

from __future__ import annotations

from pnp_gui.bench.decisions.apply import AddressChange
from pnp_gui.bench.events.mac_check import mac_warning
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.outcomes import name, several, words_of_one
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
    return [
        *who_asks(phone),
        _choices(phone).format(other=conflict.address, own=phone.address, **letters()),
    ]


def who_asks(phone: Phone) -> list[str]:
    """Who asks with the phone's MAC; empty without a conflict."""
    conflict = phone.conflict
    if conflict is None:
        return []
    asked = translate(
        "Conflict",
        "Conflict: {other} on {interface} also asks with this phone's MAC, last at {time}. It "
        "got no answer.",
    )
    lines = [
        asked.format(
            other=conflict.address, interface=conflict.interface, time=clock_time(conflict.last)
        )
    ]
    if conflict.further == 1:
        lines.append(translate("Conflict", "One other address did so too, once."))
    elif conflict.further:
        lines.append(
            translate("Conflict", "Other addresses did so too, %n times in all.", conflict.further)
        )
    return lines


def _choices(phone: Phone) -> str:
    if phone.decision is Decision.APPROVED:
        return translate(
            "Conflict", "{A} sends to {other} instead, {S} to {own} again, {D} to neither."
        )
    if phone.decision is Decision.DENIED:
        return translate(
            "Conflict",
            "Denied: nothing is sent to either. {A} sends to {own}, {X} switches to {other}.",
        )
    return translate(
        "Conflict", "{A} sends to {own}, {X} switches to {other} first, {D} sends to neither."
    )


def mac_sentence(phone: Phone) -> str:
    """The MAC address the network knows and the one the phone names; "" while they agree."""
    warning = mac_warning(phone)
    return trouble_text(warning) if warning is not None else ""


def address_changed(change: AddressChange) -> list[str]:
    """Which phones are at their other address now, and what they were sent there."""
    sentences = []
    if len(change.moved) == 1:
        phone = change.moved[0]
        text = translate("Outcomes", words_of_one(change.sent, phone).moved)
        sentences.append(text.format(phone=name(phone), address=phone.address))
    elif change.moved:
        text = translate("Conflict", "%n phones are now at their other address.", len(change.moved))
        sentences += [text, several(change.sent)]
    if len(change.stayed) == 1:
        text = translate(
            "Conflict",
            "Nothing was sent and {phone} stays at {address}: the other address's request is "
            "no longer kept. The conflict comes back when that address asks again.",
        )
        phone = change.stayed[0]
        sentences.append(text.format(phone=name(phone), address=phone.address))
    elif change.stayed:
        text = translate(
            "Conflict",
            "%n phones stay where they are and were sent nothing: the other addresses' "
            "requests are no longer kept. The conflicts come back when those addresses ask "
            "again.",
            len(change.stayed),
        )
        sentences.append(text)
    return sentences


def left_alone(number: int) -> str:
    """Approved with others that are in no conflict; "" for none."""
    if not number:
        return ""
    return translate(
        "Conflict",
        "%n are in conflict and were left as they are: select them without the others to decide.",
        number,
    )


def too_soon(number: int) -> str:
    """The conflict came up a moment ago."""
    return translate(
        "Conflict",
        "A second address has just started to ask with the MACs of %n phones, so nothing was "
        "done about them. Look at their rows, then decide.",
        number,
    )


def no_conflict(phones: list[Phone]) -> str:
    if len(phones) == 1:
        return translate("Conflict", "No other address asks with the MAC of {phone}.").format(
            phone=name(phones[0])
        )
    return translate("Conflict", "No other address asks with the MAC of any of these phones.")


def warning(phone: Phone) -> str:
    """Added to what was said about the phone; "" where there is no conflict."""
    if phone.conflict is None:
        return ""
    text = translate("Conflict", "Conflict: {address} also asks with this MAC and gets nothing.")
    return text.format(address=phone.conflict.address)


def served_at(phones: list[Phone]) -> str:
    """Where the URL goes, to be asked before it does. "" unless it is one phone in conflict."""
    if len(phones) != 1 or phones[0].conflict is None:
        return ""
    text = translate("Conflict", "It is served at {own}; {other} gets nothing.")
    return text.format(own=phones[0].address, other=phones[0].conflict.address)
