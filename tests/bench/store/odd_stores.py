"""Data files as somebody else may have made or damaged them, by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.store.store import FILE, Kept, Store
from tests.bench.store.store_file import raw

FIRST, BAD, LAST = "000413000001", "000413000002", "000413000003"
"""Three approved phones; the one in the middle is the one that is damaged."""

INVALID = "CAST(x'61ff62' AS TEXT)"
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT"


def sound(folder: Path) -> None:
    """A file as the program leaves it: three phones that were served, some settings, history."""
    store = Store.open(folder)
    store.save_decisions(
        Kept(key, Decision.APPROVED, "", f"Room {n}") for n, key in enumerate((FIRST, BAD, LAST))
    )
    for key in (FIRST, BAD, LAST):
        store.note(
            Phone(
                *(key, key),
                make="snom",
                address="10.0.0.1",
                first_seen=1e9,
                last_seen=1e9,
                progress=Progress.ACCEPTED,
                progress_at=1e9,
            )
        )
    store.set_setting("interfaces", [])
    store.flush()
    store.close()


def _sql(*statements: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        raw(folder, *statements)

    return spoil


def _phone(change: str) -> Callable[[Path], None]:
    return _sql(f"UPDATE phone SET {change} WHERE key = '{BAD}'")


def _setting(name: str, value: str) -> Callable[[Path], None]:
    return _sql(f"INSERT OR REPLACE INTO setting VALUES ('{name}', {value})")


def _instead(table: str, *statements: str) -> Callable[[Path], None]:
    return _sql(f"ALTER TABLE {table} RENAME TO old_{table}", *statements)


def _in_utf16(folder: Path) -> None:
    dump = "\n".join(_dump(folder))
    (folder / FILE).unlink()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA encoding = 'UTF-16le'")
        connection.executescript(dump)
        connection.execute("PRAGMA user_version = 1")


def _dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return list(connection.iterdump())


def _page_size(folder: Path) -> None:
    raw(folder, "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM")


def _huge(folder: Path) -> None:
    with (folder / FILE).open("r+b") as file:
        file.truncate(3 << 30)


def _tampered_schema(folder: Path) -> None:
    raw(
        folder,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE phone (' WHERE name = 'phone'",
    )


def _same_page_twice(folder: Path) -> None:
    raw(
        folder,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
        "'history') WHERE name = 'setting'",
    )


def _beside(suffix: str) -> Callable[[Path], None]:
    """The -wal or -journal of another database, hot."""

    def spoil(folder: Path) -> None:
        other = folder / "other.sqlite"
        with closing(sqlite3.connect(other, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if suffix == '-wal' else 'DELETE'}")
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("CREATE TABLE mine (text)")
            connection.execute("INSERT INTO mine VALUES (zeroblob(100000))")
            connection.execute("BEGIN")
            connection.execute("UPDATE mine SET text = zeroblob(200000)")
            connection.execute("INSERT INTO mine VALUES (zeroblob(200000))")
            hot = other.with_name(other.name + suffix).read_bytes()
            connection.execute("ROLLBACK")
        for path in folder.glob("other*"):
            path.unlink()
        (folder / f"{FILE}{suffix}").write_bytes(hot)

    return spoil


def _byte(at: int, value: int) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        content = bytearray((folder / FILE).read_bytes())
        content[at] = value
        (folder / FILE).write_bytes(content)

    return spoil


ROWS: dict[str, Callable[[Path], None]] = {
    "progress_at infinite": _phone("progress_at = 9e999"),
    "progress_at minus infinite": _phone("progress_at = -9e999"),
    "progress_at huge": _phone("progress_at = 1e300"),
    "progress_at negative": _phone("progress_at = -1e12"),
    "progress_at text": _phone("progress_at = 'noon'"),
    "progress_at blob": _phone("progress_at = x'00ff'"),
    "last_seen infinite": _phone("last_seen = 9e999, first_seen = 9e999"),
    "label invalid UTF-8": _phone(f"label = {INVALID}"),
    "label with line breaks": _phone("label = 'a' || char(10, 13, 27) || 'b'"),
    "label very long": _phone("label = hex(zeroblob(100000))"),
    "model invalid UTF-8": _phone(f"model = {INVALID}"),
    "model too long to be read": _phone("label = 'Room 1', model = hex(zeroblob(2000000))"),
    "key invalid UTF-8": _phone(f"key = {INVALID}"),
    "key blob": _phone("key = x'000413'"),
    "decision unknown": _phone("decision = 'perhaps'"),
    "decision invalid UTF-8": _phone(f"decision = {INVALID}"),
    "own URL not valid": _phone("own_url = 'http://'"),
    "duplicate in small letters": _sql(
        "INSERT INTO phone (key, decision) VALUES (lower('000413AABBCC'), 'approved')"
    ),
    "code huge": _phone("progress = 'refused', code = 9223372036854775807"),
    "address of no kind": _phone("address = '999.1.1.1'"),
    "history at the end of numbers": _sql("INSERT INTO history (id) VALUES (9223372036854775807)"),
    "setting invalid UTF-8": _setting("default_url", INVALID),
    "setting nested deep": _setting("interfaces", "replace(hex(zeroblob(100000)), '0', '[')"),
    "setting with a bad name": _sql(f"INSERT INTO setting VALUES ({INVALID}, '1')"),
    "setting blob": _setting("notices", "x'00'"),
    "minutes NaN": _setting("approve_all_minutes", "'NaN'"),
    "minutes infinite": _setting("approve_all_minutes", "'1e999'"),
    "minutes huge": _setting("approve_all_minutes", "'99999999999999999999'"),
    "interfaces of other types": _setting("interfaces", "'[1, null, [\"eth0\"], {}]'"),
    "history of URLs of other types": _setting("url_history", "'[[1], {}, 5]'"),
    "minutes of another type": _setting("approve_all_minutes", "'[5]'"),
}
"""Our tables with values that are not: all that can be read is there."""

TABLES: dict[str, Callable[[Path], None]] = {
    "setting without types": _instead("setting", "CREATE TABLE setting (key, value)"),
    "view in place of a table": _instead("phone", "CREATE VIEW phone AS SELECT * FROM old_phone"),
    "view that never ends": _instead(
        "setting", f"CREATE VIEW setting AS {ENDLESS} x AS key, x AS value FROM c"
    ),
    "virtual table": _instead("setting", "CREATE VIRTUAL TABLE setting USING fts5 (key, value)"),
    "trigger": _sql("CREATE TRIGGER t AFTER UPDATE ON phone BEGIN DELETE FROM history; END"),
    "trigger that never ends": _sql(
        f"CREATE TRIGGER t BEFORE INSERT ON history BEGIN INSERT INTO setting {ENDLESS} x, x "
        "FROM c; END"
    ),
    "generated column": _sql("ALTER TABLE phone ADD COLUMN odd AS (hex(key))"),
    "another collation": _instead(
        "setting",
        "CREATE TABLE setting (key TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, value TEXT NOT NULL) "
        "WITHOUT ROWID",
    ),
    "index on an expression": _sql("CREATE INDEX i ON phone (abs(length(label)))"),
    "another table": _sql("CREATE TABLE more (x REFERENCES phone)"),
    "UTF-16": _in_utf16,
}
"""Tables that are not ours: set aside."""

DAMAGED: dict[str, Callable[[Path], None]] = {
    "schema tampered with": _tampered_schema,
    "two tables on one page": _same_page_twice,
    "a write version that SQLite does not know": _byte(18, 66),
}
"""Set aside as damaged."""

HARMLESS: dict[str, Callable[[Path], None]] = {
    "user_version lost": _sql("PRAGMA user_version = 0"),
    "user_version negative": _sql("PRAGMA user_version = -7"),
    "application_id of another": _sql("PRAGMA application_id = 252006673"),
    "another page size": _page_size,
    "dates in the future": _phone("progress_at = 3e9, last_seen = 3e9, first_seen = 3e9"),
    "WAL of another": _beside("-wal"),
    "journal of another": _beside("-journal"),
}
"""Used with everything in it."""

HUGE = _huge
