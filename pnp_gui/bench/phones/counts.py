"""How many phones have which status, kept up by counting only those that changed: the window asks
twice a second, and counting ten thousand phones would take 1 % of the processor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.makes import MAKES

MAX_OTHER_MAKES = 20
"""Makes outside `MAKES` that are named one by one: a phone may call itself anything."""


class Counts(NamedTuple):
    """How many phones, for the status bar."""

    phones: int
    approved: int
    kinds: Mapping[StatusKind, int]
    """By status; those that no phone has may be missing."""


class MakeCounts(NamedTuple):
    """The makes of the phones in the table."""

    named: list[tuple[str, int]]
    """Make and number of its phones, the most frequent first: every known make, and the
    `MAX_OTHER_MAKES` most frequent others."""
    further: int
    """How many makes are not named."""


def count_makes(phones: Iterable[Phone]) -> MakeCounts:
    """Which makes there are to choose from. Takes 3 ms for 20,000 phones of as many makes."""
    counts = Counter(phone.make for phone in phones if phone.make)
    known = [(make, counts.pop(make)) for make in MAKES if make in counts]
    others = counts.most_common(MAX_OTHER_MAKES)
    named = sorted(known + others, key=lambda each: each[1], reverse=True)
    return MakeCounts(named, len(counts) - len(others))


class PhoneCounter:
    """Keeps the counts up."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[StatusKind, Decision]] = {}
        """As what each phone is counted."""
        self._numbers: Counter[tuple[StatusKind, Decision]] = Counter()
        self._asking: dict[str, float] = {}
        """Until when those are asking that are counted as it, on the bench's clock."""

    def count(self, phones: Mapping[str, Phone], changed: Iterable[str], now: float) -> Counts:
        """The counts at `now`, on the bench's clock, after these changed, came or went."""
        over = [key for key, until in self._asking.items() if until <= now]
        for key in {*changed, *over}:
            self._asking.pop(key, None)
            before = self._counted.get(key)
            if before is not None:
                self._numbers[before] -= 1
            phone = phones.get(key)
            if phone is None:
                self._counted.pop(key, None)
                continue
            kind = status_of(phone, now)
            after = self._counted[key] = _AS[kind, phone.decision]
            self._numbers[after] += 1
            if kind is StatusKind.ASKING:
                self._asking[key] = phone.asking_until
        kinds: Counter[StatusKind] = Counter()
        approved = 0
        for (kind, decision), number in self._numbers.items():
            kinds[kind] += number
            approved += number * (decision is Decision.APPROVED)
        return Counts(len(self._counted), approved, kinds)


_AS = {(kind, decision): (kind, decision) for kind in StatusKind for decision in Decision}
"""One pair for all phones that are counted as it."""
