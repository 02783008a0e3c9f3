"""Cells as a spreadsheet program is to take them: as text, whatever a phone wrote into them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet runs a cell that begins so as a formula; the apostrophe makes it text.
_FORMULA = re.compile(r"[\s'\x00-\x1f]*[=+\-@|\uff1d\uff0b\uff0d\uff20]")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    cell = " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """A CSV file: UTF-8 with BOM, so that Excel reads its letters right."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")
