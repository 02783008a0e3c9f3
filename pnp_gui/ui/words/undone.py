"""What taking a decision back did, in whole sentences for the status bar."""

from __future__ import annotations

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.outcomes import if_any, name
from pnp_gui.ui.words.translate import translate


def undone_words(undone: Undone, phone: Phone | None) -> str:
    """`phone`: the one it was about, if it was one and is still there."""
    if undone.total == 1 and phone is not None:
        return _one(undone, phone)
    if undone.total == 1:
        return translate(
            "Undone", "Undone: 1 phone that had not asked yet is removed from the table again."
        )
    if not undone.total:
        return translate(
            "Undone", "There was nothing left to undo: these phones are already as they were."
        )
    return " ".join([translate("Undone", "Undone."), *_many(undone)])


def _one(undone: Undone, phone: Phone) -> str:
    if undone.decided[Decision.UNDECIDED]:
        text = translate("Undone", "Undone: {phone} is undecided again.")
    elif undone.decided[Decision.DENIED]:
        text = translate("Undone", "Undone: {phone} is denied again.")
    elif undone.decided[Decision.APPROVED] and phone.asked:
        text = translate("Undone", "Undone: {phone} is approved again. S sends its URL now.")
    elif undone.decided[Decision.APPROVED]:
        text = translate(
            "Undone", "Undone: {phone} is approved again. It gets its URL when it asks."
        )
    elif undone.urls:
        text = translate("Undone", "Undone: {phone} has its earlier URL again.")
    elif undone.labels:
        text = translate("Undone", "Undone: {phone} has its earlier label again.")
    else:
        text = translate("Undone", "Undone: {phone} is back.")
    if undone.sent:
        text = (
            f"{text} {translate('Undone', 'It was sent its URL already; that cannot be undone.')}"
        )
    return text.format(phone=name(phone))


def _many(undone: Undone) -> list[str]:
    decided = undone.decided
    undecided, denied = decided[Decision.UNDECIDED], decided[Decision.DENIED]
    approved = decided[Decision.APPROVED]
    return if_any(
        (undecided, translate("Undone", "%n phones are undecided again.", undecided)),
        (denied, translate("Undone", "%n phones are denied again.", denied)),
        (
            approved,
            translate("Undone", "%n phones are approved again; S sends their URLs.", approved),
        ),
        (undone.urls, translate("Undone", "%n phones have their earlier URL again.", undone.urls)),
        (
            undone.labels,
            translate("Undone", "%n phones have their earlier label again.", undone.labels),
        ),
        (undone.back, translate("Undone", "%n phones are back.", undone.back)),
        (
            undone.gone,
            translate(
                "Undone", "%n that had not asked yet are removed from the table again.", undone.gone
            ),
        ),
        (
            undone.sent,
            translate(
                "Undone", "%n were sent their URL already; that cannot be undone.", undone.sent
            ),
        ),
    )
