"""What phones were before the last decisions of this run, so that these can be undone and redone.

Undoing sends nothing, and a step restores only what it changed itself. Redoing undoes what an undo
changed; it leaves phones that changed since as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pnp_gui.bench.phones.others import OtherMac
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.store.store import Kept
from pnp_gui.pnp.send_result import SendResult

MAX_STEPS = 20
"""Decisions that can be undone, one after the other; older ones stay as they are."""


@dataclass(slots=True)
class Step:
    """One decision on a selection."""

    at: float
    """On the bench's clock."""
    before: dict[str, Kept] = field(default_factory=dict)
    """By key, what was decided of the phones before; without those that were not known."""
    after: dict[str, Kept] = field(default_factory=dict)
    """By key, what was decided of all these phones then."""
    forgotten: list[Phone] = field(default_factory=list)
    places: dict[str, tuple[str, OtherMac | None]] = field(default_factory=dict)
    """By key, where each phone was; only of an undo."""

    def note(self, rows: Iterable[Kept], phones: Mapping[str, Phone]) -> None:
        """These rows are about to be kept. Of two about one phone the first says what it was."""
        for row in rows:
            if row.key not in self.after:
                self.after[row.key] = row
                if phone := phones.get(row.key):
                    self.before[row.key] = Kept.of(phone)

    def rename(self, key: str, new: str, known: Kept | None) -> None:
        """A phone has another key. `known`: what was decided of the row with that key, if there was
        one; that held and holds, whatever this step decided."""
        if key in self.after and new not in self.after:
            held = known or Kept(new, Decision.UNDECIDED, "", "")
            self.after[new] = held.over(self.after.pop(key))
            before = self.before.pop(key, known)
            if before is not None:
                self.before[new] = held.over(before)
            if key in self.places:
                self.places[new] = self.places.pop(key)

    def note_places(self, phones: Mapping[str, Phone]) -> None:
        """A redo is for the phones as they are now."""
        self.places = {key: _place(phones[key]) for key in self.after if key in phones}

    def is_changed(self, phone: Phone) -> bool:
        """Whether the phone is other than the undo left it, or may be another one."""
        place = self.places.get(phone.key)
        return (
            Kept.of(phone) != self.after[phone.key]
            or (phone.key not in self.before and phone.asked > 0)
            or (place is not None and place[0] != "" and place != _place(phone))
            or (phone.conflict is not None and phone.conflict.since >= self.at)
        )


@dataclass(slots=True)
class Undone:
    """What undoing or redoing a step did, in numbers of phones."""

    decided: Counter[Decision] = field(default_factory=Counter)
    """By the decision they have again."""
    heard: int = 0
    """Are approved again and asked in this run, so that they can be sent their URL."""
    urls: int = 0
    """Have their earlier URL again, and the decision was not touched."""
    labels: int = 0
    """Have their earlier label again, and nothing else was touched."""
    back: int = 0
    """Had been forgotten and are in the table again."""
    gone: int = 0
    """Had been added or brought back, had not asked since, and are out of the table again."""
    sent: int = 0
    """Were approved by the step and sent their URL meanwhile, which cannot be undone."""
    changed: int = 0
    """Changed since the undo, so that the redo left them as they are."""
    offered: Mapping[SendResult, int] = field(default_factory=dict)
    """How many that were approved by a redo had which outcome; see `Bench.approve`."""
    key: str = ""
    """The phone, when it was one."""

    @property
    def total(self) -> int:
        """All phones that are as they were."""
        return self.decided.total() + self.urls + self.labels + self.back + self.gone


def rows_before(
    step: Step, phones: Mapping[str, Phone], *, redo: bool
) -> tuple[list[Kept], list[str], Undone]:
    """What to keep to undo `step`, or to redo it; the keys of phones to take out, and what that
    will have done."""
    rows: list[Kept] = []
    out: list[str] = []
    undone = Undone()
    for key, after in step.after.items():
        before, phone = step.before.get(key), phones.get(key)
        if phone is None:
            continue
        undone.key = key
        if redo and step.is_changed(phone):
            undone.changed += 1
            continue
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
            undone.heard += row.decision is Decision.APPROVED and phone.asked > 0
            if phone.decision is Decision.APPROVED and phone.offered_at >= step.at:
                undone.sent += 1
        elif row.own_url != phone.own_url:
            undone.urls += 1
        elif row.label != phone.label:
            undone.labels += 1
    for gone in step.forgotten:
        undone.key = gone.key
        if redo and gone.key in phones:
            undone.changed += 1
            continue
        undone.back += 1
        rows.append(Kept.of(gone))
    return rows, out, undone


def _place(phone: Phone) -> tuple[str, OtherMac | None]:
    return phone.address, phone.other_mac
