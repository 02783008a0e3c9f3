"""A list of phones read: from bytes, pasted text, or the rows of a workbook.

Reading never raises. It comes in slices, so that phones are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from pnp_gui.bench.sheet.fields import rows_of_fields
from pnp_gui.bench.sheet.free_text import read_free_text
from pnp_gui.bench.sheet.layout import Layout
from pnp_gui.bench.sheet.lines import DECISION, NO_PHONE, LineReader
from pnp_gui.bench.sheet.records import rows_of
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import MAX_BYTES, MAX_LINES, MAX_SHOWN, Remark, SheetLine, too_large
from pnp_gui.bench.sheet.text import lines_of
from pnp_gui.bench.sheet.understanding import Choices, understand
from pnp_gui.trouble import Trouble

_CELLS_A_STEP, _A_ROW = 1000, 10
"""Cells between two pauses, 2 ms, and as how many a row counts besides its own."""


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

    def remarks(self) -> list[Remark]:
        """Faults and notes, in the order of the file."""
        return sorted(self.bad + self.notes, key=attrgetter("number"))


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
    return read_in_steps(text[: MAX_BYTES + 1].encode("utf-8", "replace"), choices)


def read_in_steps(data: bytes, choices: Choices | None = None) -> Steps:
    """The list in a text file."""
    try:
        lines = yield from lines_of(data)
        rows = yield from rows_of(lines)
    except Trouble as trouble:
        return Reading(refused=trouble)
    reading = yield from read_rows(rows, choices)
    if not rows or reading.refused or reading.question or _is_table(reading):
        return reading
    fields = yield from rows_of_fields(lines)
    named = yield from read_rows(fields)
    named.layout = None
    text = Reading(*(yield from read_free_text(lines)))
    best = max(named, text, reading, key=lambda one: len(one.good))
    if best.good:
        return best
    if text.bad and not reading.bad:
        return text
    if reading.layout is None:
        reading.refused = Trouble("There is no MAC of a phone in it.", code="sheet_mac")
    return reading


def _is_table(reading: Reading) -> bool:
    """Whether it is certainly a table. Without a header it may be a text in which some lines look
    like rows."""
    if reading.layout is None:
        return False
    if reading.layout.header:
        return bool(reading.good) or any(one.reason.code == DECISION for one in reading.bad)
    text = sum(one.reason.code == NO_PHONE for one in reading.notes)
    return reading.layout.exact or text < len(reading.good) + len(reading.bad)


def read_rows(rows: Iterable[Row], choices: Choices | None = None) -> Steps:
    """The list in these rows, of a text or of a workbook."""
    rows = [row for row in rows if row.fault or any(row.cells)]
    if len(rows) > MAX_LINES:
        return Reading(refused=too_large())
    yield
    layout, first, question = yield from understand(rows, choices or {})
    if question is not None:
        return Reading(layout=layout, question=question)
    if not layout.macs:
        return Reading()
    reader = LineReader(layout)
    cells = 0
    for row in rows[first:]:
        if row.fault:
            reader.bad.append(Remark(row.number, row.text[:MAX_SHOWN], row.fault))
        elif tuple(row.cells) != layout.headings and (layout.own or not row.is_comment):
            reader.read(row.number, row.cells, row.text)
            cells += _A_ROW + len(row.cells)
        if cells > _CELLS_A_STEP:
            cells = 0
            yield
    return Reading(reader.good, reader.bad, reader.notes, layout)
