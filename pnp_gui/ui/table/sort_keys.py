"""Which phone stands above which: what the columns sort by, computed once per change of a phone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import RANK, StatusKind, status_of
from pnp_gui.pnp.makes import asks_for

SortKey = tuple[object, ...]
SortBy = Callable[[Phone, float], SortKey]
"""Phone and the bench's clock -> what it is sorted by."""

_DECISIONS = {decision: place for place, decision in enumerate(Decision)}


def by_decision(phone: Phone, now: float) -> SortKey:
    return (_DECISIONS[phone.decision],)


def by_address(phone: Phone, now: float) -> SortKey:
    """As numbers; a phone without an IPv4 address last."""
    try:
        return (False, *map(int, phone.address.split(".")))
    except ValueError:
        return (True,)


def by_last_request(phone: Phone, now: float) -> SortKey:
    """The newest on top: first the phones that asked in this run, by the monotonic clock, then
    those of earlier runs."""
    return (not phone.asked, -(phone.asked_at if phone.asked else phone.last_seen or 0.0))


def _by_first_request(phone: Phone, now: float) -> SortKey:
    """The same, but a phone that repeats its request counts by its first one: its row stands still
    meanwhile, and the order is the same after a restart."""
    if now < phone.asking_until and phone.repeated:
        return (False, asks_for(phone.make) - phone.asking_until)
    return by_last_request(phone, now)


def by_status(phone: Phone, now: float) -> SortKey:
    return (RANK[status_of(phone, now)], *_by_first_request(phone, now))


def by_urgency(phone: Phone, now: float) -> SortKey:
    """The default order: phones that wait for a decision (asking or in conflict) on top, then the
    newest."""
    waits = status_of(phone, now) in (StatusKind.ASKING, StatusKind.CONFLICT)
    return (not waits, *_by_first_request(phone, now))


class SortKeys:
    """The sort keys of the visible phones under the chosen order.

    A phone's key follows what it is sorted by, so no two are equal and the order never wavers.
    """

    def __init__(self) -> None:
        self._by: SortBy = by_urgency
        self._reverse = False
        self._keys: dict[str, SortKey] = {}
        self.first: set[str] = set()
        """Phones that come before the others, whatever the order is."""

    def choose(self, by: SortBy, reverse: bool) -> None:
        """Sort by this; every phone has to be added again."""
        self._by = by
        self._reverse = reverse
        self._keys.clear()

    def update(self, phones: Iterable[Phone], now: float) -> bool:
        """Compute these phones' keys. True when any of them may belong elsewhere now."""
        by, known = self._by, self._keys
        moved = False
        for phone in phones:
            key = phone.key
            new = (by(phone, now), key)
            if known.get(key) != new:
                known[key] = new
                moved = True
        return moved

    def add(self, phones: Iterable[Phone], now: float) -> None:
        """Compute the keys of those phones that have none yet."""
        by, known = self._by, self._keys
        # In one comprehension: ten thousand calls of `update` would double the time.
        known |= {one.key: (by(one, now), one.key) for one in phones if one.key not in known}

    def drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._keys.pop(key, None)
            self.first.discard(key)

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """These phones in order. Nearly sorted ones cost next to nothing."""
        return sorted(keys, key=self._key_of(), reverse=self._reverse)

    def place(self, key: str, rows: Sequence[str]) -> int:
        """The row at which a phone belongs among sorted rows."""
        key_of = self._key_of()
        if self._reverse:
            return len(rows) - bisect(rows[::-1], key_of(key), key=key_of)
        return bisect(rows, key_of(key), key=key_of)

    def _key_of(self) -> Callable[[str], SortKey]:
        key_of, first, reverse = self._keys.__getitem__, self.first, self._reverse
        if not first:
            return key_of
        return lambda key: ((key in first) is reverse, key_of(key))


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The runs of neighbours in ascending numbers: 1 2 3 7 8 -> (1, 3), (7, 8)."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        together = [number for _, number in run]
        yield together[0], together[-1]
