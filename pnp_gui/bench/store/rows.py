"""Rows of the file as values and back. One that is read may be damaged, or somebody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address
from itertools import chain, islice
from typing import Any, NamedTuple, Self

from pnp_gui.bench.phones.files import MAX_MISSING, MAX_NAME, Files
from pnp_gui.bench.phones.key import key_of, mac_of
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot
from pnp_gui.bench.phones.row_text import clean_label, one_copy
from pnp_gui.bench.store.background_writer import Row
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

Columns = tuple[str, ...]

ROWS_AT_ONCE = 256
"""Rows of one INSERT: of the widest table 6,400 values, and SQLite takes 32,766."""

_FAR = 4e9
"""Unix seconds, in the year 2096. This program wrote no later time."""

MAX_FACT = 1000
"""Characters of what a phone says of itself, or of an interface's name. This program wrote no
longer ones (see `MAX_FIELD` and `MAX_SHOWN` of pnp/subscribe.py)."""

_MAX_SENT_URL = 64 * 1024
"""Characters of a template that is filled in and percent-encoded."""

_MAX_CODE = 999
"""A SIP status has three digits (RFC 3261 section 7.2)."""


class Kept(NamedTuple):
    """What the technician decided about a phone: the columns `schema.DECIDED`."""

    key: str
    decision: Decision
    own_url: str
    label: str

    @classmethod
    def of(cls, phone: Phone) -> Self:
        """What is decided about it now."""
        return cls(phone.key, phone.decision, phone.own_url, phone.label)

    def over(self, other: Self) -> Self:
        """This, and what the other says where this says nothing."""
        return self._replace(
            decision=other.decision if self.decision is Decision.UNDECIDED else self.decision,
            own_url=self.own_url or other.own_url,
            label=self.label or other.label,
        )


OFFER_OUTCOMES = {
    Progress.SENT: "offered",
    Progress.ACCEPTED: "accepted",
    Progress.REFUSED: "refused",
    Progress.NO_ANSWER: "no answer",
    Progress.NOT_SENT: "not sent",
}
REBOOT_OUTCOMES = {
    Reboot.ASKED: "asked to reboot",
    Reboot.REBOOTING: "rebooting",
    Reboot.PASSWORD: "reboot: wants a password",
    Reboot.REFUSED: "reboot: refused",
    Reboot.NO_ANSWER: "reboot: no answer",
}
"""The history's words, as they stand in the file. The report and the window go by these tables."""


class FetchOutcome(StrEnum):
    """What became of a phone's request for a file, as it stands in the file."""

    FETCHED = "fetched"
    MISSING = "missing"
    """The file is not there, although it should be."""
    BROKEN_OFF = "broken off"
    """It did not get the file as a whole."""
    OTHER_MAC = "another phone's file"
    """It asked with another phone's MAC. What became of that is a line of its own."""


FORGOTTEN = "forgotten"
"""The history's word for a phone that was taken out; for other decisions it is `Decision`'s."""
KNOWN_BY_MAC = "known by its MAC"
"""The history's word where a phone that sends no MAC got that of its address: earlier lines of the
address, "ip:…", are this phone's."""


class How(StrEnum):
    """How a decision was made, as it stands in the file."""

    HAND = "by hand"
    SCAN = "scan"
    SHEET = "sheet"
    ALL = "approve all"
    UNDO = "undo"
    REDO = "redo"


class HistoryLine(NamedTuple):
    """Who was offered what, when, from where, or what it answered; what it fetched; or what was
    decided of it."""

    at: float
    """Unix seconds."""
    key: str
    mac: str
    url: str
    interface: str
    address: str
    outcome: str
    """A word of the tables above, one of `Decision`, `FORGOTTEN` or `KNOWN_BY_MAC`; any other is of
    a line that is damaged or of a later version."""
    code: int = 0
    """The SIP status of the answer, or the HTTP status where a file was not sent as a whole; 0
    where there is none."""
    how: str = ""
    """Of a decision: see `How`. Of a file that was broken off: see `FetchEnd`."""
    size: int = 0
    """Bytes of a file, those that were sent of it."""
    label: str = ""
    """Of a phone that was forgotten: its label, which no row has any more."""


def sighting_row(phone: Phone) -> Row:
    """What was seen of the phone: its key, and the columns `schema.SIGHTING`."""
    files = phone.files and phone.files.of_earlier_run()
    return (
        phone.key,
        _storable(phone.make),
        _storable(phone.model),
        _storable(phone.version),
        _storable(phone.vendor),
        phone.address,
        _storable(phone.interface),
        phone.first_seen,
        phone.last_seen,
        phone.progress.value,
        phone.code,
        _storable(phone.reason),
        phone.progress_at,
        phone.sent_url,
        phone.accepted_url,
        phone.accepted_at,
        *(_NO_FILES if files is None else _of_files(files)),
    )


def _of_files(files: Files) -> Row:
    missing = _storable("\n".join(files.missing))
    name, broken_off = _storable(files.name), _storable(files.broken_off)
    return files.at, name, files.size, files.total, missing, broken_off


