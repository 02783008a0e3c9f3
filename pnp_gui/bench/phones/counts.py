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


class SeenMakes(NamedTuple):
    """The makes of the phones in the table."""

    named: list[tuple[str, int]]
    """Make and number of its phones, the most frequent first: every known make, and the
    `MAX_OTHER_MAKES` most frequent others."""
    further: int
    """How many makes are not named."""


def seen_makes(phones: Iterable[Phone]) -> SeenMakes:
    """Which makes there are to choose from. Takes 3 ms for 20,000 phones of as many makes."""
    counts = Counter(phone.make for phone in phones if phone.make)
    known = [(make, counts.pop(make)) for make in MAKES if make in counts]
    others = counts.most_common(MAX_OTHER_MAKES)
    named = sorted(known + others, key=lambda each: each[1], reverse=True)
    return SeenMakes(named, len(counts) - len(others))


class PhoneCounter:
    """The counts as of the last `update`."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[StatusKind, Decision]] = {}
        """As what each phone is counted."""
        self._kinds: Counter[StatusKind] = Counter()
        self._decisions: Counter[Decision] = Counter()
        self._asking: dict[str, float] = {}
        """Until when those are asking that are counted as it, on the bench's clock."""

    def update(self, phones: Mapping[str, Phone], changed: Iterable[str], now: float) -> None:
        """Count what changed, came or went, and those that do not ask any more at `now`."""
        for key in changed:
            self._count(key, phones.get(key), now)
        for key in [key for key, until in self._asking.items() if until <= now]:
            self._count(key, phones.get(key), now)

    def counts(self) -> Counts:
        """The counts."""
        return Counts(len(self._counted), self._decisions[Decision.APPROVED], self._kinds)

    def _count(self, key: str, phone: Phone | None, now: float) -> None:
        self._asking.pop(key, None)
        before = self._counted.get(key)
        after = None if phone is None else _AS[status_of(phone, now), phone.decision]
        if phone is not None and after is not None and after[0] is StatusKind.ASKING:
            self._asking[key] = phone.asking_until
        if after is before:
            return
        if before is not None:
            kind, decision = before
            self._kinds[kind] -= 1
            self._decisions[decision] -= 1
        if after is None:
            del self._counted[key]
        else:
            kind, decision = self._counted[key] = after
            self._kinds[kind] += 1
            self._decisions[decision] += 1


_AS = {(kind, decision): (kind, decision) for kind in StatusKind for decision in Decision}
"""One pair for all phones that are counted as it."""
