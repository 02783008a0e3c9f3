"""What decisions about phones in conflict did, in whole sentences for the status bar."""

from __future__ import annotations

from pnp_gui.bench.decisions.apply import AddressChange
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.words.outcomes import name, several, words_of_one
from pnp_gui.ui.words.translate import translate


def address_changed(change: AddressChange) -> list[str]:
    """Which phones are at their other address now, and what they were sent there."""
    sentences = []
    if len(change.moved) == 1:
        phone = change.moved[0]
        text = translate("Outcomes", words_of_one(change.sent).moved)
        sentences.append(text.format(phone=name(phone), address=phone.address))
    elif change.moved:
        text = translate("Conflict", "%n phones are at their other address now.", len(change.moved))
        sentences += [text, several(change.sent)]
    if len(change.stayed) == 1:
        text = translate(
            "Conflict",
            "Nothing was sent and {phone} stays at {address}: the other address's request is no"
            " longer kept. The conflict comes back when it asks again.",
        )
        phone = change.stayed[0]
        sentences.append(text.format(phone=name(phone), address=phone.address))
    elif change.stayed:
        text = translate(
            "Conflict",
            "%n phones stay where they are and were sent nothing: the other addresses' requests are"
            " no longer kept. The conflicts come back when these ask again.",
            len(change.stayed),
        )
        sentences.append(text)
    return sentences


def left_alone(number: int) -> str:
    """Approved with others that are in no conflict."""
    return translate(
        "Conflict",
        "%n are in conflict and were left as they are: select them without the others to decide.",
        number,
    )


def too_soon(number: int) -> str:
    """The conflict came up a moment ago."""
    return translate(
        "Conflict",
        "A second address started to ask for %n phones just now, so nothing was done about them."
        " Look at their rows, then decide.",
        number,
    )


def no_conflict(phones: list[Phone]) -> str:
    """There is no other address to change to."""
    if len(phones) == 1:
        return translate("Conflict", "No other address asks for {phone}.").format(
            phone=name(phones[0])
        )
    return translate("Conflict", "No other address asks for any of these phones.")


def warning(phone: Phone) -> str:
    """Added to what was said about the phone; "" where there is no conflict."""
    if phone.conflict is None:
        return ""
    text = translate("Conflict", "Conflict: {address} asks with its MAC too and gets nothing.")
    return text.format(address=phone.conflict.address)


def served_at(phones: list[Phone]) -> str:
    """Where the URL goes, to be asked before it does. "" unless it is one phone in conflict."""
    if len(phones) != 1 or phones[0].conflict is None:
        return ""
    text = translate("Conflict", "It is served at {own}; {other} gets nothing.")
    return text.format(own=phones[0].address, other=phones[0].conflict.address)
