"""The store's tables, whether a file has exactly these, and its troubles as sentences."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from pnp_gui.bench.store.unclaimed import UNCLAIMED
from pnp_gui.trouble import Trouble

DECIDED = ("key", "decision", "own_url", "label")
"""The columns of `phone` that only a decision writes."""

SEEN = (
    *("make", "model", "version", "vendor", "address", "interface", "first_seen", "last_seen"),
    *("progress", "code", "reason", "progress_at", "sent_url"),
)
"""The columns of `phone` that only a sighting writes."""

HISTORY = ("at", "key", "mac", "url", "interface", "address", "outcome", "code")
"""The columns of `history`, besides its running number."""

_STEPS = [
    """
    CREATE TABLE phone (
        key TEXT PRIMARY KEY NOT NULL,
        decision TEXT NOT NULL DEFAULT 'undecided',
        own_url TEXT NOT NULL DEFAULT '',
        label TEXT NOT NULL DEFAULT '',
        make TEXT, model TEXT, version TEXT, vendor TEXT, address TEXT, interface TEXT,
        first_seen REAL, last_seen REAL,
        progress TEXT, code INTEGER, reason TEXT, progress_at REAL, sent_url TEXT
    ) WITHOUT ROWID;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY,
        at REAL, key TEXT, mac TEXT, url TEXT, interface TEXT, address TEXT,
        outcome TEXT, code INTEGER
    );
    CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
    """,
]
"""Step N makes version N+1 of the tables out of version N. Never change one that was released."""

VERSION = len(_STEPS)
"""The version of the tables that this program reads and writes (PRAGMA user_version)."""

_MOST_OBJECTS = 1000
"""Tables, views, triggers and indexes that are looked at to tell a file of ours from another."""

CACHE = 512
"""KB of the file that SQLite keeps in memory, instead of 2,000: everything is read but once."""

_MEANINGS = {
    sqlite3.SQLITE_FULL: (
        "store_full",
        "The disk is full: decisions are not being saved in {path}. They apply until the program "
        "ends. Free some space; they are then saved by themselves.",
    ),
    sqlite3.SQLITE_BUSY: (
        "store_locked",
        "Another program has {path} locked: decisions are not being saved. They apply until this "
        "program ends. Close the other one; they are then saved by themselves.",
    ),
    sqlite3.SQLITE_READONLY: (
        "store_readonly",
        "{path} cannot be written: decisions are not being saved. They apply until the program "
        "ends. Check the rights of the folder, or start with --data-dir and another one.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "store_damaged",
        "{path} was damaged while in use: decisions are not being saved. They apply until the "
        "program ends; a new file is tried by itself.",
    ),
}
_MEANINGS[sqlite3.SQLITE_LOCKED] = _MEANINGS[sqlite3.SQLITE_BUSY]
_MEANINGS[sqlite3.SQLITE_PROTOCOL] = _MEANINGS[sqlite3.SQLITE_BUSY]
_MEANINGS[sqlite3.SQLITE_CANTOPEN] = _MEANINGS[sqlite3.SQLITE_READONLY]
_MEANINGS[sqlite3.SQLITE_PERM] = _MEANINGS[sqlite3.SQLITE_READONLY]
_MEANINGS[sqlite3.SQLITE_NOTADB] = _MEANINGS[sqlite3.SQLITE_CORRUPT]
_OTHER = (
    "store_error",
    "Decisions are not being saved in {path} ({error}). They apply until the program ends; saving "
    "is tried again by itself.",
)

_NOT_ALLOWED = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM),
        sqlite3.SQLITE_INTERRUPT,
    }
)
"""Errors that say nothing about what is in the file."""

_LEAST_FREE = 64 * 1024
"""Bytes that have to be free on a disk that is not full: SQLite wants 32 KB beside the file."""

_FAULTS = {
    "foreign": "{path} is not as this program makes it: it has other tables, or views or triggers. "
    "Nothing in it was used. It was kept as {aside} beside it and a new file was begun, without "
    "earlier decisions. Approve the phones again, or import a sheet.",
    "large": "{path} is too large to be read. It was kept as {aside} beside it and a new file was "
    "begun, without earlier decisions. Approve the phones again, or import a sheet.",
    "failed": "Two starts in a row ended while {path} was being read or shown, so a new file was "
    "begun, without earlier decisions. The old one is kept as {aside}: you can use it again, and "
    "what you decided since then stays. Moved to another folder, it is not offered any more.",
    "newer": "The data in {path} is from a newer version of this program. It was kept as {aside} "
    "beside it and a new file was begun: the phones and decisions in it are not known here.",
    "damaged": "The data in {path} is damaged. It was kept as {aside} beside it and a new file was "
    "begun: earlier decisions are not known any more. Approve the phones again, or import a sheet.",
}

GONE = "store_gone"

NEEDS_NEW_FILE = frozenset((GONE, "store_damaged"))
"""The codes of the troubles after which the file has to be opened anew."""

SAVING = frozenset((GONE, *UNCLAIMED, *(code for code, _ in (*_MEANINGS.values(), _OTHER))))
"""The codes of all troubles that end once something can be saved again."""


def gone_trouble(path: Path) -> Trouble:
    """That the file is not there any more, though nobody here took it away."""
    return Trouble(
        "{path} was removed or replaced while in use. A new one is made by itself, with all "
        "decisions of this run.",
        code=GONE,
        path=path,
    )


def trouble_for(error: Exception, path: Path) -> Trouble:
    """What keeps the store from saving, as a sentence."""
    if isinstance(error, sqlite3.Error):
        number = _number(error)
        if number == sqlite3.SQLITE_IOERR and _is_full(path.parent):
            number = sqlite3.SQLITE_FULL  # SQLite does not say so of its own small files
    elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        number = sqlite3.SQLITE_FULL
    else:
        number = sqlite3.SQLITE_READONLY
    code, template = _MEANINGS.get(number, _OTHER)
    return Trouble(template, code=code, path=path, error=str(error))


def fault_of(connection: sqlite3.Connection) -> str:
    """What is wrong with the file, as a kind for `set_aside_trouble`; "": it may be used.

    Of the file's own tables nothing is read before they are known to be ours: a view or a virtual
    table in the place of one runs whatever its author wrote. What is only locked is raised.
    """
    try:
        if _pragma(connection, "user_version") > VERSION:
            return "newer"
        if version_of(connection) is None:
            return "foreign"
        if connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            return ""
    except sqlite3.DatabaseError as error:
        if _number(error) in _NOT_ALLOWED:
            raise
    return "damaged"


def version_of(connection: sqlite3.Connection) -> int | None:
    """Which version's tables the file has, 0: none at all; None: anything else."""
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        return None
    found = _objects(connection)
    return next((n for n in range(VERSION + 1) if _objects_of(n) == found), None)


