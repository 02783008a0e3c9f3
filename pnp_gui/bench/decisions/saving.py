"""Saves decisions. What the disk does not take holds in the rows, and is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.record.log import Log
from pnp_gui.bench.store.reading import UNREADABLE
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import DECISION_COLUMNS, Kept, Store
from pnp_gui.bench.store.troubles import NEEDS_NEW_FILE, SAVING
from pnp_gui.trouble import Trouble

SAVE_AGAIN_AFTER = 5.0
"""Seconds until saving is tried again after it failed."""

_UNKNOWN = Phone("")

_COLUMNS = [
    tuple(column for bit, column in enumerate(DECISION_COLUMNS) if number >> bit & 1)
    for number in range(8)
]
"""By one bit for each of `DECISION_COLUMNS`: decision, own URL, label."""


class DecisionWriter:
    """Stands between the rows and the store."""

    def __init__(
        self,
        registry: PhoneRegistry,
        store: Store,
        troubles: dict[str, Trouble],
        log: Log,
        file_changed: Callable[[Iterable[Phone]], None],
        monotonic: Callable[[], float],
    ) -> None:
        """`file_changed` is called when the file was opened again: another program may have set
        URLs meanwhile, and approves these phones no more."""
        self._registry = registry
        self._store = store
        self._troubles = troubles
        self._log = log
        self._file_changed = file_changed
        self._unsaved: dict[str, Columns] = {}
        """By key, what was decided and is not on the disk."""
        self._lost = False
        """What was saved in this run is not in the file any more."""
        self._monotonic = monotonic
        self._again_at = 0.0

    def load(self) -> None:
        """Fill the registry from the store."""
        for phone in self._store.load():
            self._registry.add(phone)
        self._read_troubles()

    def save(self, rows: Sequence[Kept]) -> None:
        """Have these decisions on the disk, or remember that they are not."""
        decided = _what_is_decided(rows, self._registry.phones)
        self._now_or_later(decided, lambda: self._store.save_decisions(rows, decided))

    def forget(self, keys: Sequence[str]) -> None:
        """Have these phones out of the file, or remember that they are not."""
        self._now_or_later(dict.fromkeys(keys, DECISION_COLUMNS), lambda: self._store.forget(keys))

    def tick(self) -> None:
        """Write what is waiting; after a failure, not before `SAVE_AGAIN_AFTER` seconds."""
        if self._monotonic() >= self._again_at:
            self.write(self._store.flush_in_background)

    def write(self, flush: Callable[[], None]) -> None:
        """Write what is waiting; sightings and history by this `flush` of the store."""
        store, phones = self._store, self._registry.phones
        try:
            if not store.has_file or self._lost:
                # The file may be usable now. What was decided in this run goes over what it holds.
                store.reopen(lost=self._lost)
                self._take_over()
            if self._unsaved:
                store.forget([key for key in self._unsaved if key not in phones])
                known = self._registry.known(self._unsaved)
                store.save_decisions(map(Kept.of, known), self._unsaved)
                self._unsaved.clear()
            flush()
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._saved()

    def use_again(self, aside: str) -> None:
        """Go on with the file that was set aside under this name."""
        try:
            self._store.use_again(aside)
        except Trouble as trouble:
            self._not_saved(trouble)
        else:
            self._lost = True  # what was saved in this run is in the other file
            self._take_over()
            self.write(self._store.flush)

    def _now_or_later(self, decided: Mapping[str, Columns], save: Callable[[], None]) -> None:
        unsaved = self._unsaved
        try:
            save()
        except Trouble as trouble:
            for key, columns in decided.items():
                before = unsaved.get(key, ())
                unsaved[key] = tuple(c for c in DECISION_COLUMNS if c in before or c in columns)
            self._not_saved(trouble)
        else:
            for key in unsaved.keys() & decided.keys():
                unsaved[key] = tuple(c for c in unsaved[key] if c not in decided[key])
                if not unsaved[key]:
                    del unsaved[key]
            self._again_at = 0.0  # the disk takes it again: the rest goes with the next tick

    def _take_over(self) -> None:
        store, phones = self._store, self._registry.phones
        kept = {phone.key: phone for phone in store.load()}
        said = {trouble.code for trouble in store.troubles}
        if self._lost or said - {UNREADABLE} or not kept:
            # A new file, or not the one of this run: it gets all that is known.
            for key, phone in phones.items():
                if key not in kept or Kept.of(phone) != (key, Decision.UNDECIDED, "", ""):
                    self._unsaved[key] = DECISION_COLUMNS
                store.note(phone)
        elif not said:
            # The one that could only be read, or not even that: another program may have decided
            # meanwhile, and forgotten the phones that are not there.
            kept |= {key: Phone(key) for key in phones.keys() - kept.keys()}
        approved = [phone for phone in phones.values() if phone.decision is Decision.APPROVED]
        for phone in kept.values():
            self._follow(phone)
        self._lost = False
        self._file_changed(one for one in approved if one.decision is not Decision.APPROVED)
        self._read_troubles()

    def _follow(self, kept: Phone) -> None:
        """Take over what the file holds of a phone, but for what was decided here."""
        registry = self._registry
        mine = self._unsaved.get(kept.key, ())
        phone = registry.phones.get(kept.key)
        if phone is None:
            if not mine:
                registry.add(kept)
            return
        if "decision" not in mine and phone.decision is not kept.decision:
            registry.decide(phone, kept.decision)
        phone.edited(
            phone.own_url if "own_url" in mine else kept.own_url,
            phone.label if "label" in mine else kept.label,
        )
        registry.changed.add(phone.key)

    def _not_saved(self, trouble: Trouble) -> None:
        if trouble.code not in self._troubles:
            self._log.trouble(trouble)
        self._saved()  # one reason at a time
        self._troubles[trouble.code] = trouble
        self._lost |= trouble.code in NEEDS_NEW_FILE
        self._again_at = self._monotonic() + SAVE_AGAIN_AFTER

    def _saved(self) -> None:
        for code in SAVING & self._troubles.keys():
            del self._troubles[code]

    def _read_troubles(self) -> None:
        for trouble in self._store.troubles:
            self._log.trouble(trouble)
            self._troubles[trouble.code] = trouble


def _what_is_decided(rows: Iterable[Kept], phones: Mapping[str, Phone]) -> dict[str, Columns]:
    """By key, the columns in which these rows are other than the phones. Of a phone that is not
    known here, those that say anything."""
    decided = {}
    for key, decision, own_url, label in rows:
        phone = phones.get(key) or _UNKNOWN
        decided[key] = _COLUMNS[
            (decision is not phone.decision)
            | (own_url != phone.own_url) << 1
            | (label != phone.label) << 2
        ]
    return decided
