"""The tables of the data file, and whether a file has exactly these."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from enum import IntEnum
from functools import lru_cache

from pnp_gui.bench.store.troubles import CODES, primary_code

DECIDED = ("key", "decision", "own_url", "label")
"""The columns of `phone` that only a decision writes."""

SIGHTING = (
    *("make", "model", "version", "vendor", "address", "interface", "first_seen", "last_seen"),
    *("progress", "code", "reason", "progress_at", "sent_url", "accepted_url", "accepted_at"),
    *("fetched_at", "fetched", "fetched_size", "fetches", "missing", "broken_off"),
)
"""The columns of `phone` that only a sighting writes."""

HISTORY = (
    *("at", "key", "mac", "url", "interface", "address", "outcome", "code", "how", "size"),
    "label",
)
"""The columns of `history`, without its id."""

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
    """
    ALTER TABLE phone ADD COLUMN accepted_url TEXT;
    ALTER TABLE phone ADD COLUMN accepted_at REAL;
    UPDATE phone SET accepted_url = sent_url, accepted_at = progress_at WHERE progress = 'accepted';
    ALTER TABLE history ADD COLUMN how TEXT;
    """,
    """
    ALTER TABLE phone ADD COLUMN fetched_at REAL;
    ALTER TABLE phone ADD COLUMN fetched TEXT;
    ALTER TABLE phone ADD COLUMN fetched_size INTEGER;
    ALTER TABLE phone ADD COLUMN fetches INTEGER;
    ALTER TABLE phone ADD COLUMN missing TEXT;
    ALTER TABLE phone ADD COLUMN broken_off TEXT;
    ALTER TABLE history ADD COLUMN size INTEGER;
    """,
    "ALTER TABLE history ADD COLUMN label TEXT",
]
"""Step N makes version N+1 of the tables from version N. Never change one that was released."""

VERSION = len(_STEPS)
"""The version of the tables that this program reads and writes (PRAGMA user_version)."""

_MAX_OBJECTS = 1000
"""Tables, views, triggers and indexes that are read to tell a file of ours from another."""

_OTHER_FAULTS = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT}
_OTHER_FAULTS |= {code for code, name in CODES.items() if name != "store_damaged"}
"""Errors that say nothing about the content of the file."""


class Pages(IntEnum):
    """Which pages of a file of this version are looked at. In others all are."""

    NONE = 0
    PHONES = 1
    """Those of phones and settings."""
    ALL = 2
    """The history's too; it has by far the most."""


def fault_of(connection: sqlite3.Connection, pages: Pages = Pages.ALL) -> str:
    """What is wrong with the file: "newer", "foreign", "damaged", or "" if it may be used. Before
    its tables are known to be ours none is read, as a view would run its author's code. Errors of a
    locked file and the like are raised."""
    try:
        if _number(connection) > VERSION:
            return "newer"
        version = version_of(connection)
        if version is None:
            return "foreign"
        what = _LOOKED_AT[pages] if version == VERSION else ("1",)
        if all(
            connection.execute(f"PRAGMA quick_check({one})").fetchone() == ("ok",) for one in what
        ):
            return ""
    except sqlite3.DatabaseError as error:
        if primary_code(error) in _OTHER_FAULTS:
            raise
    return "damaged"


_LOOKED_AT: dict[Pages, Sequence[str]] = {
    Pages.NONE: (),
    Pages.PHONES: ("phone", "setting"),  # before SQLite 3.33 the whole file
    Pages.ALL: ("1",),
}
"""For quick_check: tables, or how many faults of the file are looked for."""


def _number(connection: sqlite3.Connection) -> int:
    """The version that the file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def version_of(connection: sqlite3.Connection) -> int | None:
    """The version whose tables the file has; 0: it has none; None: it has others."""
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        return None
    found = _objects(connection)
    return next((n for n in reversed(range(VERSION + 1)) if _objects_of(n) == found), None)


@lru_cache(maxsize=VERSION + 1)
def _objects_of(version: int) -> list[tuple[object, ...]]:
    """The schema of a file of this version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _take_steps(connection, 0, version)
        return _objects(connection)


def _objects(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    # Without the statistics that ANALYZE adds: other programs run it, and SQLite alone reads them.
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema"
        " WHERE name NOT GLOB 'sqlite_stat[14]' ORDER BY name"
    )
    return [
        (*names, " ".join(sql.split()) if isinstance(sql, str) else sql)
        for *names, sql in rows.fetchmany(_MAX_OBJECTS)
    ]


def _take_steps(connection: sqlite3.Connection, version: int, to: int) -> None:
    for step in _STEPS[version:to]:
        for statement in step.split(";"):
            connection.execute(statement)


def prepare(connection: sqlite3.Connection) -> None:
    """Bring the file to this version; raises sqlite3.Error if it cannot be written."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # KB in memory, instead of 2,000: everything is read only once.
    connection.execute("PRAGMA cache_size = -512")
    # An empty transaction would find neither a lock nor a read-only file, hence IMMEDIATE.
    connection.execute("BEGIN IMMEDIATE")
    version = version_of(connection)
    if version is not None:
        _take_steps(connection, version, VERSION)
        # Written anew, the same number waits for the disk: 10 ms before the program listens.
        if _number(connection) != VERSION:
            connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
