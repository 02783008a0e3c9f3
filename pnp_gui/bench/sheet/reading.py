"""A list of phones read: from bytes, pasted text, or the rows of a workbook.

Reading never raises. It comes in slices, so that phones are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from pnp_gui.bench.sheet.fields import rows_of_fields
from pnp_gui.bench.sheet.free_text import read_free_text
from pnp_gui.bench.sheet.headings import Heading
from pnp_gui.bench.sheet.layout import Choices, Layout
from pnp_gui.bench.sheet.lines import DECISION, NO_PHONE, LineReader
from pnp_gui.bench.sheet.mac_columns import MacColumn, whether
from pnp_gui.bench.sheet.records import rows_of
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import MAX_BYTES, MAX_LINES, MAX_SHOWN, Remark, SheetLine, too_large
from pnp_gui.bench.sheet.text import Line, lines_of
from pnp_gui.bench.sheet.understanding import understand
from pnp_gui.bench.sheet.workbook import Worksheet, is_workbook, open_workbook, worksheet_rows
from pnp_gui.pnp.mac import find_mac
from pnp_gui.system.printable import printable
from pnp_gui.system.steps import finished
from pnp_gui.texts import Plural, Text
from pnp_gui.trouble import Trouble, listed

SAMPLE = 3
"""Rows by which a person sees what the columns are."""

_OF_A_PHONE = {DECISION, "sheet_cells", "url"}
"""Codes of faults in a row that names a phone."""

_COMMENT = Trouble("Not a phone: a line that begins with # is a comment.", code="sheet_comment")

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
    sample: Sequence[Sequence[str]] = ()
    """The cells of the first rows below the header."""
    worksheet: str = ""
    """Its name, if it is one of a workbook."""
    worksheets: Sequence[Reading] = ()
    """Those of the workbook that have phones, this one too."""

    def described(self) -> list[Text]:
        """What was understood, one phrase for each thing; see `Layout.described`."""
        phrases = self.layout.described() if self.layout is not None else []
        others = [one.worksheet for one in self.worksheets if one is not self]
        if self.worksheet:
            phrases.insert(0, Text("worksheet: {name}", name=self.worksheet))
        if others:
            names = listed(others)
            phrases.append(Text("other worksheets with phones: {names}", names=names))
        return phrases

    def remarks(self) -> list[Remark]:
        """Faults and notes, in the order of the file."""
        return sorted(self.bad + self.notes, key=attrgetter("number"))


ReadingSteps = Generator[None, None, Reading]
"""Pauses, then the list as it was read."""


def read_sheet(data: bytes, choices: Choices | None = None) -> Reading:
    """The list in these bytes, in one go."""
    return finished(read_in_steps(data, choices))


def read_pasted(text: str, choices: Choices | None = None) -> ReadingSteps:
    """The list in a text from the clipboard."""
    return read_in_steps(text[: MAX_BYTES + 1].encode("utf-8", "replace"), choices)


def read_in_steps(data: bytes, choices: Choices | None = None) -> ReadingSteps:
    """The list in a text file or a workbook."""
    try:
        if is_workbook(data):
            return (yield from _read_workbook(data, choices or {}))
        lines = yield from lines_of(data)
        rows = yield from rows_of(lines)
    except Trouble as trouble:
        return Reading(refused=trouble)
    reading = yield from read_rows(rows, choices)
    layout, is_table = reading.layout, _is_table(reading)
    if layout is not None and (layout.key in (choices or {}) or (is_table and layout.header)):
        return reading
    if not rows or reading.refused or reading.question:
        return reading
    fields = yield from rows_of_fields(lines)
    named = yield from read_rows(fields)
    named.layout = None
    if is_table and _phones(named) < _phones(reading):
        return reading
    text = Reading(*(yield from read_free_text(lines)))
    best = max(named, text, reading, key=_phones)
    if _phones(best):
        return best
    if text.bad and not reading.bad:
        return text
    if reading.layout is None:
        reading.refused = Trouble("It contains no MAC of a phone.", code="sheet_mac")
    return reading


def _read_workbook(data: bytes, choices: Choices) -> ReadingSteps:
    """The first worksheet that has phones. Raises `Trouble` for what cannot be read."""
    book = yield from open_workbook(data)
    found = []
    for worksheet in book.worksheets:
        reading = yield from _read_worksheet(worksheet, choices)
        reading.worksheet = printable(worksheet.name)
        found.append(reading)
    with_phones = [one for one in found if one.good or one.question]
    for reading in with_phones:
        reading.worksheets = with_phones
        if book.formulas:
            reading.notes.append(Remark(1, "", _without_values(book.formulas)))
    if with_phones:
        return with_phones[0]
    if book.formulas:
        return Reading(refused=_without_values(book.formulas))
    lacking = max(found, key=lambda one: len(one.bad), default=Reading())
    if not lacking.bad:
        lacking.refused = Trouble("It contains no MAC of a phone.", code="sheet_mac")
    return lacking


def _read_worksheet(worksheet: Worksheet, choices: Choices) -> ReadingSteps:
    rows = yield from worksheet_rows(worksheet, choices)
    reading = yield from read_rows(rows, choices)
    if reading.good or reading.question:
        return reading
    lines = [Line(row.number, row.text) for row in rows]
    text = Reading(*(yield from read_free_text(lines)))
    if text.good or reading.bad:
        return text if text.good else reading
    rows = yield from worksheet_rows(worksheet, choices, guess=True)
    guess = yield from read_rows(rows, choices)
    if guess.layout is None or not (guess.good or guess.question):
        return reading
    headings = guess.layout.headings
    columns = [MacColumn(at, headings[at], Heading.UNKNOWN) for at in guess.layout.macs]
    question = guess.question or whether(columns)
    return Reading(layout=guess.layout, question=question, sample=guess.sample)


def _without_values(formulas: int) -> Trouble:
    return Trouble(
        Plural(
            "%n cells have formulas without a value. Open the workbook in a spreadsheet program, "
            "save it there, and import it again.",
            "1 cell has a formula without a value. Open the workbook in a spreadsheet program, "
            "save it there, and import it again.",
        ),
        code="sheet_formula",
        n=formulas,
    )


def _phones(reading: Reading) -> int:
    """How many phones it has, also those of which a line says something wrong."""
    return len(reading.good) + sum(one.reason.code in _OF_A_PHONE for one in reading.bad)


def _is_table(reading: Reading) -> bool:
    """Whether it is certainly a table. Without a header it may be a text in which some lines look
    like rows."""
    if reading.layout is None:
        return False
    if reading.layout.header:
        return _phones(reading) > 0
    text = sum(one.reason.code == NO_PHONE for one in reading.notes)
    return reading.layout.exact or text < len(reading.good) + len(reading.bad)


def read_rows(rows: Iterable[Row], choices: Choices | None = None) -> ReadingSteps:
    """The list in these rows, of a text or of a workbook."""
    rows = [row for row in rows if row.fault or any(row.cells)]
    if len(rows) > MAX_LINES:
        return Reading(refused=too_large())
    yield
    layout, first, question = yield from understand(rows, choices or {})
    below = (row.cells for row in rows[first:] if row.cells and not row.is_comment)
    sample = list(islice(below, SAMPLE))
    if question is not None:
        return Reading(layout=layout, question=question, sample=sample)
    is_chosen = choices is not None and layout.key in choices
    if not layout.macs and not is_chosen:
        return Reading()
    reader = LineReader(layout)
    cells = 0
    for row in rows[first:]:
        if row.fault:
            reader.bad.append(Remark(row.number, row.text[:MAX_SHOWN], row.fault))
        elif row.is_comment and not layout.own:
            if find_mac(row.text[:MAX_SHOWN]):
                reader.notes.append(Remark(row.number, row.text[:MAX_SHOWN], _COMMENT))
        elif tuple(row.cells) != layout.headings:
            reader.read(row.number, row.cells, row.text)
            cells += _A_ROW + len(row.cells)
        if cells > _CELLS_A_STEP:
            cells = 0
            yield
    if is_chosen and not reader.good and {one.reason.code for one in reader.bad} <= {"sheet_mac"}:
        question = Trouble("There is no MAC in the column that was chosen.", code="sheet_question")
        return Reading(layout=layout, question=question, sample=sample)
    return Reading(reader.good, reader.bad, reader.notes, layout, sample=sample)
