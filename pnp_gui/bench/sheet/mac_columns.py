"""Which column has the MACs of the phones: its cells say it first, then its heading.

Serial numbers and telephone numbers may look like MACs, and a phone has further MACs (Wi-Fi,
Bluetooth). Where more than one answer is possible, there is a question instead of a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from pnp_gui.bench.sheet.headings import Heading, heading_of, mac_heading, words_of
from pnp_gui.bench.sheet.keys import keys_in
from pnp_gui.bench.sheet.layout import column_name
from pnp_gui.pnp.makes import owner_of
from pnp_gui.trouble import Trouble, listed

_NEAR = 8
"""MACs of one device differ by less."""
_PLAIN = 12
_LEAST = 3
"""Of so many cells one is a MAC, in a column of MACs."""


class Content(IntEnum):
    """How much the cells of a column are MACs of phones."""

    DIGITS = 0
    """Twelve decimal digits: any number."""
    HEX = 1
    """Twelve hex digits: a MAC, or a serial number."""
    SEPARATED = 2
    """With colons, dashes or dots."""
    KNOWN = 3
    """Of a maker of phones."""


@dataclass(slots=True)
class MacColumn:
    """A column in which there are MACs."""

    index: int
    heading: str
    said: Heading
    filled: int = 0
    by_row: dict[int, str] = field(default_factory=dict)
    known: int = 0
    separated: int = 0
    hex: int = 0

    def add(self, row: int, cell: str) -> None:
        """Count one cell that is not empty."""
        self.filled += 1
        keys = keys_in(cell)
        if keys:
            self.by_row[row] = keys[0]
            self.known += bool(owner_of(keys[0]))
            self.separated += len(cell.strip("'\" \t")) != _PLAIN
            self.hex += not keys[0].isdecimal()

    @property
    def content(self) -> Content:
        most = len(self.by_row) / 2
        if self.known >= most:
            return Content.KNOWN
        if self.separated >= most:
            return Content.SEPARATED
        return Content.HEX if self.hex else Content.DIGITS

    @property
    def name(self) -> str:
        """“C”, or “C (MAC-Adresse)”."""
        letter = column_name(self.index)
        return f"{letter} ({' '.join(self.heading.split())})" if self.heading else letter


def mac_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[int, ...], Trouble | None]:
    """The columns with the phones' MACs; none and a question if it is not clear which they are;
    none and None if there is none."""
    columns = _columns(headings, rows)
    named = [one for one in columns if one.said is Heading.MAC]
    if named:
        return _one_or_several(_different(named))
    if any("mac" in words_of(heading) for heading in headings) and columns:
        return (), _which(columns) if len(columns) > 1 else whether(columns)
    by_content = [one for one in columns if one.said in (Heading.UNKNOWN, Heading.NUMBER)]
    for sure in (list(filter(_is_sure, by_content)), list(filter(_is_likely, by_content))):
        sure = _different(sure)
        if len(sure) == 1:
            return (sure[0].index,), None
        if sure:
            return (), _which(sure)
    doubtful = list(filter(_may_be, columns))
    return (), whether(doubtful) if doubtful else None


def _is_sure(column: MacColumn) -> bool:
    # Telephone numbers begin as MACs of some makers do: 080023 is Panasonic's.
    is_number = column.said is Heading.NUMBER and not column.hex and not column.separated
    return column.content >= Content.SEPARATED and not is_number


def _is_likely(column: MacColumn) -> bool:
    return column.content is Content.HEX and not column.heading


def _may_be(column: MacColumn) -> bool:
    match column.said:
        case Heading.SERIAL:  # with some makers the serial number is the MAC
            return column.content is Content.KNOWN and column.hex > 0
        case Heading.NUMBER:
            return column.hex > 0
        case Heading.SECRET:
            return False
        case _:
            return True


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[MacColumn]:
    found: dict[int, MacColumn] = {}
    for number, cells in enumerate(rows):
        for index, cell in enumerate(cells):
            if not cell:
                continue
            column = found.get(index)
            if column is None:
                heading = headings[index] if index < len(headings) else ""
                column = found[index] = MacColumn(index, heading, mac_heading(heading))
            column.add(number, cell)
    return [
        found[index]
        for index in sorted(found)
        if found[index].by_row
        and (
            found[index].said is Heading.MAC
            or len(found[index].by_row) * _LEAST >= found[index].filled
        )
    ]


def _different(columns: list[MacColumn]) -> list[MacColumn]:
    """Without those that only repeat another one's MACs."""
    kept: list[MacColumn] = []
    for column in columns:
        if not any(column.by_row.items() <= other.by_row.items() for other in kept):
            kept = [one for one in kept if not one.by_row.items() <= column.by_row.items()]
            kept.append(column)
    return kept


def _one_or_several(columns: list[MacColumn]) -> tuple[tuple[int, ...], Trouble | None]:
    """Columns whose headings all say MAC: a numbered series of them are several phones, unless
    their MACs are near each other, as those of the ports of one device are. The same heading twice
    heads two lists beside each other."""
    indexes = tuple(column.index for column in columns)
    if len(columns) == 1:
        return indexes, None
    numbered = len({words_of(column.heading) for column in columns}) == 1
    if not numbered or len({column.heading for column in columns}) < len(columns):
        return (), _which(columns)
    first, second = columns[:2]
    both = first.by_row.keys() & second.by_row.keys()
    near = sum(_are_near(first.by_row[row], second.by_row[row]) for row in both)
    of_phones = heading_of(first.heading) in (Heading.NUMBER, Heading.DEVICE)
    if near * 2 > len(both) and not of_phones:
        return (), _which(columns)
    return indexes, None


def _are_near(one: str, other: str) -> bool:
    return one[:6] == other[:6] and abs(int(one[6:], 16) - int(other[6:], 16)) < _NEAR


def _which(columns: Sequence[MacColumn]) -> Trouble:
    return Trouble(
        "Several columns contain MACs, but only one can be the phones': {columns}.",
        code="sheet_question",
        columns=listed(column.name for column in columns),
    )


def whether(columns: Sequence[MacColumn]) -> Trouble:
    """The question where these columns may have the phones' MACs, or any other numbers."""
    return Trouble(
        "These may not be the phones' MACs: column {columns}.",
        code="sheet_question",
        columns=listed(column.name for column in columns),
    )
