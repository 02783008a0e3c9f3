"""What a decision about phones in conflict did, in whole sentences for the status bar."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.outcomes import name
from pnp_gui.ui.words.translate import translate


def changed(phones: list[Phone], sent: int) -> str:
    """These phones are at their other address now, and `sent` of them were sent their URL there."""
    if len(phones) != 1:
        first = translate("Conflict", "%n phones are at their other address now.", len(phones))
        if sent == 1:
            return f"{first} {translate('Conflict', '1 was sent its URL there.')}"
        return (
            f"{first} {translate('Conflict', '%n were sent their URL there.', sent)}"
            if sent
            else first
        )
    phone = phones[0]
    if sent:
        text = translate("Conflict", "{phone} is at {address} now, and its URL was sent there.")
    elif phone.decision is Decision.APPROVED:
        text = translate("Conflict", "{phone} is at {address} now. It gets its URL when it asks.")
    else:
        text = translate(
            "Conflict", "{phone} is at {address} now. It is not approved, so nothing was sent."
        )
    return text.format(phone=name(phone), address=phone.address)


def left_alone(number: int) -> str:
    """Approved with others that are in no conflict."""
    if number == 1:
        return translate(
            "Conflict", "1 is in conflict and was left as it is: select it alone to decide."
        )
    return translate(
        "Conflict",
        "%n are in conflict and were left as they are: select them without the others to decide.",
        number,
    )


def too_soon(number: int) -> str:
    """The conflict came up a moment ago."""
    if number == 1:
        return translate(
            "Conflict",
            "A second address began to ask for 1 phone just now, so nothing was done about it."
            " Look at its row, then decide.",
        )
    return translate(
        "Conflict",
        "Second addresses began to ask for %n phones just now, so nothing was done about them."
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
