"""Cells as a spreadsheet program is to take them: as text, whatever a phone wrote into them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet runs a cell that begins so as a formula; the apostrophe makes it text. Cells that
# begin with apostrophes before such a sign get one more, so that reading can take one away again.
_FORMULA = re.compile(r"[\s']*[=+\-@|\uff1d\uff0b\uff0d\uff20]")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    cell = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_meant(cell: str) -> str:
    """A cell that `harmless` made, as it was on one line."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_text(
    head: Sequence[str], rows: Iterable[Sequence[str]], separator: str, line_end: str
) -> str:
    """Lines of cells that no spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """A CSV file: UTF-8 with BOM, so that Excel reads its letters right."""
    return csv_text(head, rows, separator, "\r\n").encode("utf-8-sig", "replace")
