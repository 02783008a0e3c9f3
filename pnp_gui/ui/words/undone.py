"""What taking a decision back did, in whole sentences for the status bar."""

from __future__ import annotations

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.outcomes import counted, joined, name
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

ONE_SENT = QT_TRANSLATE_NOOP("Undone", "It was sent its URL already; that cannot be undone.")
MANY_SENT = QT_TRANSLATE_NOOP("Undone", "%n were sent their URL already; that cannot be undone.")


def undone_words(undone: Undone, phone: Phone | None) -> str:
    """`phone`: the one it was about, if it was one and is still there."""
    if not undone.total:
        return translate(
            "Undone", "There was nothing left to undo: these phones are already as they were."
        )
    changes = _changes(undone, phone)
    if undone.total > 1:
        many = (counted("Undone", text, number) for number, _, text in changes)
        sent = counted("Undone", MANY_SENT, undone.sent)
        return joined(translate("Undone", "Undone."), *many, sent)
    one = next(text for number, text, _ in changes if number)
    sent = translate("Undone", ONE_SENT) if undone.sent else ""
    text = joined(translate("Undone", one), sent)
    return text if phone is None else text.format(phone=name(phone))


def _changes(undone: Undone, phone: Phone | None) -> tuple[tuple[int, str, str], ...]:
    """What phones have again: their number, and the words for one phone and for several."""
    decided = undone.decided
    approved = QT_TRANSLATE_NOOP(
        "Undone", "Undone: {phone} is approved again. It gets its URL when it asks."
    )
    if phone is not None and phone.asked:
        approved = QT_TRANSLATE_NOOP(
            "Undone", "Undone: {phone} is approved again. S sends its URL now."
        )
    return (
        (
            decided[Decision.UNDECIDED],
            QT_TRANSLATE_NOOP("Undone", "Undone: {phone} is undecided again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are undecided again."),
        ),
        (
            decided[Decision.DENIED],
            QT_TRANSLATE_NOOP("Undone", "Undone: {phone} is denied again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are denied again."),
        ),
        (
            decided[Decision.APPROVED],
            approved,
            QT_TRANSLATE_NOOP("Undone", "%n phones are approved again; S sends their URLs."),
        ),
        (
            undone.urls,
            QT_TRANSLATE_NOOP("Undone", "Undone: {phone} has its earlier URL again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones have their earlier URL again."),
        ),
        (
            undone.labels,
            QT_TRANSLATE_NOOP("Undone", "Undone: {phone} has its earlier label again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones have their earlier label again."),
        ),
        (
            undone.back,
            QT_TRANSLATE_NOOP("Undone", "Undone: {phone} is back."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are back."),
        ),
        (
            undone.gone,
            QT_TRANSLATE_NOOP(
                "Undone", "Undone: 1 phone that had not asked yet is removed from the table again."
            ),
            QT_TRANSLATE_NOOP(
                "Undone", "%n that had not asked yet are removed from the table again."
            ),
        ),
    )