@lru_cache(maxsize=VERSION + 1)
def _objects_of(version: int) -> list[tuple[object, ...]]:
    """All that a file of this version has in its schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _take_steps(connection, 0, version)
        return _objects(connection)


def _objects(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    return [
        (*names, " ".join(sql.split()) if isinstance(sql, str) else sql)
        for *names, sql in rows.fetchmany(_MOST_OBJECTS)
    ]


def _take_steps(connection: sqlite3.Connection, version: int, to: int) -> None:
    for step in _STEPS[version:to]:
        for statement in step.split(";"):
            connection.execute(statement)


def empty_trouble(path: Path) -> Trouble:
    """That whatever was decided before is not there, though the file is."""
    return Trouble(
        "{path} was there, but empty (0 bytes): it was begun anew, without earlier decisions, URLs "
        "and labels. If there were some, close the program and put a copy of the file there.",
        code="store_empty",
        path=path,
    )


def put_back_trouble(path: Path) -> Trouble:
    """That a file which had been set aside is in use again."""
    return Trouble(
        "The program failed to start with a new data file as well, so {path} is in use again, with "
        "everything in it: the fault is elsewhere. Please report it, with the log in that folder.",
        code="store_failed_aside",
        path=path,
    )


def not_put_back_trouble(name: str, error: OSError) -> Trouble:
    """That a file which was set aside cannot be used again now."""
    return Trouble(
        "{aside} cannot be given its old name ({error}). The present data stays in use.",
        code="store_not_put_back",
        aside=name,
        error=error.strerror or error,
    )


def journal_trouble(path: Path, aside: Path) -> Trouble:
    """That something lay beside the file which would have overwritten it."""
    return Trouble(
        "A journal that is not of {path} lay beside it, and would have overwritten it. It was kept "
        "as {aside}; nothing in the data was changed.",
        code="store_journal",
        path=path,
        aside=aside.name,
    )


def set_aside_trouble(fault: str, path: Path, aside: Path) -> Trouble:
    """That a file was set aside, why, and what that means for the technician."""
    return Trouble(
        _FAULTS[fault],
        code=f"store_{fault}_aside",
        action="use_again" if fault == "failed" else "",
        path=path,
        aside=aside.name,
    )


def prepare(connection: sqlite3.Connection) -> None:
    """Bring the file to this version; raises where it cannot be written."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    # An empty transaction would find neither a lock nor a read-only file, hence IMMEDIATE.
    connection.execute("BEGIN IMMEDIATE")
    version = version_of(connection)
    if version is not None:
        _take_steps(connection, version, VERSION)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _is_full(folder: Path) -> bool:
    from shutil import disk_usage  # when a file is in trouble: 3 ms of every start

    try:
        return disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def _number(error: sqlite3.Error) -> int:
    """SQLite's primary error number; the extended ones carry it in their low byte."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
