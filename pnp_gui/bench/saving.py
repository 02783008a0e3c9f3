"""Saving that does not give up: what the disk would not take is tried again until it does.

Meanwhile the decisions hold in the rows, and the problem stands in the bench's `troubles`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pnp_gui.bench.floor import Floor
from pnp_gui.bench.phone import Decision, Phone
from pnp_gui.bench.schema import NEEDS_NEW_FILE, SAVING
from pnp_gui.bench.store import Kept, Store
from pnp_gui.trouble import Trouble

SAVE_AGAIN_AFTER = 5.0
"""Seconds until saving is tried again after it failed."""


class Saving:
    """Stands between the rows and the store."""

    def __init__(
        self,
        floor: Floor,
        store: Store,
        troubles: dict[str, Trouble],
        tell: Callable[[Trouble], None],
        monotonic: Callable[[], float],
    ) -> None:
        """Fill the floor from the store. `tell` writes a trouble into the log."""
        self._floor = floor
        self._store = store
        self._troubles = troubles
        self._tell = tell
        self._unsaved: set[str] = set()
        self._monotonic = monotonic
        self._again_at = 0.0
        for phone in store.load():
            floor.take_in(phone)
        self._read_troubles()

    def save(self, rows: Sequence[Kept]) -> None:
        """Have these decisions on the disk, or remember that they are not."""
        self._now_or_later([row.key for row in rows], lambda: self._store.save_decisions(rows))

    def forget(self, keys: Sequence[str]) -> None:
        """Have these phones out of the file, or remember that they are not."""
        self._now_or_later(keys, lambda: self._store.forget(keys))

    def tick(self) -> None:
        """Write what is waiting; after a failure, not before `SAVE_AGAIN_AFTER` seconds."""
        if self._monotonic() >= self._again_at:
            self._write(self._store.flush_behind)

    def write(self) -> None:
        """Write what is waiting, now."""
        self._write(self._store.flush)

    def _write(self, flush: Callable[[], None]) -> None:
        store = self._store
        try:
            if not store.lasting or NEEDS_NEW_FILE & self._troubles.keys():
                self._open_again()
            if self._unsaved:
                self._save_unsaved()
            flush()
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._saved()

    def _now_or_later(self, keys: Sequence[str], save: Callable[[], None]) -> None:
        try:
            save()
        except Trouble as trouble:
            self._unsaved.update(keys)
            self._not_saved(trouble)
        else:
            self._unsaved.difference_update(keys)
            self._again_at = 0.0  # the disk takes it again: the rest goes with the next tick

    def _save_unsaved(self) -> None:
        phones = self._floor.phones
        self._store.forget([key for key in self._unsaved if key not in phones])
        self._store.save_decisions(
            [
                Kept(key, phone.decision, phone.own_url, phone.label)
                for key in self._unsaved
                if (phone := phones.get(key)) is not None
            ]
        )
        self._unsaved.clear()

    def _open_again(self) -> None:
        """The file may be usable now. What was decided in this run goes over what it holds."""
        self._store.open_again()
        self._take_over()

    def use_again(self, aside: str) -> None:
        """Go on with the file that was set aside under this name."""
        try:
            self._store.use_again(aside)
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._take_over()
            self.write()

    def _take_over(self) -> None:
        for kept in self._store.load():
            if kept.key not in self._unsaved:
                self._merge(kept)
        # It may also be a new file, which holds nothing.
        for phone in self._floor.phones.values():
            self._unsaved.add(phone.key)
            self._store.note(phone)
        self._read_troubles()

    def _merge(self, kept: Phone) -> None:
        floor = self._floor
        phone = floor.phones.get(kept.key)
        if phone is None:
            floor.take_in(kept)
        elif phone.decision is Decision.UNDECIDED:
            floor.decide(phone, kept.decision)
            phone.own_url, phone.label = kept.own_url, kept.label
            floor.changed.add(phone.key)

    def _not_saved(self, trouble: Trouble) -> None:
        if trouble.code not in self._troubles:
            self._tell(trouble)
        self._troubles[trouble.code] = trouble
        self._again_at = self._monotonic() + SAVE_AGAIN_AFTER

    def _saved(self) -> None:
        for code in SAVING & self._troubles.keys():
            del self._troubles[code]

    def _read_troubles(self) -> None:
        for trouble in self._store.troubles:
            self._tell(trouble)
            self._troubles[trouble.code] = trouble
