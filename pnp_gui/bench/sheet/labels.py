"""Which columns make the label of a phone: what tells the phones apart, for a person.

Never what may be an account, a password, a template or a server.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet.cells import as_meant
from pnp_gui.bench.sheet.decision_words import DECISION_WORDS
from pnp_gui.bench.sheet.headings import Heading, heading_of
from pnp_gui.bench.sheet.rows import cell_at, is_error
from pnp_gui.pnp.mac import written_macs
from pnp_gui.pnp.makes import MAKES


class Label(NamedTuple):
    """The columns of a label, see `Layout`."""

    names: tuple[int, ...] = ()
    extension: int | None = None
    instead: tuple[int, ...] = ()


Rows = Sequence[Sequence[str]]

_HALF = 0.5
_OF_MODELS = 2 / 3
"""A list with some models has at most as many different ones for each phone."""

_ORDER = (
    *(Heading.LABEL, Heading.FIRST_NAME, Heading.PERSON, Heading.NAME, Heading.LAST_NAME),
    *(Heading.DESCRIPTION, Heading.ROOM, Heading.REMARK, Heading.HOST, Heading.DEVICE),
    Heading.PORT,
)
"""The first that tells the phones apart names them. A first name has the last name with it."""
_EXTENSION = re.compile(r"[+*#]?[\d ()/.-]{1,20}")
_MAKES = tuple(make.lower() for make in MAKES)
_SHORT_NUMBER = re.compile(r"\d{1,8}")
_IPV4 = re.compile(r"(\d{1,3}\.){3}\d{1,3}")
_NOTHING = {
    *("", "-", "--", "?", "n/a", "na", "none", "null", "nil", "*", "unknown", "leer", "k.a."),
    *("reachable", "stale", "delay", "probe", "failed", "permanent", "dynamic", "static", "active"),
    *("dynamisch", "statisch", "aktiv", "inactive", "inaktiv", "online", "offline", "up", "down"),
    *("enabled", "disabled", "on", "off", "ok"),
}
"""Cells that say nothing, or only the state of something."""
_MIXED = re.compile(r"(?=.*\d)\S*[^\W\d]\S*")
"""One word with a digit."""
_NO_NAMES = {Heading.SERIAL, Heading.SECRET, Heading.NEVER}
_NO_NAME = re.compile(
    r".*([@!?$%^~<>{}\[\]=]|://).*|[\d.:/\\ +-]+([AP]M)?|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*",
    re.IGNORECASE | re.DOTALL,
)
"""Mail addresses, URLs, what may be a password, numbers, dates, IPv6 addresses."""
_GENERATED = re.compile(
    r"(?=.*[a-z])(?=.*[A-Z])(?!(?:[A-Z]?[a-z]{2,}+\d*+)++$)[A-Za-z]*+\d++[A-Za-z]++\d[A-Za-z\d]*"
)
"""What a program makes as a password, "aB3dE5f", but no words, "Haus3Raum2". It never goes back, so
that no text takes longer than its length."""


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
    if is_error(cell):
        return False
    if ":" in cell and heading_of(cell.partition(":")[0]) in _NO_NAMES:  # "SN:3146C1900701"
        return False
    return not written_macs(cell)


class _Group:
    """Columns that may name the phones, and what they say of each."""

    def __init__(self, columns: Sequence[int], rows: Rows) -> None:
        self.columns = tuple(columns)
        said = Counter(label_of([cell_at(cells, one) for one in columns]) for cells in rows)
        self.tells = len(said) > 1 or (len(rows) == 1 and said[""] == 0)
        """It does not say the same of all. One phone alone is told by anything."""
        del said[""]
        self.values = said.keys()
        self.telling = len(said) / max(1, said.total())
        """Different values among those that are not empty, 0 to 1."""

    def share(self, test: Callable[[str], object]) -> float:
        """The share of its different values that pass the test."""
        return sum(map(bool, map(test, self.values))) / max(1, len(self.values))

    def is_model(self, heading: Heading) -> bool:
        """Whether it says which kinds of phones they are: "snom D735", "snom D735"."""
        names_make = self.share(lambda value: value.lower().startswith(_MAKES)) >= _HALF
        return self.telling <= _OF_MODELS and (heading is Heading.DEVICE or names_make)

    def counts_rows(self) -> bool:
        """Whether it is a first column of 1, 2, 3, maybe with gaps."""
        numbers = [int(value) for value in self.values if value.isdecimal()]
        rises = all(one < following for one, following in pairwise(numbers))
        return self.columns == (0,) and numbers[:1] == [1] and rises

    def has_words(self) -> bool:
        """Whether it is more than numbers."""
        return self.share(lambda value: any(map(str.isalpha, value))) >= _HALF


def _by_heading(headings: Sequence[str], rows: Rows, taken: Collection[int]) -> Label:
    columns: dict[Heading, list[int]] = {}
    for index, heading in enumerate(headings):
        if index not in taken:
            columns.setdefault(heading_of(heading), []).append(index)
    extension = _extension(columns, rows)
    groups = []
    for heading in _ORDER:
        if heading is Heading.PORT and extension is not None:
            break  # the number says more
        for column in columns.get(heading, ()):
            with_it: list[int] = []
            if heading is Heading.FIRST_NAME:
                with_it = columns.get(Heading.LAST_NAME) or columns.get(Heading.NAME) or []
            elif heading is Heading.NAME and not columns.get(Heading.FIRST_NAME):
                with_it = columns.get(Heading.LAST_NAME) or []
            group = _Group([column, *with_it[:1]], rows)
            if column != extension and group.tells and not group.is_model(heading):
                groups.append(group)
    # A room may be a number; but where a name tells the phones apart, a number alone is none.
    groups.sort(key=_Group.has_words, reverse=True)
    names = _best(groups, len(rows))
    groups = [group for group in groups if group.has_words()] or groups
    instead = (column for group in groups for column in group.columns if column not in names)
    return Label(names, extension, tuple(dict.fromkeys(instead)))


def _best(groups: Sequence[_Group], phones: int) -> tuple[int, ...]:
    """The first group that tells half of the phones apart (more, if phones share a name), else the
    one that tells most apart, if that is a quarter of them."""
    for group in groups:
        if len(group.values) >= (phones + (group.telling < 1)) * _HALF:
            return group.columns
    most = max(groups, key=lambda group: len(group.values), default=None)
    return most.columns if most and len(most.values) >= phones * _HALF / 2 else ()


def _extension(columns: dict[Heading, list[int]], rows: Rows) -> int | None:
    for heading in (Heading.EXTENSION, Heading.NUMBER, Heading.LABEL):
        for column in columns.get(heading, ()):
            group = _Group([column], rows)
            if group.tells and group.share(_EXTENSION.fullmatch) > _HALF:
                return column
    return None


def _by_content(headings: Sequence[str], rows: Rows, taken: Collection[int]) -> Label:
    """Without headings that say it: columns of words, and of short numbers."""
    headed = any(headings)
    # A word below an unknown heading, or beside a mail address, may be a password.
    wary = headed or any("@" in cell for cells in rows for cell in cells)
    names: list[_Group] = []
    numbers: list[_Group] = []
    for column in range(max(map(len, rows), default=0)):
        heading = heading_of(headings[column]) if column < len(headings) else Heading.UNKNOWN
        if column in taken or heading is not Heading.UNKNOWN:
            continue
        group = _Group([column], rows)
        if not group.tells or group.values <= DECISION_WORDS.keys():
            continue
        if group.share(_NO_NAME.fullmatch) < _HALF:
            if group.share(lambda value: value.lower() in DECISION_WORDS) >= _HALF:
                continue
            if group.share(_GENERATED.fullmatch) >= _HALF:
                continue
            if not wary or group.share(lambda value: " " in value) > _HALF:
                names.append(group)
        elif not headed and group.share(_SHORT_NUMBER.fullmatch) > _HALF:
            numbers.append(group)
    others = [group for group in numbers if not group.counts_rows()]
    numbers = others if names else others or numbers
    most = max((len(group.values) for group in names), default=0)
    telling = [group for group in names if len(group.values) > most * _HALF]
    # A second column of words may have passwords, and so has one of words with digits rather.
    name = min(telling, key=lambda group: group.share(_MIXED.fullmatch) >= _HALF, default=None)
    extension = max(numbers, key=lambda group: len(group.values), default=None)
    return Label(name.columns if name else (), extension.columns[0] if extension else None)
