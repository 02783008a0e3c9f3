"""A list of phones read: from bytes, pasted text, or the rows of a workbook.

Reading never raises. It comes in slices, so that phones are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from pnp_gui.bench.sheet.free_text import read_free_text
from pnp_gui.bench.sheet.layout import Layout
from pnp_gui.bench.sheet.lines import LineReader
from pnp_gui.bench.sheet.records import rows_of
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import MAX_LINES, MAX_SHOWN, Remark, SheetLine, too_large
from pnp_gui.bench.sheet.text import Line, lines_of
from pnp_gui.bench.sheet.understanding import Choices, understand
from pnp_gui.trouble import Trouble

_CELLS_A_STEP = 1000
"""Cells between two pauses: 2 ms."""


@dataclass(slots=True)
class Reading:
    """What was read of a list; lines and remarks in the order of the file."""

    good: list[SheetLine] = field(default_factory=list)
    bad: list[Remark] = field(default_factory=list)
    """Lines that cannot be used."""
    notes: list[Remark] = field(default_factory=list)
    """Lines without a phone, and what was passed over."""
    layout: Layout | None = None
    """What the columns mean; None: it is no table, and its MACs were taken from the text."""
    question: Trouble | None = None
    """What is not clear. There are no lines then; `Choices` answer it."""
    refused: Trouble | None = None
    """Why the list as a whole was not read."""


Steps = Generator[None, None, Reading]
"""Pauses, then the list as it was read."""


def read_sheet(data: bytes, choices: Choices | None = None) -> Reading:
    """The list in these bytes, in one go."""
    return finish(read_in_steps(data, choices))


def finish(steps: Steps) -> Reading:
    """The end of the steps, without pauses."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            reading: Reading = end.value
            return reading


def read_pasted(text: str, choices: Choices | None = None) -> Steps:
    """The list in a text from the clipboard."""
    return read_in_steps(text.encode("utf-8", "replace"), choices)


def read_in_steps(data: bytes, choices: Choices | None = None) -> Steps:
    """The list in a text file."""
    try:
        lines = yield from lines_of(data)
        rows = yield from rows_of(lines)
    except Trouble as trouble:
        return Reading(refused=trouble)
    reading = yield from read_rows(rows, choices)
    if reading.refused or reading.question or reading.good or reading.layout:
        return reading
    return (yield from _read_text(lines, reading))


def read_rows(rows: Iterable[Row], choices: Choices | None = None) -> Steps:
    """The list in these rows, of a text or of a workbook."""
    rows = list(rows)
    if len(rows) > MAX_LINES:
        return Reading(refused=too_large())
    yield
    layout, first, question = understand(rows, choices or {})
    if question is not None:
        return Reading(layout=layout, question=question)
    reader = LineReader(layout)
    cells = 0
    for row in rows[first:]:
        if row.fault:
            reader.bad.append(Remark(row.number, row.text[:MAX_SHOWN], row.fault))
        elif tuple(row.cells) != layout.headings and (layout.own or not row.is_comment):
            reader.read(row.number, row.cells, row.text)
            cells += len(row.cells)
        if cells > _CELLS_A_STEP:
            cells = 0
            yield
    return Reading(reader.good, reader.bad, reader.notes, layout if layout.macs else None)


def _read_text(lines: list[Line], table: Reading) -> Steps:
    good, bad, notes = yield from read_free_text(lines)
    return Reading(good, bad, notes) if good or bad else table
