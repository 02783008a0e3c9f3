"""The log's lines on decisions: one for each kind, however many phones it was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.record.log import Level, Log

_BY_NAME = {
    Decision.APPROVED: ("Approved.", "{count} phones approved."),
    Decision.DENIED: ("Denied.", "{count} phones denied."),
    Decision.UNDECIDED: ("Undecided again.", "{count} phones undecided again."),
}
_BY_ALL = {
    Decision.APPROVED: (
        "Approved, as all are that ask now.",
        "{count} phones approved, as all are that ask now.",
    )
}


def log_decisions(log: Log, now: float, phones: Sequence[Phone], *, by_all: bool) -> None:
    """Write down what these phones are now. `by_all`: they were not approved by name."""
    for decision, count in Counter([phone.decision for phone in phones]).items():
        one, many = (_BY_ALL if by_all else _BY_NAME)[decision]
        template, source = many, ""
        if count == 1:
            template = one
            source = next(phone.key for phone in phones if phone.decision is decision)
        log.add(now, Level.INFO, template, {"count": count}, source)


def log_undone(log: Log, now: float, undone: Undone) -> None:
    """Write down what was taken back."""
    log.add(
        now,
        Level.INFO,
        "Undone: as it was before the last decision."
        if undone.total == 1
        else "Undone: {count} phones are as they were before the last decision.",
        {"count": undone.total},
        undone.key if undone.total == 1 else "",
    )
