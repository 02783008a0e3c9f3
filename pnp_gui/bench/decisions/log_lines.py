"""The log's lines on decisions: one for each kind, however many phones it was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.texts import Plural

_BY_NAME = {
    Decision.APPROVED: Plural("%n phones approved.", "Approved."),
    Decision.DENIED: Plural("%n phones denied.", "Denied."),
    Decision.UNDECIDED: Plural("%n phones undecided again.", "Undecided again."),
}
_BY_ALL = {
    Decision.APPROVED: Plural("%n phones approved by Approve all.", "Approved by Approve all.")
}


def log_decisions(log: Log, now: float, phones: Sequence[Phone], *, by_all: bool) -> None:
    """Write down what these phones are now. `by_all`: they were not approved by name."""
    for decision, count in Counter([phone.decision for phone in phones]).items():
        template = (_BY_ALL if by_all else _BY_NAME)[decision]
        source = ""
        if count == 1:
            source = next(phone.key for phone in phones if phone.decision is decision)
        log.add(now, Level.INFO, template, {"n": count}, source)


def log_undone(log: Log, now: float, undone: Undone, *, redo: bool) -> None:
    """Write down what was taken back, or decided again."""
    log.add(
        now,
        Level.INFO,
        Plural(
            "Redone: %n phones are as they were before the last undo.",
            "Redone: this phone is as it was before the last undo.",
        )
        if redo
        else Plural(
            "Undone: %n phones are as they were before the last decision.",
            "Undone: this phone is as it was before the last decision.",
        ),
        {"n": undone.total},
        undone.key if undone.total == 1 else "",
    )
