"""What phones were before the last decisions of this run, so that these can be undone. Undoing
sends nothing, and a step restores only what it changed itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.store.store import Kept

MAX_STEPS = 20
"""Decisions that can be undone, one after the other; older ones stay as they are."""


@dataclass(slots=True)
class Step:
    """One decision on a selection."""

    at: float
    """On the bench's clock."""
    changes: dict[str, tuple[Kept | None, Kept]] = field(default_factory=dict)
    """By key, what was decided of the phone before and after; before, None: it was not known."""
    forgotten: list[Phone] = field(default_factory=list)

    def note(self, rows: Iterable[Kept], phones: Mapping[str, Phone]) -> None:
        """These rows are about to be kept. Of two about one phone the first says what it was."""
        for row in rows:
            if row.key not in self.changes:
                phone = phones.get(row.key)
                self.changes[row.key] = (None if phone is None else Kept.of(phone), row)

    def rename(self, key: str, new: str) -> None:
        """A phone has another key."""
        if key in self.changes and new not in self.changes:
            before, after = self.changes.pop(key)
            self.changes[new] = before and before._replace(key=new), after._replace(key=new)


@dataclass(slots=True)
class Undone:
    """What undoing a step did, in numbers of phones."""

    decided: Counter[Decision] = field(default_factory=Counter)
    """By the decision they have again."""
    urls: int = 0
    """Have their earlier URL again, and the decision was not touched."""
    labels: int = 0
    """Have their earlier label again, and nothing else was touched."""
    back: int = 0
    """Had been forgotten and are in the table again."""
    gone: int = 0
    """Had been added, had never asked, and are out of the table again."""
    sent: int = 0
    """Were approved by the step and sent their URL meanwhile, which cannot be undone."""
    key: str = ""
    """The phone, when it was one."""

    @property
    def total(self) -> int:
        """All phones."""
        return self.decided.total() + self.urls + self.labels + self.back + self.gone


def rows_before(step: Step, phones: Mapping[str, Phone]) -> tuple[list[Kept], list[str], Undone]:
    """What to keep to undo `step`, the keys of phones to take out, and what that will have done."""
    rows: list[Kept] = []
    out: list[str] = []
    undone = Undone()
    for key, (before, after) in step.changes.items():
        phone = phones.get(key)
        if phone is None:
            continue
        undone.key = key
        if before is None and not phone.asked:
            out.append(key)
            undone.gone += 1
            continue
        was = before or Kept(key, Decision.UNDECIDED, "", "")
        row = Kept(
            key,
            phone.decision if was.decision is after.decision else was.decision,
            phone.own_url if was.own_url == after.own_url else was.own_url,
            phone.label if was.label == after.label else was.label,
        )
        rows.append(row)
        if row.decision is not phone.decision:
            undone.decided[row.decision] += 1
            if phone.decision is Decision.APPROVED and phone.offered_at >= step.at:
                undone.sent += 1
        elif row.own_url != phone.own_url:
            undone.urls += 1
        elif row.label != phone.label:
            undone.labels += 1
    for gone in step.forgotten:
        undone.key = gone.key
        undone.back += 1
        rows.append(Kept.of(gone))
    return rows, out, undone
