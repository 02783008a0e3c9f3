"""`Store`: the one object through which everything else reads and writes the data file. Decisions
and sightings are separate columns, so that a sighting can never change a decision.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store import data_file, reading
from pnp_gui.bench.store.background_writer import BackgroundWriter, Row
from pnp_gui.bench.store.rows import (
    Columns,
    HistoryLine,
    Kept,
    history_line,
    insert,
    or_update,
    sighting_row,
)
from pnp_gui.bench.store.schema import DECIDED, HISTORY, SIGHTING, Pages, prepare
from pnp_gui.bench.store.settings import Setting
from pnp_gui.bench.store.troubles import store_trouble, trouble_for
from pnp_gui.system.file_reading import reason
from pnp_gui.system.own_files import NotAFileError, check_database, make_folder, make_own
from pnp_gui.trouble import Trouble

__all__ = ["FILE", "HistoryLine", "Kept", "Store"]

FILE = "bench.sqlite"

MAX_HISTORY_WAITING = 50_000
"""History lines that wait while the disk cannot be written; then the oldest are lost."""

MAX_HISTORY_KEPT = 200_000
"""History lines in the file; the oldest go first."""

DECISION_COLUMNS: Columns = DECIDED[1:]
"""The columns that a decision may change."""

T = TypeVar("T")

_UPDATE_SIGHTING = or_update(SIGHTING)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_MAX_ID = 2**63 - 1
_key = itemgetter(0)


class Store:
    """The data file. While none can be used: what could still be read, and what waits."""

    def __init__(self, folder: Path, *, background: bool, claim: Callable[[], None]) -> None:
        """Only `open` calls this."""
        self._claim = claim
        self._in_background = background
        self.folder = folder
        """With the data file and the log."""
        self._path = folder / FILE
        self._sightings: dict[str, Phone] = {}
        self._history: deque[Row] = deque(maxlen=MAX_HISTORY_WAITING)
        self._file_lock = threading.RLock()
        """Held while the connection is used, by this thread or the background writer's."""
        self._writer = BackgroundWriter(
            self._write_noted, self._file_lock, MAX_HISTORY_WAITING, self._look_at_history
        )
        self.history_noted = 0
        """History lines noted in this run so far."""
        self._settings: dict[str, str] = {}
        self._settings_waiting: dict[str, str] = {}
        self._no_file: Trouble | None = None
        self._identity: list[tuple[int, int] | None] = []
        self.troubles: list[Trouble] = []
        """What went wrong when the file was opened and read."""
        self._looked_at = Pages.NONE
        """Pages of the file that were looked at."""
        self._history_damaged = False
        self._open(Pages.NONE)

    @classmethod
    def open(
        cls, folder: Path, *, background: bool = False, claim: Callable[[], None] = lambda: None
    ) -> Store:
        """The store in `folder`. Never fails: see `troubles`. `background`: `flush_in_background`
        uses a thread. `claim` raises Trouble or OSError while the folder must not be written."""
        return cls(folder, background=background, claim=claim)

    @property
    def has_file(self) -> bool:
        """Whether there is a file to save to."""
        return self._no_file is None

    def reopen(self, *, lost: bool) -> None:
        """Try to open the file again; raises Trouble if that still fails. What waits still waits;
        decisions that were not saved have to be saved again by the caller. `lost`: it may not be
        the file of this run, whose settings hold."""
        self.troubles = []
        if lost:
            self._settings_waiting = dict(self._settings)
        with self._file_lock:
            try:
                self._claim()
            except (OSError, Trouble) as error:  # what can be read has been read
                self._no_file = trouble_for(error, self._path)
            else:
                self._connection.close()
                self._open()
        if self._no_file is not None:
            raise self._no_file.with_traceback(None)  # else each time adds to it

    def use_again(self, aside: str) -> None:
        """Use the file that was set aside under this name, and set the present one aside; raises
        Trouble. What waits still waits, and the settings of this run stay."""
        self.troubles = []
        with self._file_lock:
            self._connection.close()
            self._identity = []
            try:
                data_file.put_back(self._path, aside)
            except OSError as error:
                self._add("store_not_put_back", aside=aside, error=reason(error))
            else:
                self._settings_waiting = dict(self._settings)
            self._open()
        if self.troubles and not self.has_file:
            raise self.troubles[0]

    def _open(self, pages: Pages = Pages.ALL) -> None:
        try:
            check_database(self._path)
            self._claim()
            self._connection = self._open_file(pages)
            self._looked_at = pages
            self._history_damaged = False
            self._no_file = None
            self._identity = self._identity_now()
        except (sqlite3.Error, OSError, Trouble) as error:
            readable = None if isinstance(error, NotAFileError) else data_file.snapshot(self._path)
            self._connection = readable or data_file.connect(":memory:", prepare)
            self._no_file = trouble_for(error, self._path)
            self.troubles.append(self._no_file)
        self._left_out = reading.LeftOut()
        kept: dict[str, str] = {}
        try:
            kept = reading.read_settings(self._connection, self._left_out)
        except sqlite3.Error as error:
            self.troubles.append(trouble_for(error, self._path))
        # A new file that replaces a lost one gets the settings of this run.
        lost = {key: text for key, text in self._settings.items() if key not in kept}
        self._settings_waiting = lost | self._settings_waiting
        self._settings = kept | self._settings_waiting

    def _open_file(self, pages: Pages) -> sqlite3.Connection:
        make_folder(self._path.parent)
        # What was in one that was used in this run is known; one that this run made itself, on a
        # full disk, had nothing in it.
        in_use = bool(self._identity)
        empty = not in_use and self._no_file is None and data_file.is_empty(self._path)
        journal = data_file.set_journal_aside(self._path)
        fault = data_file.fault_in(self._path, pages)
        if fault in ("damaged", "foreign") and data_file.is_database(self._path):
            journal = data_file.set_wal_aside(self._path) or journal
            fault = data_file.fault_in(self._path)
        if journal is not None:
            self._add("store_journal", aside=journal.name)
        if fault:
            code = f"store_{fault}_aside"
            if fault == "damaged" and in_use:
                code = "store_damaged_in_use"
            self._add(code, aside=data_file.set_aside(self._path, fault).name)
        make_own(self._path)
        connection = data_file.connect(self._path, prepare)
        if empty and not connection.execute("SELECT 1 FROM phone").fetchone():
            self._add("store_empty")
        return connection

    def _add(self, code: str, **values: object) -> None:
        self.troubles.append(store_trouble(code, self._path, **values))

    def load(self) -> list[Phone]:
        """All phones in the file. If any cannot be read, the file is copied, and only what can be
        read stays in it: see `troubles`."""
        phones: list[Phone] = []
        with self._file_lock:
            self._check()
            left_out, self._left_out = self._left_out, reading.LeftOut()
            try:
                phones = reading.read_phones(self._connection, left_out)
                if left_out.details:
                    path, connection = self._path, self._connection
                    copy = data_file.copy_of(connection, path) if self.has_file else None
                    self.troubles.append(left_out.trouble(path, copy))
                    if copy is not None:
                        with self._transaction(durable=True):
                            phones = reading.put_right(connection)
            except (sqlite3.Error, Trouble) as error:
                self.troubles.append(trouble_for(error, self._path))
        return phones

    def _check(self) -> None:
        """Look at the pages of phones, unless that is done; a file that is damaged there is set
        aside. Those of the history take longer, and follow before the first line is written."""
        if self._looked_at is not Pages.NONE or not self.has_file:
            return
        try:
            fault = data_file.fault_in_open(self._connection, Pages.PHONES)
        except sqlite3.Error as error:
            self.troubles.append(trouble_for(error, self._path))
            return
        self._looked_at = Pages.PHONES
        if fault:
            self.troubles = []
            self._identity = []  # nothing of it was in use
            self._connection.close()
            self._open()

    def _look_at_history(self) -> None:
        """In the background writer's thread, by a connection of its own: with a slow disk it takes
        seconds, in which decisions are saved."""
        if self._looked_at is Pages.PHONES:
            with suppress(sqlite3.Error, OSError):  # else it is looked at when it is written
                self._history_damaged = bool(data_file.fault_in(self._path))
                self._looked_at = Pages.ALL

    def save_decisions(
        self, rows: Iterable[Kept], decided: Mapping[str, Columns] = _NOTHING
    ) -> None:
        """Save these decisions, on the disk when this returns; else Trouble, and none is.
        `decided`: by key, the columns to change (default: all)."""
        # Sorted as in the file, so that each page is read and written once: 3 times as fast.
        groups: dict[Columns, list[Kept]] = {}
        for row in sorted(rows, key=_key):
            groups.setdefault(decided.get(row[0], DECISION_COLUMNS), []).append(row)
        with self._transaction(durable=True) as connection:
            for columns, group in groups.items():
                insert(connection, "phone", DECIDED, group, or_update(columns))

    def forget(self, keys: Iterable[str]) -> None:
        """Delete phones and their decisions; done on the disk when this returns. History stays."""
        keys = sorted(keys)  # as in the file: see `save_decisions`
        for key in keys:
            self._sightings.pop(key, None)
        with self._transaction(durable=True) as connection:
            self._writer.discard(keys)
            connection.executemany("DELETE FROM phone WHERE key = ?", zip(keys, strict=True))

    def note(self, phone: Phone) -> None:
        """Have the next flush write what was seen of `phone`, as it is then."""
        self._sightings[phone.key] = phone

    def note_history(self, line: HistoryLine) -> None:
        """Have the next flush write this history line."""
        self._history.append(line)
        self.history_noted += 1

    def flush(self) -> None:
        """Write what was noted. If that fails it stays noted, and Trouble is raised."""
        with self._file_lock:
            rows, lines = self._writer.take_all()
            rows |= {key: sighting_row(phone) for key, phone in self._sightings.items()}
            lines += self._history
            if not (rows or lines or self._settings_waiting):
                return
            self._sightings.clear()
            self._history.clear()
            try:
                self._write_noted(rows.values(), lines, self._settings_waiting)
            except Trouble as trouble:
                self._writer.put_back(rows, lines, trouble)
                raise
            self._settings_waiting.clear()

    def flush_in_background(self) -> None:
        """Have the thread write what was noted, if the store was opened with `background`. After a
        failed write this flushes itself, so that Trouble is raised while it lasts."""
        if not self._in_background or self._writer.trouble is not None or self._settings_waiting:
            self.flush()
        elif self._sightings or self._history:
            rows = {key: sighting_row(phone) for key, phone in self._sightings.items()}
            self._writer.submit(rows, self._history)
            self._sightings.clear()
            self._history.clear()

    def history(self, limit: int = MAX_HISTORY_KEPT) -> list[HistoryLine]:
        """The history, newest line first, including what is not written yet; raises Trouble."""
        return self.history_before(None, limit)[0][:limit]

    def history_before(
        self, number: int | None, limit: int
    ) -> tuple[list[HistoryLine], int | None]:
        """A part of the history, newest line first, and the number for the next call, None at the
        end; raises Trouble. The first call is with None, and includes what is not written yet."""
        with self._file_lock:
            waiting = [] if number is not None else [*self._writer.waiting_lines(), *self._history]
            try:
                before = _MAX_ID if number is None else number
                lines, older = reading.read_history(self._connection, before, limit)
            except sqlite3.Error as error:
                raise trouble_for(error, self._path) from error
        return [*map(history_line, reversed(waiting)), *lines], older

    def setting(self, setting: Setting[T]) -> T:
        """A setting as it was kept, or its default. `read_settings` lets in only what fits."""
        text = self._settings.get(setting)
        return setting.default if text is None else cast(T, json.loads(text))

    def setting_text(self, key: str) -> str | None:
        """A setting as text: JSON, unless it is damaged. None: there is none."""
        return self._settings.get(key)

    def set_setting(self, key: str, value: object) -> None:
        """Save a setting (any JSON value): at once, or with the next flush that works."""
        text = json.dumps(value)
        if self._settings.get(key) != text:
            self._settings[key] = self._settings_waiting[key] = text
            with suppress(Trouble):
                self._write_noted((), (), self._settings_waiting)
                self._settings_waiting.clear()

    def close(self) -> None:
        """Close the file. What is not written yet is lost."""
        self._writer.stop()
        self._connection.close()

    def _write_noted(
        self, rows: Iterable[Row], lines: Collection[Row], settings: Mapping[str, str] = _NOTHING
    ) -> None:
        """Write all of it, or nothing and raise Trouble."""
        with self._transaction(durable=bool(settings)) as connection:
            if lines and self._looked_at is not Pages.ALL:
                self._history_damaged = bool(data_file.fault_in_open(connection))
                self._looked_at = Pages.ALL
            if lines and self._history_damaged:
                raise store_trouble("store_damaged", self._path)
            insert(
                connection, "phone", ("key", *SIGHTING), sorted(rows, key=_key), _UPDATE_SIGHTING
            )
            insert(connection, "history", HISTORY, lines)
            old = "DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ?"
            connection.execute(old, (MAX_HISTORY_KEPT,))
            connection.executemany(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", settings.items()
            )

    def _identity_now(self) -> list[tuple[int, int] | None]:
        """Which files have the names now, that of what is saved and not in the file yet, too: on
        POSIX an open file can be deleted and still be used. Raises OSError."""
        found: list[tuple[int, int] | None] = [None, None]
        for number, suffix in enumerate(("", "-wal")):
            with suppress(FileNotFoundError, NotADirectoryError):
                status = self._path.with_name(f"{self._path.name}{suffix}").stat()
                if status.st_size or suffix:  # one that was emptied is no longer ours
                    found[number] = status.st_dev, status.st_ino
        return found

    @contextmanager
    def _transaction(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """One transaction. `durable`: on the disk at its end. Others reach it, in order, with the
        next durable one or checkpoint: a power cut may cost some seconds of sightings."""
        with self._file_lock:
            if self._no_file is not None:
                raise self._no_file.with_traceback(None)  # else each time adds to it
            try:
                identity = self._identity_now()
            except OSError as error:
                raise trouble_for(error, self._path) from error
            if identity != self._identity:
                raise store_trouble("store_gone", self._path)
            connection = self._connection
            try:
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise trouble_for(error, self._path) from error
            finally:
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
