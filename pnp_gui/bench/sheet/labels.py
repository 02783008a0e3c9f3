"""Which columns make the label of a phone: what tells the phones apart, for a person.

Never what may be an account, a password, a template or a server.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from pnp_gui.bench.phones.phone import clean_label
from pnp_gui.bench.sheet.cells import as_meant
from pnp_gui.bench.sheet.decision_words import DECISION_WORDS
from pnp_gui.bench.sheet.headings import Heading, heading_of
from pnp_gui.pnp.mac import written_macs


class Label(NamedTuple):
    """The columns of a label, see `Layout`."""

    names: tuple[int, ...] = ()
    extension: int | None = None
    instead: tuple[int, ...] = ()


Rows = Sequence[Sequence[str]]

_ORDER = (
    *(Heading.LABEL, Heading.FIRST_NAME, Heading.PERSON, Heading.NAME, Heading.DESCRIPTION),
    *(Heading.ROOM, Heading.HOST, Heading.DEVICE, Heading.PORT),
)
"""The first that tells the phones apart names them. A first name has the last name with it."""
_EXTENSION = re.compile(r"[+*#]?[\d ()/.-]{1,20}")
_SHORT_NUMBER = re.compile(r"\d{1,8}")
_IPV4 = re.compile(r"(\d{1,3}\.){3}\d{1,3}")
_NOTHING = {"", "-", "--", "?", "n/a", "na", "none", "null", "nil", "*", "unknown", "leer", "k.a."}
_NO_NAME = re.compile(
    r".*(@|://).*|[\d.:/\\ +-]+([AP]M)?|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*",
    re.IGNORECASE | re.DOTALL,
)
"""Mail addresses, URLs, numbers, dates, IPv6 addresses."""


def label_columns(headings: Sequence[str], rows: Rows, taken: Collection[int]) -> Label:
    """The columns of the label. `rows`: those with a MAC; `taken`: columns with another meaning."""
    if any(headings):
        found = _by_heading(headings, rows, taken)
        if found != Label():
            return found
    return _by_content(headings, rows, taken)


def label_of(cells: Sequence[str]) -> str:
    """The label from its cells, on one line; "" if they say nothing."""
    parts: list[str] = []
    for cell in cells:
        part = clean_label(as_meant(cell))
        if is_name(part) and part.lower() not in " ".join(parts).lower().split():
            parts.append(part)
    return clean_label(" ".join(parts))


def is_name(cell: str) -> bool:
    """Whether the cell says something that may stand in a label."""
    if cell.lower() in _NOTHING or "@" in cell or "://" in cell or _IPV4.fullmatch(cell):
        return False
    return not written_macs(cell)


def _by_heading(headings: Sequence[str], rows: Rows, taken: Collection[int]) -> Label:
    columns: dict[Heading, list[int]] = {}
    for index, heading in enumerate(headings):
        if index not in taken:
            columns.setdefault(heading_of(heading), []).append(index)
    extension = _extension(columns, rows)
    groups = []
    for heading in _ORDER:
        for column in columns.get(heading, ()):
            group: tuple[int, ...] = (column,)
            if heading is Heading.FIRST_NAME:
                last = columns.get(Heading.LAST_NAME) or columns.get(Heading.NAME) or []
                group = (column, *last[:1])
            if column != extension and _says(group, rows) and _has_words(group, rows):
                groups.append(group)
    if not columns.get(Heading.FIRST_NAME) and columns.get(Heading.LAST_NAME):
        groups.append((columns[Heading.LAST_NAME][0],))
    names = _best(groups, rows)
    instead = tuple(
        column for group in groups for column in group if group != names and column not in names
    )
    return Label(names, extension, instead)


def _best(groups: Sequence[tuple[int, ...]], rows: Rows) -> tuple[int, ...]:
    """The first group that tells at least half of the phones apart, else the one that tells most
    apart, if that is a quarter of them."""
    best: tuple[int, ...] = ()
    most = 1 if len(rows) > 1 else 0
    for group in groups:
        different = len(_values(group, rows))
        if different * 2 >= len(rows):
            return group
        if different > most and different * 4 >= len(rows):
            best, most = group, different
    return best


def _values(columns: Sequence[int], rows: Rows) -> set[str]:
    values = {label_of([_cell(cells, column) for column in columns]) for cells in rows}
    return values - {""}


def _says(columns: Sequence[int], rows: Rows) -> bool:
    """Whether it tells phones apart; one phone alone is told by anything."""
    different = len(_values(columns, rows))
    return different > 1 or (different == 1 and len(rows) == 1)


def _has_words(columns: Sequence[int], rows: Rows) -> bool:
    """Whether it is more than numbers."""
    values = _values(columns, rows)
    return sum(any(map(str.isalpha, value)) for value in values) * 2 >= len(values)


def _extension(columns: dict[Heading, list[int]], rows: Rows) -> int | None:
    for heading in (Heading.EXTENSION, Heading.NUMBER, Heading.LABEL):
        for column in columns.get(heading, ()):
            cells = [cell for row in rows if (cell := _cell(row, column))]
            numbers = sum(bool(_EXTENSION.fullmatch(as_meant(cell))) for cell in cells)
            if cells and numbers * 2 > len(cells) and _says((column,), rows):
                return column
    return None


def _by_content(headings: Sequence[str], rows: Rows, taken: Collection[int]) -> Label:
    """Without headings that say it: columns of words, and of short numbers."""
    named = any(headings)
    names: list[tuple[int, int]] = []
    numbers: list[tuple[int, int]] = []
    for column in range(max(map(len, rows), default=0)):
        heading = heading_of(headings[column]) if column < len(headings) else Heading.UNKNOWN
        if column in taken or heading is not Heading.UNKNOWN or not _says((column,), rows):
            continue
        values = _values((column,), rows)
        if values <= DECISION_WORDS.keys():
            continue
        words = sum(not _NO_NAME.fullmatch(value) for value in values)
        if words * 2 > len(values):
            # A word below an unknown heading may be a password.
            if not named or sum(" " in value for value in values) * 2 > len(values):
                names.append((len(values), column))
        elif not named and sum(map(bool, map(_SHORT_NUMBER.fullmatch, values))) * 2 > len(values):
            numbers.append((len(values), column))
    most = max(names, default=(0, 0))[0]
    telling = tuple(column for different, column in names if different * 2 > most)[:2]
    extension = max(numbers, default=(0, None))[1]
    return Label(telling, extension)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
