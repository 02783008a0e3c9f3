"""All phones, and which of them changed since the window last looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pnp_gui.bench.phones.counts import Counts, PhoneCounter
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot, mac_of

__all__ = ["Changes", "Counts", "PhoneRegistry"]

MAX_UNDECIDED = 20_000
"""Undecided phones at most: a flood ends here. Phones with a decision always stay."""


class Changes(NamedTuple):
    """What changed. A key in both was removed and then came back as another phone."""

    changed: set[str]
    """Keys of phones that are new or not as they were."""
    removed: set[str]
    """Keys of phones that went; to be looked at first."""


class PhoneRegistry:
    """The phones by key."""

    phones: dict[str, Phone]
    changed: set[str]
    removed: set[str]
    undecided: int
    """How many phones are undecided."""
    unseen: set[str]
    """Keys of the phones nobody looked at since they began to ask."""
    turned_away: int
    """SUBSCRIBEs of new phones that were not shown since there were too many."""

    def __init__(self) -> None:
        self.phones = {}
        self.changed = set()
        self.removed = set()
        self.undecided = 0
        self.unseen = set()
        self.turned_away = 0
        self._counting = PhoneCounter()
        self._uncounted: set[str] = set()
        """Keys of what changed, came or went before the window took it, and is not counted."""

    @property
    def full(self) -> bool:
        """Whether a phone that nobody decided about would be one too many."""
        return self.undecided >= MAX_UNDECIDED

    def has_room(self, key: str) -> bool:
        """Whether this phone has a row, or would get one."""
        return key in self.phones or not self.full

    def asking(self, now: float) -> list[Phone]:
        """Those whose request still waits for its answer at `now`, on the bench's clock."""
        return [one for one in self.phones.values() if one.heard and now < one.asking_until]

    def add(self, key: str) -> Phone:
        """A new, undecided phone; `key` is not known yet."""
        return self.take_in(Phone(key, mac_of(key)))

    def take_in(self, phone: Phone) -> Phone:
        """A phone from the store, whose key is not known yet."""
        self.phones[phone.key] = phone
        self.undecided += phone.decision is Decision.UNDECIDED
        self.changed.add(phone.key)
        return phone

    def take_back(self, phones: Iterable[Phone]) -> list[Phone]:
        """Phones that were forgotten, without what was under way then; those that are back."""
        gone = [phone for phone in phones if phone.key not in self.phones]
        for phone in gone:
            phone.reboot = Reboot.NONE
            if phone.progress is Progress.SENT:
                phone.progress = Progress.ASKING
            self.take_in(phone)
        return gone

    def known(self, keys: Iterable[str]) -> list[Phone]:
        """The phones of these keys that there are, each once."""
        phones = self.phones
        return [phones[key] for key in dict.fromkeys(keys) if key in phones]

    def decide(self, phone: Phone, decision: Decision) -> None:
        """Set the decision. Who decides has looked at the phone, and what came before is over."""
        if phone.unseen:
            self.look_at(phone)
        phone.reboot = Reboot.NONE
        phone.conflict = None
        if decision is Decision.UNDECIDED:
            self.undecided += 1
        if phone.decision is Decision.UNDECIDED:
            self.undecided -= 1
        phone.decision = decision
        if self.turned_away and not self.full:
            self.turned_away = 0

    def settle(self, phones: Iterable[Phone]) -> None:
        """The approved ones are where their rows say, whoever else asked for them."""
        for phone in phones:
            if phone.conflict is not None and phone.decision is Decision.APPROVED:
                phone.conflict = None
                self.changed.add(phone.key)

    def mark(self, phone: Phone) -> None:
        """It began to ask: somebody should look at it."""
        phone.unseen = True
        self.unseen.add(phone.key)

    def look_at(self, phone: Phone) -> None:
        """Somebody did."""
        if phone.unseen:
            phone.unseen = False
            self.unseen.discard(phone.key)
            self.changed.add(phone.key)

    def remove(self, key: str) -> None:
        """Take the phone out."""
        phone = self.phones.pop(key)
        self.look_at(phone)
        self.undecided -= phone.decision is Decision.UNDECIDED
        if not self.full:
            self.turned_away = 0
        self.changed.discard(key)
        self.removed.add(key)

    def take_changes(self) -> Changes:
        """What changed since the last call."""
        changes = Changes(self.changed, self.removed)
        self._uncounted |= self.changed
        self._uncounted |= self.removed
        self.changed, self.removed = set(), set()
        return changes

    def counts(self, now: float) -> Counts:
        """The counts as the rows show them at `now`, on the bench's clock."""
        changed = self._uncounted | self.changed | self.removed
        self._counting.look(self.phones, changed, now)
        self._uncounted = set()
        return self._counting.counts()
