"""The file in which the technician's work is kept: decisions at once, the rest within a second.

SQLite in WAL mode. A decision is on the disk when `save_decisions` returns: killing the process, or
the power going, takes nothing back. Sightings and history are gathered and written by `flush`, or
by `flush_behind` in a thread of its own.

The store never overwrites what it does not understand: a damaged or newer file is set aside under
another name. Where no file can be used it says so and gives what can still be read.
Decisions and sightings are separate columns, so that a sighting can never change a decision.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.background_writer import BackgroundWriter, Row
from pnp_gui.bench.store.data_file import (
    connect,
    copy_of,
    fault_in,
    is_database,
    is_empty,
    put_back,
    set_aside,
    set_journal_aside,
    set_wal_aside,
    snapshot,
)
from pnp_gui.bench.store.reading import LeftOut, put_right, read_phones, read_settings
from pnp_gui.bench.store.rows import (
    Columns,
    HistoryLine,
    Kept,
    history_line,
    insert,
    or_update,
    seen_row,
)
from pnp_gui.bench.store.schema import DECIDED, HISTORY, SEEN, prepare
from pnp_gui.bench.store.settings import read_json
from pnp_gui.bench.store.troubles import (
    empty_trouble,
    gone_trouble,
    journal_trouble,
    not_a_file_trouble,
    not_put_back_trouble,
    set_aside_trouble,
    trouble_for,
)
from pnp_gui.system.own_files import NotAFileError, check_database, make_folder, make_own
from pnp_gui.trouble import Trouble

__all__ = ["FILE", "HistoryLine", "Kept", "Store"]

FILE = "bench.sqlite"

MAX_HISTORY_WAITING = 50_000
"""History lines that wait for a disk that cannot be written; then the oldest are lost."""

MAX_HISTORY_KEPT = 200_000
"""History lines in the file; the oldest go first."""

DECISION_COLUMNS: Columns = DECIDED[1:]
"""All that is decided of a phone."""

T = TypeVar("T")


_SIGHT = or_update(SEEN)
_HISTORY = ", ".join(HISTORY)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_NO_NUMBER = 2**63 - 1
_key = itemgetter(0)


class Store:
    """The file; while no file can be used, only what could still be read, and buffers."""

    troubles: list[Trouble]
    """What had to be said when the file was opened and read."""

    def __init__(self, folder: Path, *, behind: bool, claim: Callable[[], None]) -> None:
        """Only `open` calls this."""
        self._claim = claim
        self._writes_behind = behind
        self._path = folder / FILE
        self._sightings: dict[str, Phone] = {}
        self._history: deque[Row] = deque(maxlen=MAX_HISTORY_WAITING)
        self._using = threading.RLock()
        """Held by whoever uses the connection: this thread, or the one that writes behind."""
        self._behind = BackgroundWriter(self._write_noted, self._using, MAX_HISTORY_WAITING)
        self.history_noted = 0
        """History lines of this run so far: whoever has N of them asks `history` for the rest."""
        self._settings: dict[str, str] = {}
        self._settings_waiting: dict[str, str] = {}
        self._no_file: Trouble | None = None
        self._identity: tuple[int, int] | None = None
        self.troubles = []
        self._open()

    @classmethod
    def open(
        cls, folder: Path, *, behind: bool = False, claim: Callable[[], None] = lambda: None
    ) -> Store:
        """The store in `folder`. Never fails: see `troubles`. `behind`: see `flush_behind`.
        `claim` raises Trouble or OSError as long as the folder is not this program's to write."""
        return cls(folder, behind=behind, claim=claim)

    @property
    def lasting(self) -> bool:
        """Whether there is a file to save in."""
        return self._no_file is None

    def open_again(self) -> None:
        """Try for the file once more, and raise Trouble if there still is none.

        What is buffered stays buffered; decisions that were not saved, the caller saves again.
        """
        self.troubles = []
        with self._using:
            try:
                self._claim()
            except (OSError, Trouble) as error:
                # What could be read is there already.
                self._no_file = self._trouble(error)
            else:
                self._connection.close()
                self._open()
        if self._no_file is not None:
            raise self._no_file

    def use_again(self, aside: str) -> None:
        """Use the file that was set aside under this name, and set the present one aside; raises
        Trouble. What is buffered stays buffered, and the settings of this run stay."""
        self.troubles = []
        with self._using:
            self._connection.close()
            try:
                put_back(self._path, aside)
            except OSError as error:
                self.troubles.append(not_put_back_trouble(aside, error))
            else:
                self._settings_waiting = dict(self._settings)
            self._open()
        if self.troubles and not self.lasting:
            raise self.troubles[0]

    def _open(self) -> None:
        try:
            check_database(self._path)
            self._claim()
            self._connection = self._open_file()
            self._no_file = None
            self._identity = self._identity_now()
        except (sqlite3.Error, OSError, Trouble) as error:
            readable = None if isinstance(error, NotAFileError) else snapshot(self._path)
            self._connection = readable or connect(":memory:", prepare)
            self._no_file = self._trouble(error)
            self.troubles.append(self._no_file)
        self._left_out = LeftOut()
        kept: dict[str, str] = {}
        try:
            kept = read_settings(self._connection, self._left_out)
        except sqlite3.Error as error:
            self.troubles.append(trouble_for(error, self._path))
        # A new file in place of a lost one gets the settings of this run.
        lost = {key: text for key, text in self._settings.items() if key not in kept}
        self._settings_waiting = lost | self._settings_waiting
        self._settings = kept | self._settings_waiting

    def _trouble(self, error: Exception) -> Trouble:
        if isinstance(error, Trouble):
            return error
        if isinstance(error, NotAFileError):
            return not_a_file_trouble(error.path)
        return trouble_for(error, self._path)

    def _open_file(self) -> sqlite3.Connection:
        make_folder(self._path.parent)
        # One that this run could not write into yet, on a full disk, is nobody's loss.
        empty = self._no_file is None and is_empty(self._path)
        journal = set_journal_aside(self._path)
        fault = fault_in(self._path)
        if fault in ("damaged", "foreign") and is_database(self._path):
            journal = set_wal_aside(self._path) or journal
            fault = fault_in(self._path)
        if journal is not None:
            self.troubles.append(journal_trouble(self._path, journal))
        if fault:
            self.troubles.append(set_aside_trouble(fault, self._path, set_aside(self._path, fault)))
        make_own(self._path)
        connection = connect(self._path, prepare)
        if empty and not connection.execute("SELECT 1 FROM phone").fetchone():
            self.troubles.append(empty_trouble(self._path))
        return connection

    def load(self) -> list[Phone]:
        """Every phone that is known. What cannot be read is left out: see `troubles`.

        The file as it was is copied then, and only what can be read stays in it.
        """
        left_out, self._left_out = self._left_out, LeftOut()
        phones: list[Phone] = []
        with self._using:
            try:
                phones = read_phones(self._connection, left_out)
                if left_out:
                    copy = copy_of(self._connection, self._path) if self.lasting else None
                    self.troubles.append(left_out.trouble(self._path, copy))
                    if copy is not None:
                        with self._transaction(durable=True) as connection:
                            phones = put_right(connection)
            except sqlite3.Error as error:
                self.troubles.append(trouble_for(error, self._path))
            except Trouble as trouble:
                self.troubles.append(trouble)
        return phones

    def save_decisions(
        self, rows: Iterable[Kept], decided: Mapping[str, Columns] = _NOTHING
    ) -> None:
        """Keep these decisions: on the disk when this returns; all, or none and Trouble. `decided`:
        by key, which columns were, or all; the others stay as another program may have left them.
        """
        # In the order of the file: each of its pages is read and written once, and not whenever a
        # row of it comes by. 10,000 decisions take a third of the time.
        groups: dict[Columns, list[Kept]] = {}
        for row in sorted(rows, key=_key):
            groups.setdefault(decided.get(row[0], DECISION_COLUMNS), []).append(row)
        with self._transaction(durable=True) as connection:
            for columns, group in groups.items():
                insert(connection, "phone", DECIDED, group, or_update(columns))

    def forget(self, keys: Iterable[str]) -> None:
        """Take phones out, with their decisions; on the disk when this returns. History stays."""
        gone = [(key,) for key in keys]
        for (key,) in gone:
            self._sightings.pop(key, None)
        with self._transaction(durable=True) as connection:
            self._behind.drop(key for (key,) in gone)
            connection.executemany("DELETE FROM phone WHERE key = ?", gone)

    def note(self, phone: Phone) -> None:
        """What is known of `phone` is to be written by the next `flush`, as it is then."""
        self._sightings[phone.key] = phone

    def note_history(self, line: HistoryLine) -> None:
        """A history line for the next `flush`."""
        self._history.append(line)
        self.history_noted += 1

    def flush(self) -> None:
        """Write what was noted. When that fails it stays noted, and `Trouble` says why."""
        with self._using:
            rows, lines = self._behind.take_back()
            rows |= {key: seen_row(phone) for key, phone in self._sightings.items()}
            lines += self._history
            if not (rows or lines or self._settings_waiting):
                return
            self._sightings.clear()
            self._history.clear()
            try:
                self._write_noted(rows.values(), lines, self._settings_waiting)
            except Trouble as trouble:
                self._behind.keep(rows, lines, trouble)
                raise
            self._settings_waiting.clear()

    def flush_behind(self) -> None:
        """The same in a thread of its own, if the store was opened so: only begun when this
        returns. After one that failed the next is not left to the thread, so that Trouble is raised
        as long as there is some."""
        if not self._writes_behind or self._behind.trouble is not None or self._settings_waiting:
            self.flush()
        elif self._sightings or self._history:
            rows = {key: seen_row(phone) for key, phone in self._sightings.items()}
            self._behind.hand(rows, self._history)
            self._sightings.clear()
            self._history.clear()

    def history(self, limit: int = MAX_HISTORY_KEPT) -> list[HistoryLine]:
        """The history, the newest line first, with what is not flushed yet; raises Trouble."""
        with self._using:
            lines = self._waiting_history()[:limit]
            try:
                rows = self._connection.execute(
                    f"SELECT {_HISTORY} FROM history ORDER BY id DESC LIMIT ?",
                    (limit - len(lines),),
                )
                lines += map(history_line, rows)
            except sqlite3.Error as error:
                raise trouble_for(error, self._path) from error
        return lines

    def history_before(
        self, number: int | None, limit: int
    ) -> tuple[list[HistoryLine], int | None]:
        """A piece of the history, the newest line first, and the number to go on with; raises
        Trouble. Begin with None, which also gives what is not flushed yet; None at the end.
        """
        with self._using:
            lines = self._waiting_history() if number is None else []
            try:
                rows = self._connection.execute(
                    f"SELECT id, {_HISTORY} FROM history WHERE id < ? ORDER BY id DESC LIMIT ?",
                    (_NO_NUMBER if number is None else number, limit),
                ).fetchall()
            except sqlite3.Error as error:
                raise trouble_for(error, self._path) from error
        lines += (history_line(row[1:]) for row in rows)
        return lines, (rows[-1][0] if len(rows) == limit else None)

    def _waiting_history(self) -> list[HistoryLine]:
        """What is not in the file yet, the newest first; the caller holds the file."""
        waiting = [*self._behind.waiting_lines(), *self._history]
        return [history_line(line) for line in reversed(waiting)]

    def setting(self, key: str, default: T) -> T:
        """A setting, or `default` where there is none of that type."""
        text = self._settings.get(key)
        if text is None:
            return default
        try:
            value = read_json(text)
        except ValueError:
            return default
        return value if type(value) is type(default) else default

    def setting_text(self, key: str) -> str | None:
        """A setting as it is written in the file (JSON, if it is whole); None: there is none."""
        return self._settings.get(key)

    def set_setting(self, key: str, value: object) -> None:
        """Keep a setting (anything JSON can say): at once, or with the next `flush` that works."""
        text = json.dumps(value)
        if self._settings.get(key) != text:
            self._settings[key] = self._settings_waiting[key] = text
            with suppress(Trouble):
                self._write_noted((), (), self._settings_waiting)
                self._settings_waiting.clear()

    def close(self) -> None:
        """Close the file. What was not flushed is lost."""
        self._behind.end()
        self._connection.close()

    def _write_noted(
        self, rows: Iterable[Row], lines: Iterable[Row], settings: Mapping[str, str] = _NOTHING
    ) -> None:
        """All of it is in the file when this returns, or none and Trouble."""
        with self._transaction(durable=bool(settings)) as connection:
            insert(connection, "phone", ("key", *SEEN), sorted(rows, key=_key), _SIGHT)
            insert(connection, "history", HISTORY, lines)
            connection.execute(
                "DELETE FROM history WHERE id <= (SELECT max(id) FROM history) - ?",
                (MAX_HISTORY_KEPT,),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", settings.items()
            )

    def _identity_now(self) -> tuple[int, int] | None:
        """Which file bears the name: on POSIX an open file goes on working after it was deleted."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def _transaction(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """One transaction; `durable`: on the disk at its end, not only in the system's cache.

        Without, the next durable one or the next checkpoint brings it there, in order: a power cut
        may cost some seconds of sightings, and the window does not wait for the disk each second.
        """
        with self._using:
            if self._no_file is not None:
                raise self._no_file
            if self._identity_now() != self._identity:
                raise gone_trouble(self._path)
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
