"""What taking a decision back did, in whole sentences for the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.words.counted import counted
from pnp_gui.ui.words.outcomes import name


def undone_words(undone: Undone, phone: Phone | None) -> str:
    """`phone`: the one it was about, if it was one and is still there."""
    if undone.total == 1 and phone is not None:
        return _one(undone, phone)
    if undone.total == 1:
        return _tr("Undone: 1 phone that had not asked yet is off the table again.")
    if not undone.total:
        return _tr("Undone already: those phones are as they were before.")
    return " ".join([_tr("Undone."), *_many(undone)])


def _one(undone: Undone, phone: Phone) -> str:
    if undone.decided[Decision.UNDECIDED]:
        text = _tr("Undone: {phone} is undecided again.")
    elif undone.decided[Decision.DENIED]:
        text = _tr("Undone: {phone} is denied again.")
    elif undone.decided[Decision.APPROVED]:
        text = _tr("Undone: {phone} is approved again. S sends its URL now.")
    elif undone.urls:
        text = _tr("Undone: {phone} has its earlier URL again.")
    elif undone.labels:
        text = _tr("Undone: {phone} has its earlier label again.")
    else:
        text = _tr("Undone: {phone} is back.")
    if undone.sent:
        text = f"{text} {_tr('It was sent its URL already; that cannot be unsent.')}"
    return text.format(phone=name(phone))


def _many(undone: Undone) -> list[str]:
    decided = undone.decided
    undecided, denied = decided[Decision.UNDECIDED], decided[Decision.DENIED]
    approved = decided[Decision.APPROVED]
    return counted(
        (
            undecided,
            _tr("1 phone is undecided again."),
            _tr("%n phones are undecided again.", undecided),
        ),
        (denied, _tr("1 phone is denied again."), _tr("%n phones are denied again.", denied)),
        (
            approved,
            _tr("1 phone is approved again; S sends its URL."),
            _tr("%n phones are approved again; S sends their URLs.", approved),
        ),
        (
            undone.urls,
            _tr("1 phone has its earlier URL again."),
            _tr("%n phones have their earlier URL again.", undone.urls),
        ),
        (
            undone.labels,
            _tr("1 phone has its earlier label again."),
            _tr("%n phones have their earlier label again.", undone.labels),
        ),
        (undone.back, _tr("1 phone is back."), _tr("%n phones are back.", undone.back)),
        (
            undone.gone,
            _tr("1 that had not asked yet is off the table again."),
            _tr("%n that had not asked yet are off the table again.", undone.gone),
        ),
        (
            undone.sent,
            _tr("1 was sent its URL already; that cannot be unsent."),
            _tr("%n were sent their URL already; that cannot be unsent.", undone.sent),
        ),
    )


def _tr(text: str, n: int = -1) -> str:
    return QCoreApplication.translate("Undone", text, "", n)
