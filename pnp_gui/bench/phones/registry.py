"""All phones, and which of them changed since the window last took the changes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from pnp_gui.bench.phones.askers import Askers
from pnp_gui.bench.phones.counts import Counts, PhoneCounter
from pnp_gui.bench.phones.key import mac_of
from pnp_gui.bench.phones.phone import APPROVED, UNDECIDED, Decision, Phone

MAX_UNDECIDED = 20_000
"""Undecided phones at most, so that a flood ends. Phones with a decision always stay."""

MOST_AT_ONCE = 5_000
"""Changed phones that the window takes over, or that are counted, at a time: some 40 ms."""


class Changes(NamedTuple):
    """What changed. A key in both was removed and then came back as another phone."""

    changed: set[str]
    """Keys of phones that are new or not as they were."""
    removed: set[str]
    """Keys of phones that went; to be handled first."""
    renamed: dict[str, str]
    """Of these, phones that have another key from now on: their new keys."""


@dataclass(slots=True)
class PhoneRegistry:
    """The phones by key."""

    phones: dict[str, Phone] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    """Keys that were an address, and the MACs that took their place."""
    undecided: int = 0
    """How many phones are undecided."""
    unseen: set[str] = field(default_factory=set)
    """Keys of the phones that are `Phone.unseen`."""
    turned_away: int = 0
    """SUBSCRIBEs of new phones that were not shown since there were too many."""
    askers: Askers = field(init=False)
    _counter: PhoneCounter = field(default_factory=PhoneCounter)
    _uncounted: set[str] = field(default_factory=set)
    """Keys of changes that the window took and that are not counted yet."""
    _in_parts: bool = False
    """The window takes changes over in parts."""

    def __post_init__(self) -> None:
        self.askers = Askers(self.phones)

    @property
    def full(self) -> bool:
        """Whether there is no room for one more undecided phone."""
        return self.undecided >= MAX_UNDECIDED

    def asking(self, now: float) -> list[Phone]:
        """Those whose request can be answered at `now`, on the bench's clock."""
        return [phone for phone in self.phones.values() if now < phone.asking_until]

    def known(self, keys: Iterable[str]) -> list[Phone]:
        """The phones of these keys that there are, each once."""
        phones = self.phones
        return [phones[key] for key in dict.fromkeys(keys) if key in phones]

    def new(self, key: str) -> Phone:
        """A new, undecided phone; `key` is not known yet."""
        phone = Phone(key, mac_of(key))
        self.add(phone)
        return phone

    def add(self, phone: Phone) -> None:
        """A phone from the store, or one that was removed; its key is not known yet."""
        self.phones[phone.key] = phone
        self.undecided += phone.decision is UNDECIDED
        self.changed.add(phone.key)

    def restore(self, phones: Iterable[Phone]) -> list[Phone]:
        """Phones that were removed, without those that came back by themselves; which ones."""
        gone = [phone for phone in phones if phone.key not in self.phones]
        for phone in gone:
            self.add(phone)
        return gone

    def remove(self, key: str) -> None:
        """Take the phone out."""
        self.askers.left(self._take_out(key))

    def _take_out(self, key: str) -> Phone:
        phone = self.phones.pop(key)
        phone.forgotten()
        self.unseen.discard(key)
        self.undecided -= phone.decision is UNDECIDED
        if not self.full:
            self.turned_away = 0
        self.changed.discard(key)
        self.removed.add(key)
        return phone

    def rename(self, key: str, phone: Phone) -> None:
        """Put this in the place of the row with that key, and of the one that it has already."""
        for each in {key, phone.key} & self.phones.keys():
            self._take_out(each)
        self.add(phone)
        self.askers.renamed({key, phone.key}, phone)
        self.renamed[key] = phone.key
        if phone.unseen:
            self.unseen.add(phone.key)

    def decide(self, phone: Phone, decision: Decision) -> None:
        """Set the decision."""
        self.undecided += (decision is UNDECIDED) - (phone.decision is UNDECIDED)
        self.unseen.discard(phone.key)
        was = phone.decision
        phone.decided(decision)
        if was is APPROVED and decision is not APPROVED:
            self.askers.not_approved(phone)
        if self.turned_away and not self.full:
            self.turned_away = 0

    def settle(self, phones: Iterable[Phone]) -> None:
        """These are at the addresses in their rows, until others ask for them again."""
        for phone in phones:
            if phone.conflict is not None:
                phone.settled()
                self.changed.add(phone.key)

    def mark_seen(self, phones: Iterable[Phone]) -> None:
        """Somebody looked at these."""
        for phone in phones:
            if phone.unseen:
                phone.seen()
                self.unseen.discard(phone.key)
                self.changed.add(phone.key)

    def take_changes(self, most: int = sys.maxsize) -> Changes:
        """What changed since the last call; of more than `most` changed phones the rest is left for
        the next call."""
        self._in_parts = most < sys.maxsize
        some = self.changed if len(self.changed) <= most else set(islice(self.changed, most))
        changes = Changes(some, self.removed, self.renamed)
        self._uncounted |= some | self.removed
        self.changed, self.removed, self.renamed = self.changed - some, set(), {}
        return changes

    @property
    def is_behind(self) -> bool:
        """More changed than the window takes over at a time."""
        return self._in_parts and len(self.changed) > MOST_AT_ONCE

    def counts(self, now: float) -> Counts:
        """The counts as the rows show them at `now`, on the bench's clock."""
        changed = self._uncounted | self.removed
        if not self.is_behind:  # else those are counted when they are taken over
            changed |= self.changed
        self._uncounted = set()
        return self._counter.count(self.phones, changed, now)
