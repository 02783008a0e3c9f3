"""Saves decisions; what the disk does not take is tried again until it does.

Meanwhile the decisions hold in the rows, and the problem is in the bench's `troubles`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pnp_gui.bench.decisions.rows import what_is_decided
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import DECISION_COLUMNS, Kept, Store
from pnp_gui.bench.store.troubles import NEEDS_NEW_FILE, SAVING
from pnp_gui.trouble import Trouble

UNREADABLE = "store_rows"
"""The code of the trouble that some rows could not be read; the file is still the same."""

SAVE_AGAIN_AFTER = 5.0
"""Seconds until saving is tried again after it failed."""


class DecisionWriter:
    """Stands between the rows and the store."""

    def __init__(
        self,
        registry: PhoneRegistry,
        store: Store,
        troubles: dict[str, Trouble],
        log: Callable[[Trouble], None],
        withdraw: Callable[[Iterable[Phone]], None],
        monotonic: Callable[[], float],
    ) -> None:
        """Fill the registry from the store. `log` writes a trouble into the log; `withdraw` sends
        nothing more to phones that another program decided about meanwhile."""
        self._registry = registry
        self._store = store
        self._troubles = troubles
        self._log = log
        self._withdraw = withdraw
        self._unsaved: dict[str, Columns] = {}
        """By key, what was decided and is not on the disk."""
        self._lost = False
        """What was saved in this run is not in the file any more."""
        self._monotonic = monotonic
        self._again_at = 0.0
        for phone in store.load():
            registry.add(phone)
        self._read_troubles()

    def save(self, rows: Sequence[Kept]) -> None:
        """Have these decisions on the disk, or remember that they are not."""
        decided = what_is_decided(rows, self._registry.phones)
        self._now_or_later(decided, lambda: self._store.save_decisions(rows, decided))

    def forget(self, keys: Sequence[str]) -> None:
        """Have these phones out of the file, or remember that they are not."""
        self._now_or_later(dict.fromkeys(keys, DECISION_COLUMNS), lambda: self._store.forget(keys))

    def tick(self) -> None:
        """Write what is waiting; after a failure, not before `SAVE_AGAIN_AFTER` seconds."""
        if self._monotonic() >= self._again_at:
            self._write(self._store.flush_in_background)

    def write(self) -> None:
        """Write what is waiting, now."""
        self._write(self._store.flush)

    def _write(self, flush: Callable[[], None]) -> None:
        store = self._store
        try:
            if not store.has_file or self._lost:
                self._open_again()
            if self._unsaved:
                self._save_unsaved()
            flush()
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._saved()

    def _now_or_later(self, decided: Mapping[str, Columns], save: Callable[[], None]) -> None:
        unsaved = self._unsaved
        try:
            save()
        except Trouble as trouble:
            for key, columns in decided.items():
                unsaved[key] = _both(unsaved.get(key, ()), columns)
            self._not_saved(trouble)
        else:
            for key in unsaved.keys() & decided.keys():
                unsaved[key] = tuple(one for one in unsaved[key] if one not in decided[key])
                if not unsaved[key]:
                    del unsaved[key]
            self._again_at = 0.0  # the disk takes it again: the rest goes with the next tick

    def _save_unsaved(self) -> None:
        phones = self._registry.phones
        self._store.forget([key for key in self._unsaved if key not in phones])
        self._store.save_decisions(
            [
                Kept(key, phone.decision, phone.own_url, phone.label)
                for key in self._unsaved
                if (phone := phones.get(key)) is not None
            ],
            self._unsaved,
        )
        self._unsaved.clear()

    def _open_again(self) -> None:
        """The file may be usable now. What was decided in this run goes over what it holds."""
        self._store.reopen()
        self._take_over()

    def use_again(self, aside: str) -> None:
        """Go on with the file that was set aside under this name."""
        try:
            self._store.use_again(aside)
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._lost = True  # what was saved in this run is in the other file
            self._take_over()
            self.write()

    def _take_over(self) -> None:
        store, registry = self._store, self._registry
        kept = {phone.key: phone for phone in store.load()}
        said = {trouble.code for trouble in store.troubles}
        if self._lost or said - {UNREADABLE} or not kept:
            # A new file, or not the one of this run: it gets all that is known.
            for key, phone in registry.phones.items():
                if not _is_undecided(phone) or key not in kept:
                    self._unsaved[key] = DECISION_COLUMNS
                store.note(phone)
        elif not said:
            # The one that could only be read, or not even that: another program may have decided
            # meanwhile, and forgotten the phones that are not there.
            kept |= {key: Phone(key) for key in registry.phones.keys() - kept.keys()}
        self._follow(kept.values())
        self._lost = False
        self._read_troubles()

    def _follow(self, rows: Iterable[Phone]) -> None:
        """Take over what the file holds, but for what was decided here."""
        registry = self._registry
        for kept in rows:
            mine = self._unsaved.get(kept.key, ())
            phone = registry.phones.get(kept.key)
            if phone is None:
                if not mine:
                    registry.add(kept)
                continue
            if "decision" not in mine and phone.decision is not kept.decision:
                registry.decide(phone, kept.decision)
                if kept.decision is not Decision.APPROVED:
                    self._withdraw([phone])
            phone.edited(
                phone.own_url if "own_url" in mine else kept.own_url,
                phone.label if "label" in mine else kept.label,
            )
            registry.changed.add(phone.key)

    def _not_saved(self, trouble: Trouble) -> None:
        if trouble.code not in self._troubles:
            self._log(trouble)
        self._saved()  # one reason at a time
        self._troubles[trouble.code] = trouble
        self._lost |= trouble.code in NEEDS_NEW_FILE
        self._again_at = self._monotonic() + SAVE_AGAIN_AFTER

    def _saved(self) -> None:
        for code in SAVING & self._troubles.keys():
            del self._troubles[code]

    def _read_troubles(self) -> None:
        for trouble in self._store.troubles:
            self._log(trouble)
            self._troubles[trouble.code] = trouble


def _both(one: Columns, other: Columns) -> Columns:
    return tuple(column for column in DECISION_COLUMNS if column in one or column in other)


def _is_undecided(phone: Phone) -> bool:
    return phone.decision is Decision.UNDECIDED and not (phone.own_url or phone.label)
