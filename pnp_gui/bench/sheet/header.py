"""Which row of a list is its header: below titles and comments, above the first MAC."""

from __future__ import annotations

from collections.abc import Sequence

from pnp_gui.bench.sheet.headings import MAX_HEADING, Heading, heading_of, is_mac_heading
from pnp_gui.bench.sheet.keys import names_phone
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.pnp.mac import find_mac

_MOST_ABOVE = 60
"""Rows above the first MAC among which the header is."""
_MOST_CELLS = 10_000
"""Cells among which the first MAC is."""
_MOST_RANKED = 1000
"""Cells that are compared with the known headings."""


def find_header(rows: Sequence[Row]) -> int | None:
    """The index of the header row, or None."""
    first, width = _first_mac(rows)
    best, at = (0, 0), None
    cells = 0
    for index in reversed(range(max(0, first - _MOST_ABOVE), first)):
        rank = _rank(rows[index], width, just_above=index == first - 1)
        if rank > best:
            best, at = rank, index
        cells += len(rows[index].cells)
        if cells > _MOST_RANKED:
            break
    return at


def _first_mac(rows: Sequence[Row]) -> tuple[int, int]:
    """The index of the first row with a MAC, and how many cells it has. Without any MAC: of the
    first row that cannot be a header."""
    cells = 0
    for index, row in enumerate(rows):
        cells += len(row.cells) + 1
        if cells > _MOST_CELLS:
            break
        if not row.is_comment and any(map(names_phone, row.cells)):
            return index, len(row.cells)
    return min(len(rows), _MOST_ABOVE), 0


def _rank(row: Row, width: int, *, just_above: bool) -> tuple[int, int]:
    """How much the row is a header (0: not at all), and how many of its headings are known.
    `width`: cells of the row with the first MAC, 0: there is none."""
    cells = [cell for cell in row.cells if cell]
    if not cells or (len(cells) == 1 and width > 1) or max(map(len, cells)) > MAX_HEADING:
        return 0, 0
    if not any(any(map(str.isalpha, cell)) for cell in cells):
        return 0, 0
    known = sum(is_mac_heading(one) or heading_of(one) is not Heading.UNKNOWN for one in cells)
    if any(map(find_mac, cells)):
        return 0, 0
    if any(map(is_mac_heading, cells)):
        return 3, known
    if not width or len(cells) == 1:
        return 0, 0
    if 2 * known >= len(cells):
        return 2, known
    # In a language that is not known: a row of words just above the first phone.
    words = all(cell[:1].isalpha() or cell[:1] in "#*" for cell in cells)
    alike = 2 * len(cells) > width and len(set(cells)) == len(cells)
    return (1, known) if just_above and words and alike else (0, 0)
