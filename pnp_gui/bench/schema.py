"""The store's file: its tables, whether it may be used, and how it is set aside when it may not."""

from __future__ import annotations

import errno
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from pnp_gui.bench.unclaimed import UNCLAIMED
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

_NEEDED = {"phone": (*DECIDED, *SEEN), "history": ("id", *HISTORY), "setting": ("key", "value")}

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

CACHE = 512
"""KB of the file that SQLite keeps in memory, instead of 2,000: everything is read but once."""

_COMPANIONS = ("", "-wal", "-shm", "-journal")

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
    }
)
"""Errors that say nothing about what is in the file."""

_LEAST_FREE = 64 * 1024
"""Bytes that have to be free on a disk that is not full: SQLite wants 32 KB beside the file."""

_MAGIC = b"SQLite format 3\0"

_FAULTS = {
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
    """ "newer", "damaged", or "" for a file that may be used. What is only locked is raised."""
    try:
        if _pragma(connection, "user_version") > VERSION:
            return "newer"
        if not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall():
            return ""
        if connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            for table, columns in _NEEDED.items():
                connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
            return ""
    except sqlite3.DatabaseError as error:
        if _number(error) in _NOT_ALLOWED:
            raise
    return "damaged"


def is_database(path: Path) -> bool:
    """Whether SQLite may touch the file: it would delete the -wal beside one that is not its own.

    Only to be asked before the file is opened: on POSIX the read would end our own locks on it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return True
    return start in (b"", _MAGIC)


def is_empty(path: Path) -> bool:
    """Whether there is a file with nothing in it. Before a first start there is none at all."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return False


def empty_trouble(path: Path) -> Trouble:
    """That whatever was decided before is not there, though the file is."""
    return Trouble(
        "{path} was there, but empty (0 bytes): it was begun anew, without earlier decisions, URLs "
        "and labels. If there were some, close the program and put a copy of the file there.",
        code="store_empty",
        path=path,
    )


def set_aside_trouble(fault: str, path: Path, aside: Path) -> Trouble:
    """That a file was set aside, why, and what that means for the technician."""
    return Trouble(_FAULTS[fault], code=f"store_{fault}_aside", path=path, aside=aside.name)


def prepare(connection: sqlite3.Connection) -> None:
    """Bring the file to this version; raises where it cannot be written."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    version = _pragma(connection, "user_version")
    # An empty transaction would find neither a lock nor a read-only file, hence IMMEDIATE.
    connection.execute("BEGIN IMMEDIATE")
    if version < VERSION:
        for step in _STEPS[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def set_aside(path: Path, kind: str) -> Path:
    """Rename the file and its companions, e.g. to "bench.sqlite.damaged-20261124-101500"."""
    stem = f"{path.name}.{kind}-{time.strftime('%Y%m%d-%H%M%S')}"
    aside = path.with_name(stem)
    number = 2
    while aside.exists():
        aside = path.with_name(f"{stem}-{number}")
        number += 1
    # The companions first: a new file that met the old -wal would take it for its own.
    for suffix in reversed(_COMPANIONS):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def snapshot(path: Path) -> sqlite3.Connection | None:
    """What a file holds that cannot be written or is locked, in memory; None: it gives nothing.

    It is copied elsewhere with its -wal first, since even reading a WAL file needs writing.
    """
    import tempfile  # when a file is in trouble: 3 ms of every start
    from shutil import copyfile

    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for suffix in ("", "-wal"):
                with suppress(FileNotFoundError):
                    copyfile(path.with_name(path.name + suffix), Path(folder, path.name + suffix))
            copy = Path(folder, path.name)
            if copy.exists():
                with closing(sqlite3.connect(copy, isolation_level=None)) as source:
                    if _pragma(source, "user_version") == VERSION and not fault_of(source):
                        source.backup(memory)
                        return memory
    except (OSError, sqlite3.Error):
        pass
    memory.close()
    return None


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
