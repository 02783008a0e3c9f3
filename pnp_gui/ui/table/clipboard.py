"""Rows for the clipboard as a spreadsheet takes them: tabs between cells, headings above.

Pasted back into the tool they change nothing, in every language: what a sheet has as well is copied
as the sheet has it, and no heading is translated. What the phone would be sent is in a column that
a sheet does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QGuiApplication

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.bench.sheet.sheet import SHEET_CELLS
from pnp_gui.system.steps import AT_ONCE, Steps
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel


def copy_rows(model: PhoneModel, keys: Sequence[str], order: Sequence[Column]) -> Steps[int]:
    """Put the phones' rows on the clipboard, with the columns in this order; how many there are."""
    infos = [COLUMNS[column] for column in order]
    bench, now = model.bench, model.now()

    def cells(phone: Phone) -> Iterator[str]:
        for info in infos:
            if info.sheet:
                yield SHEET_CELLS[info.sheet](phone)
            else:
                yield (info.copied or info.text)(phone, now, bench)
        yield bench.preview(phone.key)

    head = [*(info.sheet or info.key for info in infos), "exact_url"]
    parts, number = [csv_text([head], "\t", "\n")], 0
    for start in range(0, len(keys), AT_ONCE):
        if start:
            yield 100 * start // len(keys)
        phones = [bench.phones[key] for key in keys[start : start + AT_ONCE] if key in bench.phones]
        parts.append(csv_text(map(cells, phones), "\t", "\n"))
        number += len(phones)
    QGuiApplication.clipboard().setText("".join(parts))
    return number
