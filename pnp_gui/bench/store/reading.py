"""Reads the tables, which may hold anything, value by value; what cannot be read is left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.rows import HistoryLine, Kept, history_line, insert, phone_of, sighting_row
from pnp_gui.bench.store.schema import DECIDED, HISTORY, SIGHTING
from pnp_gui.bench.store.settings import fits
from pnp_gui.system.mask import mask_text
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

MAX_VALUE = 1 << 20
"""Bytes of a row. A longer one is left out without being read."""

MAX_SHOWN = 400
"""Characters of a row or a value in the details."""
MAX_NAMED = 1000
"""Rows and settings that the details name."""

UNREADABLE = "store_rows"
"""The code of the trouble that some rows could not be read; the file is still the same."""

_MAX_LINE = 1 << 53
"""Ids of history lines count up from 1. One near the end of the range would leave no room for
others, and old lines are deleted by their id."""
_ODD_LINES = f"id < 1 OR id > {_MAX_LINE}"

_PHONE = (*DECIDED, *SIGHTING)


@dataclass(slots=True)
class LeftOut:
    """What could not be read."""

    phones: int = 0
    values: int = 0
    """Single values of phones that could be read otherwise."""
    settings: int = 0
    lines: int = 0
    """History lines without a usable id."""
    details: list[str] = field(default_factory=list)

    def name(self, what: str) -> None:
        """Add a line to the details."""
        if len(self.details) < MAX_NAMED:
            self.details.append(what)

    def trouble(self, path: Path, copy: Path | None) -> Trouble:
        """The sentence. `copy`: a copy of the file; None: there is none, the file is unchanged."""
        template = (
            Text(
                "Part of {path} could not be read and was left out (phones: {phones}, values "
                "of other phones: {values}, settings: {settings}, history lines: {lines}); "
                "everything else was loaded. The original file was kept as {copy} in the same "
                "folder."
            )
            if copy
            else Text(
                "Part of {path} could not be read and was left out (phones: {phones}, values of "
                "other phones: {values}, settings: {settings}, history lines: {lines}); everything "
                "else was loaded. The file itself was not changed."
            )
        )
        values = asdict(self) | {"details": "\n".join(self.details)}
        name = copy.name if copy else ""
        return Trouble(
            template, code=UNREADABLE, action="copy_details", path=path, copy=name, **values
        )


def read_settings(connection: sqlite3.Connection, left_out: LeftOut) -> dict[str, str]:
    """The settings, as JSON. Unknown ones (of a later version) are kept as they are."""
    kept = {}
    for row in _rows(connection, "SELECT key, value FROM setting"):
        key, value = row or (None, None)
        if isinstance(key, str) and isinstance(value, str) and fits(key, value):
            kept[key] = value
        else:
            left_out.settings += 1
            left_out.name(f"setting {_shown(key)}: {_shown(value)}")
    return kept


def read_phones(connection: sqlite3.Connection, left_out: LeftOut) -> list[Phone]:
    """The phones, sorted by key as in the file. One whose key, decision or URL cannot be read is
    left out, and so are two that are not in order: the key of one of them is damaged, and its
    decision would be another phone's."""
    phones: list[Phone] = []
    for row in _rows(connection, f"SELECT {', '.join(_PHONE)} FROM phone"):
        try:
            phone, bad = phone_of(dict(zip(_PHONE, row or (None,) * len(_PHONE), strict=True)))
        except ValueError as error:
            left_out.phones += 1
            left_out.name(f"phone {_shown(row)} ({error})" if row else "phone (too long)")
            continue
        if phones and phone.key <= phones[-1].key:
            left_out.phones += 2
            left_out.name(f"phones {phones.pop().key} and {_shown(row)} (not in order)")
            continue
        phones.append(phone)
        if bad:
            left_out.values += len(bad)
            left_out.name(f"phone {phone.key}: {', '.join(c for c in _PHONE if c in bad)}")
    if lines := _odd_lines(connection):
        left_out.lines = lines
        left_out.name(f"history lines with numbers out of range: {lines}")
    return phones


def _odd_lines(connection: sqlite3.Connection) -> int:
    """How many lines of the history have no usable id. A history that is damaged is found when it
    is written, and takes no phone with it."""
    query = f"SELECT count(*) FROM history WHERE {_ODD_LINES}"
    try:
        return int(connection.execute(query).fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


def read_history(
    connection: sqlite3.Connection, before: int, limit: int
) -> tuple[list[HistoryLine], int | None]:
    """The lines with the highest ids below `before`, newest first, and the `before` for the next
    part; None: there is none. A line that is too long is left out."""
    found = connection.execute(
        "SELECT id FROM history WHERE id < ? ORDER BY id DESC LIMIT ?", (before, limit)
    ).fetchall()
    if not found:
        return [], None
    last = found[-1][0]
    query = f"SELECT {', '.join(HISTORY)} FROM history WHERE id >= ? AND id < ? ORDER BY id DESC"
    lines = [history_line(row) for row in _rows(connection, query, last, before) if row]
    return lines, (last if len(found) == limit else None)


def put_right(connection: sqlite3.Connection) -> list[Phone]:
    """Delete from the file what cannot be read; gives the phones. In the caller's transaction."""
    phones = read_phones(connection, LeftOut())
    settings = read_settings(connection, LeftOut())
    connection.execute("DELETE FROM phone")
    insert(connection, "phone", _PHONE, ((*Kept.of(one), *sighting_row(one)[1:]) for one in phones))
    connection.execute("DELETE FROM setting")
    insert(connection, "setting", ("key", "value"), settings.items())
    connection.execute(f"DELETE FROM history WHERE {_ODD_LINES}")
    return phones


def _shown(value: object) -> str:
    """For the details. Masked before it is cut: without its @ no URL shows that it has a
    password."""
    return mask_text(repr(value))[:MAX_SHOWN]


def _rows(
    connection: sqlite3.Connection, query: str, *values: object
) -> Iterator[tuple[object, ...] | None]:
    """Every row; None for one that is too long to be read."""
    query += " LIMIT ? OFFSET ?"
    at = 0
    before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    try:
        while True:
            try:
                for row in connection.execute(query, (*values, -1, at)):
                    at += 1
                    yield row
                return
            except sqlite3.DataError:  # SQLITE_TOOBIG
                pass
            # This row or the next: Python reads one row ahead, and an error loses both.
            try:
                row = connection.execute(query, (*values, 1, at)).fetchone()
            except sqlite3.DataError:
                row = None
            at += 1
            yield row
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)
