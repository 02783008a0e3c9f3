"""Rows of the file as values and back: a phone's decision, what was seen of it, a history line.

A row that is read is not trusted: it may be damaged, or written by somebody else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Address
from itertools import chain, islice
from typing import NamedTuple

from pnp_gui.bench.phones.key import key_of, mac_of
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, clean_label, one_copy
from pnp_gui.bench.store.background_writer import Row
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

Columns = tuple[str, ...]

ROWS_AT_ONCE = 256
"""Rows of one INSERT: of the widest table 4,352 values, and SQLite takes 32,766."""

_FAR = 4e9
"""Unix seconds, in the year 2096. This program wrote no later time."""

_PROGRESS = frozenset(progress.value for progress in Progress)
_DECISIONS = frozenset(decision.value for decision in Decision)

MAX_FACT = 1000
"""Characters of what a phone says of itself, or of a network port's name. This program wrote no
longer ones (see `MAX_FIELD` and `MAX_SHOWN` of pnp/subscribe.py)."""

_MAX_SENT_URL = 64 * 1024
"""Characters of a template that is filled in and percent-encoded."""

_MAX_ADDRESS = len("255.255.255.255")

_MAX_CODE = 999
"""A SIP status has three digits (RFC 3261 section 7.2)."""


class Kept(NamedTuple):
    """What the technician decided about a phone."""

    key: str
    decision: Decision
    own_url: str
    label: str


class HistoryLine(NamedTuple):
    """Who was offered what, when, from where, or what it answered."""

    at: float
    """Unix seconds."""
    key: str
    mac: str
    url: str
    interface: str
    address: str
    outcome: str
    """"offered", "accepted", "refused" or "no answer"; for reboots see bench/events/reboots.py."""
    code: int
    """The SIP status of the answer, 0 where there is none."""


def seen_row(phone: Phone) -> Row:
    """What was seen of the phone: its key, and the columns `schema.SEEN`."""
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
    )


def _storable(text: str) -> str:
    """Text that UTF-8 can hold: one phone's odd bytes must not stop all rows from being written."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def phone_of(row: Mapping[str, object]) -> tuple[Phone, list[str]]:
    """The phone in a row of the file, and the columns whose values are impossible and left out.

    ValueError if key, decision or URL cannot be trusted, as then the decision is unknown.
    """
    bad: list[str] = []

    def text(column: str, most: int = MAX_FACT) -> str:
        value = row[column]
        if isinstance(value, str) and len(value) <= most:
            return value
        if value is not None:
            bad.append(column)
        return ""

    def time(column: str) -> float | None:
        value = row[column]
        if isinstance(value, float) and 0 <= value < _FAR:
            return value
        if value is not None:
            bad.append(column)
        return None

    key = row["key"]
    if not isinstance(key, str) or key_of(key) != key:
        raise ValueError("key")
    own_url, decision, label = row["own_url"], row["decision"], row["label"]
    if not isinstance(own_url, str):
        raise ValueError("own_url")
    if own_url:
        try:
            check_url(own_url)
        except Trouble as trouble:
            raise ValueError("own_url") from trouble
    if decision not in _DECISIONS:
        raise ValueError("decision")
    if not isinstance(label, str) or clean_label(label) != label:
        bad.append("label")
        label = clean_label(label) if isinstance(label, str) else ""
    address = text("address", _MAX_ADDRESS)
    if address and not _is_address(address):
        bad.append("address")
        address = ""
    progress, code = row["progress"], row["code"]
    if progress not in _PROGRESS and progress is not None:
        bad.append("progress")
    known = Progress(progress) if progress in _PROGRESS else Progress.NONE
    if known in (Progress.ASKING, Progress.SENT):
        known = Progress.NONE  # that exchange ended with the run it belonged to
    if code is not None and not _is_code(code):
        bad.append("code")
    phone = Phone(
        key=key,
        mac=mac_of(key),
        decision=Decision(decision),
        own_url=own_url,
        label=label,
        make=one_copy(text("make")),
        model=one_copy(text("model")),
        version=one_copy(text("version")),
        vendor=one_copy(text("vendor")),
        address=address,
        interface=one_copy(text("interface")),
        first_seen=time("first_seen"),
        last_seen=time("last_seen"),
        progress=known,
        code=_code(code),
        reason=text("reason"),
        progress_at=time("progress_at"),
        sent_url=text("sent_url", _MAX_SENT_URL),
    )
    return phone, bad


def decided_row(phone: Phone) -> Row:
    """What was decided of the phone: the columns `schema.DECIDED`."""
    return phone.key, phone.decision.value, phone.own_url, phone.label


def history_line(row: Row) -> HistoryLine:
    """A history line. Values that cannot be read are left empty."""
    at, *texts, code = row
    key, mac, url, interface, address, outcome = map(_text, texts)
    when = at if isinstance(at, float) and 0 <= at < _FAR else 0.0
    return HistoryLine(when, key, mac, url, interface, address, outcome, _code(code))


def _text(value: object) -> str:
    return value[:_MAX_SENT_URL] if isinstance(value, str) else ""


def _code(value: object) -> int:
    return value if isinstance(value, int) and _is_code(value) else 0


def _is_code(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= _MAX_CODE


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def insert(
    connection: sqlite3.Connection,
    table: str,
    columns: Columns,
    rows: Iterable[Sequence[object]],
    otherwise: str = "",
) -> None:
    """Insert `rows`, each with a value for each column. `otherwise`: an ON CONFLICT clause.

    One statement with the values of many rows is faster than as many statements, and a thread
    takes Python's lock once for it.
    """
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
