"""Cells that a spreadsheet program takes for text, whatever a phone wrote into them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain

from pnp_gui.system.printable import one_line

# Spreadsheets run a cell that begins with one of these as a formula; "|" begins a DDE command.
# Some accept the full-width, small, superscript and subscript forms as well.
_SIGNS = (
    "=+@|\\-"
    "\uff1d\uff0b\uff20\uff5c\uff0d"  # full-width
    "\ufe66\ufe62\ufe6b\ufe63"  # small
    "\u207c\u207a\u207b\u208c\u208a\u208b"  # superscript and subscript
    "\u2a75\u2a76\ufb29\u2212"  # two and three equals signs, Hebrew plus, minus
)
# Characters before a sign that are invisible or that a reader of the cell strips: blanks, quotation
# marks, our own apostrophe, and default ignorable characters that Python calls printable.
_UNSEEN = (
    "\\s'\"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
# A program that reads the file with another separator sees a cell begin after each of these; there
# is no tab in a cell that is on one line.
_FORMULA = re.compile(rf"(^|[,;])(?=[{_UNSEEN}]*[{_SIGNS}])")
_MARKED = re.compile(rf"(^|[,;])'(?=[{_UNSEEN}]*[{_SIGNS}])")


LINE_END = "\r\n"
"""Of a CSV file (RFC 4180)."""


def harmless(cell: str) -> str:
    """The cell on one line, with an apostrophe before each sign that a spreadsheet would take for a
    formula, whether it separates by comma, semicolon or tab.

    If there are apostrophes before the sign already it gets one more, so that `as_meant` can
    remove one.
    """
    cell = one_line(cell)
    if "," not in cell and ";" not in cell:  # nearly all cells; three times as fast
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return _FORMULA.sub(r"\1'", cell)


def as_meant(cell: str) -> str:
    """The cell from which `harmless` made this one."""
    return _MARKED.sub(r"\1", cell)


def csv_text(rows: Iterable[Iterable[str]], separator: str, line_end: str) -> str:
    """CSV text without formulas. Everything that goes to a spreadsheet, as a file or through the
    clipboard, is made here."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """A CSV file: UTF-8 with BOM, which Excel needs."""
    return csv_text(chain([head], rows), separator, LINE_END).encode("utf-8-sig", "replace")