def _storable(text: str) -> str:
    """Text that UTF-8 can hold: one phone's odd bytes must not stop all rows from being written."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def phone_of(row: Mapping[str, object]) -> tuple[Phone, list[str]]:
    """The phone in a row of the file, and the columns whose values are impossible and left out.
    ValueError if key, decision or URL cannot be trusted, as then the decision is unknown."""
    values: dict[str, Any] = {}
    bad: list[str] = []
    for column, read in _DECIDED.items():
        try:
            values[column] = read(row[column])
        except (ValueError, Trouble) as error:
            raise ValueError(column) from error
    label = row["label"]
    values["label"] = clean_label(label) if isinstance(label, str) else ""
    if values["label"] != label:
        bad.append("label")
    for column, read in _SIGHTING.items():
        value = row[column]
        if value is not None:
            try:
                values[column] = read(value)
            except ValueError:
                bad.append(column)
    files = {name: values.pop(column) for column, name in _FILES.items() if column in values}
    kept = Files(**files) if any(files.values()) else None
    return Phone(mac=mac_of(values["key"]), files=kept, **values), bad


def history_line(row: Row) -> HistoryLine:
    """A history line. Values that cannot be read are left empty."""
    at, *texts, code, how, size, label = row
    cut = (text[:_MAX_SENT_URL] if isinstance(text, str) else "" for text in (*texts, how, label))
    key, mac, url, interface, address, outcome, by, named = cut
    when, status, length = _or(_time, at, 0.0), _or(_code, code, 0), _or(_number, size, 0)
    return HistoryLine(
        *(when, key, mac, url, interface, address, outcome, status, by, length, named)
    )


def forgotten_phones(lines: Iterable[HistoryLine]) -> dict[str, Phone]:
    """By key, the phones that were forgotten in these lines, newest first: what is still known of
    them is their label."""
    found: dict[str, Phone] = {}
    for line in lines:
        if line.label:
            found.setdefault(line.key, Phone(line.key, line.mac, label=line.label))
    return found


def _or(read: Callable[[object], Any], value: object, otherwise: object) -> Any:
    try:
        return read(value)
    except ValueError:
        return otherwise


# One value of a row each. ValueError or Trouble: this program did not write it.


def _text(value: object, most: int = MAX_FACT) -> str:
    if isinstance(value, str) and len(value) <= most:
        return value
    raise ValueError


def _fact(value: object) -> str:
    return one_copy(_text(value))


def _key(value: object) -> str:
    key = _text(value)
    if key_of(key) != key:
        raise ValueError
    return key


def _url(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    if value:
        check_url(value)
    return value


def _time(value: object) -> float:
    if isinstance(value, float) and 0 <= value < _FAR:
        return value
    raise ValueError


def _progress(value: object) -> Progress:
    progress = Progress(_text(value))
    if progress in (Progress.ASKING, Progress.SENT, Progress.NOT_SENT):
        return Progress.NONE  # that exchange ended with the run it belonged to
    return progress


def _code(value: object) -> int:
    if isinstance(value, int) and 0 <= value <= _MAX_CODE:
        return value
    raise ValueError


def _number(value: object) -> int:
    if isinstance(value, int) and value >= 0:
        return value
    raise ValueError


def _name(value: object) -> str:
    return _text(value, MAX_NAME)


def _names(value: object) -> tuple[str, ...]:
    text = _text(value, MAX_MISSING * (MAX_NAME + 1))
    return tuple(map(_name, text.split("\n"))) if text else ()


_DECIDED: dict[str, Callable[[object], object]] = {
    "key": _key,
    "own_url": _url,
    "decision": lambda value: Decision(_text(value)),
}
_SIGHTING: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(("make", "model", "version", "vendor", "interface"), _fact),
    "address": lambda value: _text(value) and str(IPv4Address(_text(value))),
    **dict.fromkeys(("first_seen", "last_seen", "progress_at", "accepted_at", "fetched_at"), _time),
    "progress": _progress,
    "code": _code,
    "reason": _text,
    **dict.fromkeys(("sent_url", "accepted_url"), lambda value: _text(value, _MAX_SENT_URL)),
    **dict.fromkeys(("fetched", "broken_off"), _name),
    **dict.fromkeys(("fetched_size", "fetches"), _number),
    "missing": _names,
}
_FILES = {
    **{"fetched_at": "at", "fetched": "name", "fetched_size": "size", "fetches": "total"},
    **{"missing": "missing", "broken_off": "broken_off"},
}
"""By column, the field of `Files`."""
_NO_FILES: Row = (None,) * len(_FILES)


def insert(
    connection: sqlite3.Connection,
    table: str,
    columns: Columns,
    rows: Iterable[Sequence[object]],
    otherwise: str = "",
) -> None:
    """Insert `rows`, each with a value for each column. `otherwise`: an ON CONFLICT clause. Many
    rows in one statement are faster, and a thread takes Python's lock once for it."""
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        if len(some) == ROWS_AT_ONCE:
            statement = _insert_statement(table, columns, ROWS_AT_ONCE, otherwise)
            connection.execute(statement, list(chain.from_iterable(some)))
        else:
            connection.executemany(_insert_statement(table, columns, 1, otherwise), some)


@lru_cache(16)
def or_update(columns: Columns) -> str:
    """An ON CONFLICT clause: of a phone that is in the file, change only these columns."""
    if not columns:
        return "ON CONFLICT (key) DO NOTHING"
    return f"ON CONFLICT (key) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns)}"


@lru_cache(32)
def _insert_statement(table: str, columns: Columns, count: int, otherwise: str) -> str:
    row = f"({', '.join('?' * len(columns))})"
    values = ", ".join([row] * count)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} {otherwise}".rstrip()
