"""What undo and redo did, in whole sentences for the status bar."""

from __future__ import annotations

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.ui.words.letters import letters
from pnp_gui.ui.words.outcomes import counted, joined, name, several
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

ONE_SENT = QT_TRANSLATE_NOOP("Undone", "It was sent its URL already; that cannot be undone.")
MANY_SENT = QT_TRANSLATE_NOOP("Undone", "%n were sent their URL already; that cannot be undone.")
CHANGED = QT_TRANSLATE_NOOP("Undone", "%n changed since the undo and were left as they are.")


def undone_words(undone: Undone, phone: Phone | None) -> str:
    """`phone`: the one it was about, if it was one and is still there."""
    if not undone.total:
        return translate(
            "Undone", "There was nothing left to undo: these phones are already as they were."
        )
    return joined(
        translate("Undone", "Undone."),
        *_changes(undone, phone),
        _sending(undone),
        _sent(undone),
    )


def redone_words(undone: Undone, phone: Phone | None) -> str:
    """The same of a redo, and what was sent."""
    changed = counted("Undone", CHANGED, undone.changed)
    if not undone.total:
        return changed or translate(
            "Undone", "There was nothing left to redo: these phones are already as they were."
        )
    first, sent = translate("Undone", "Redone."), several(undone.offered)
    return joined(first, *_changes(undone, phone), sent, _sent(undone), changed)


def _sent(undone: Undone) -> str:
    if undone.total == 1:
        return translate("Undone", ONE_SENT) if undone.sent else ""
    return counted("Undone", MANY_SENT, undone.sent)


def _sending(undone: Undone) -> str:
    """How those that are approved again get their URL: undoing sends nothing."""
    later = undone.decided[Decision.APPROVED] - undone.heard
    if later and undone.total == 1:
        return translate("Undone", "It gets its URL when it asks.")
    now = translate("Undone", "{S} sends the URL now.").format(**letters()) if undone.heard else ""
    return joined(now, several({SendResult.NEVER_ASKED: later}))


def _changes(undone: Undone, phone: Phone | None) -> list[str]:
    """What phones have again."""
    decided = undone.decided
    words = (
        (
            decided[Decision.UNDECIDED],
            QT_TRANSLATE_NOOP("Undone", "{phone} is undecided again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are undecided again."),
        ),
        (
            decided[Decision.DENIED],
            QT_TRANSLATE_NOOP("Undone", "{phone} is denied again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are denied again."),
        ),
        (
            decided[Decision.APPROVED],
            QT_TRANSLATE_NOOP("Undone", "{phone} is approved again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are approved again."),
        ),
        (
            undone.urls,
            QT_TRANSLATE_NOOP("Undone", "{phone} has its earlier URL again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones have their earlier URL again."),
        ),
        (
            undone.labels,
            QT_TRANSLATE_NOOP("Undone", "{phone} has its earlier label again."),
            QT_TRANSLATE_NOOP("Undone", "%n phones have their earlier label again."),
        ),
        (
            undone.back,
            QT_TRANSLATE_NOOP("Undone", "{phone} is back."),
            QT_TRANSLATE_NOOP("Undone", "%n phones are back."),
        ),
        (
            undone.gone,
            "",
            QT_TRANSLATE_NOOP("Undone", "%n phones are removed from the table again."),
        ),
    )
    if undone.total == 1 and phone is not None:
        return [translate("Undone", one).format(phone=name(phone)) for n, one, _ in words if n]
    return [counted("Undone", many, number) for number, _, many in words]
