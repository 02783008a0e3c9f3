"""Which phone stands above which: sort keys, worked out once for each change of a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.columns import Column, SortKey, sorts_by


class SortKeys:
    """The sort keys of the visible phones under the order that was chosen."""

    def __init__(self) -> None:
        self._of = sorts_by(None)
        self._reverse = False
        self._keys: dict[str, SortKey] = {}

    def choose(self, column: Column | None, reverse: bool) -> None:
        """Sort by this column (None: the order at first); every phone is to be noted anew."""
        self._of = sorts_by(column)
        self._reverse = reverse and column is not None
        self._keys.clear()

    def note(self, phones: Iterable[Phone], now: float) -> bool:
        """Work out where these phones stand; whether that may be other places than before."""
        of, known = self._of, self._keys
        moved = False
        for phone in phones:
            key = phone.key
            new = (of(phone, now), key)
            if known.get(key) != new:
                known[key] = new
                moved = True
        return moved

    def note_new(self, phones: Iterable[Phone], now: float) -> None:
        """The same for those of these phones that are not noted yet."""
        of, known = self._of, self._keys
        # All phones at once when the order is another one: a call for each takes as long again.
        known |= {one.key: (of(one, now), one.key) for one in phones if one.key not in known}

    def drop(self, keys: Iterable[str]) -> None:
        """These phones are not visible any more."""
        for key in keys:
            self._keys.pop(key, None)

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """The noted phones in order. Nearly sorted ones cost next to nothing."""
        return sorted(keys, key=self._keys.__getitem__, reverse=self._reverse)

    def place(self, key: str, rows: Sequence[str]) -> int:
        """Where a noted phone belongs among sorted rows."""
        new = self._keys[key]
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            there = self._keys[rows[middle]]
            if new > there if self._reverse else new < there:
                high = middle
            else:
                low = middle + 1
        return low


def runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The runs of neighbours in ascending numbers: 1 2 3 7 8 -> (1, 3), (7, 8)."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
