"""What phones were before the last decisions, so that these can be undone, and redone.

Undoing sends nothing, and what was sent stays sent. A step restores only what it changed itself, so
that other changes made in between stay. Redoing is undoing what an undo changed; it leaves phones
that changed since as they are. Steps are kept for this run alone.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pnp_gui.bench.phones.phone import Decision, OtherMac, Phone
from pnp_gui.bench.store.store import Kept
from pnp_gui.pnp.send_result import SendResult

MAX_STEPS = 20
"""Decisions that can be undone, one after the other; older ones stay as they are."""


class UndoneChange(NamedTuple):
    """One phone before and after."""

    before: Kept | None
    """None: it was not known."""
    after: Kept


@dataclass(slots=True)
class Step:
    """One decision on a selection."""

    at: float
    """On the bench's clock."""
    changes: list[UndoneChange] = field(default_factory=list)
    forgotten: list[Phone] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """Of the changes."""
    places: dict[str, tuple[str, OtherMac | None]] = field(default_factory=dict)
    """By key, where each phone was; only of an undo."""


@dataclass(slots=True)
class Undone:
    """What undoing or redoing a step did, in numbers of phones."""

    decided: Counter[Decision] = field(default_factory=Counter)
    """By the decision they have again."""
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


class Undo:
    """The steps, the newest last, and those that redo the ones undone since."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque(maxlen=MAX_STEPS)
        self._redo: list[Step] = []

    def note(
        self,
        at: float,
        phones: Mapping[str, Phone],
        rows: Iterable[Kept],
        into: Step | None = None,
    ) -> Step:
        """These rows, each of another phone, are about to be kept; the step they are in.

        They belong to `into` as long as that is the newest step: phones that are approved as they
        come are one decision, and do not push the technician's others out.
        """
        step = into
        if step is None or not self._steps or self._steps[-1] is not step:
            step = Step(at)
            self._steps.append(step)
        self._redo.clear()
        _add(step, phones, rows)
        return step

    def note_forgotten(self, at: float, phones: list[Phone]) -> None:
        """These phones are about to be forgotten."""
        if phones:
            self._steps.append(Step(at, forgotten=phones))
            self._redo.clear()

    def note_taken(
        self,
        at: float,
        phones: Mapping[str, Phone],
        rows: list[Kept],
        out: list[str],
        *,
        redo: bool,
    ) -> None:
        """A step that `take` gave is about to keep these rows and take these phones out."""
        step = Step(at, forgotten=[phones[key] for key in out])
        _add(step, phones, rows)
        if redo:
            self._steps.append(step)
        else:
            step.places = {key: _place(phones[key]) for key in step.keys & phones.keys()}
            self._redo.append(step)

    def take(self, *, redo: bool) -> Step | None:
        """Take the newest step out."""
        steps = self._redo if redo else self._steps
        return steps.pop() if steps else None


def rows_before(
    step: Step, phones: Mapping[str, Phone], *, redo: bool
) -> tuple[list[Kept], list[str], Undone]:
    """What to keep to undo `step`, or to redo it; the keys of phones to take out, and what that
    will have done."""
    rows: list[Kept] = []
    out: list[str] = []
    undone = Undone()
    for before, after in step.changes:
        phone = phones.get(after.key)
        if phone is None:
            continue
        undone.key = phone.key
        if redo and _has_changed(phone, step, before, after):
            undone.changed += 1
            continue
        if before is None and not phone.asked:
            out.append(phone.key)
            undone.gone += 1
            continue
        was = before or Kept(phone.key, Decision.UNDECIDED, "", "")
        row = Kept(
            phone.key,
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
        if redo and gone.key in phones:
            undone.changed += 1
            continue
        undone.back += 1
        rows.append(Kept(gone.key, gone.decision, gone.own_url, gone.label))
    return rows, out, undone


def _add(step: Step, phones: Mapping[str, Phone], rows: Iterable[Kept]) -> None:
    """The step changes these rows. Of a phone that it has already, the first change counts."""
    known = step.keys
    new = [row for row in rows if row[0] not in known]
    known.update([row[0] for row in new])
    step.changes += [_new(UndoneChange, (_kept(phones.get(row[0])), row)) for row in new]


def _has_changed(phone: Phone, step: Step, before: Kept | None, after: Kept) -> bool:
    """Whether the phone is other than the undo left it, or may be another one."""
    place = step.places.get(phone.key)
    return (
        _kept(phone) != after
        or (before is None and phone.asked > 0)
        or (place is not None and place[0] != "" and place != _place(phone))
        or (phone.conflict is not None and phone.conflict.since >= step.at)
    )


def _place(phone: Phone) -> tuple[str, OtherMac | None]:
    return phone.address, phone.other_mac


def _kept(phone: Phone | None) -> Kept | None:
    if phone is None:
        return None
    return _new(Kept, (phone.key, phone.decision, phone.own_url, phone.label))


_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""
