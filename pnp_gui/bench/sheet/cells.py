"""Cells as a spreadsheet program is to take them: as text, whatever a phone wrote into them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain

# A spreadsheet runs a cell that begins with one of these as a formula; "|" begins a DDE command.
# Some take the full-width, small, raised and lowered forms for the same sign.
_SIGNS = (
    "=+@|\\-"
    "\uff1d\uff0b\uff20\uff5c\uff0d"  # full-width
    "\ufe66\ufe62\ufe6b\ufe63"  # small
    "\u207c\u207a\u207b\u208c\u208a\u208b"  # raised and lowered
    "\u2a75\u2a76\ufb29\u2212"  # two and three equals signs, Hebrew plus, minus
)
# What nobody sees before a sign, or what whoever reads the cell takes off: blanks, quotation marks,
# our own apostrophe, and those default ignorable characters that Python calls printable.
_UNSEEN = (
    "\\s'\"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)
# A cell begins at its beginning, and again after each separator where a program reads the file
# with another one than it was written with.
_FORMULA = re.compile(rf"(^|[,;\t\r\n])(?=[{_UNSEEN}]*[{_SIGNS}])")
_MARKED = re.compile(rf"(^|[,;\t\r\n])'(?=[{_UNSEEN}]*[{_SIGNS}])")


def harmless(cell: str) -> str:
    """A cell on one line in which no spreadsheet finds a formula, whichever of comma, semicolon
    and tab it takes for the separator: an apostrophe before the sign makes it text.

    Where apostrophes stand before the sign already there is one more, so that `as_meant` can take
    one away again.
    """
    if not cell.isprintable():
        cell = "".join(c if c.isprintable() else " " for c in cell)
    cell = " ".join(cell.split())
    if "," not in cell and ";" not in cell:  # nearly all, and it takes a third of the time
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return _FORMULA.sub(r"\1'", cell)


def as_meant(cell: str) -> str:
    """A cell that `harmless` made, as it was on one line."""
    return _MARKED.sub(r"\1", cell)


def csv_text(rows: Iterable[Iterable[str]], separator: str, line_end: str) -> str:
    """Lines of cells that no spreadsheet takes for a formula: whatever leaves for one, as a file or
    by the clipboard, is made here."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """A CSV file: UTF-8 with BOM, so that Excel reads its letters right."""
    return csv_text(chain([head], rows), separator, "\r\n").encode("utf-8-sig", "replace")
