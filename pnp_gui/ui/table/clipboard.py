"""Rows for the clipboard as a spreadsheet takes them: tabs between cells, headings above.

Pasted back into the tool they change nothing, in every language: what a sheet has as well is copied
as the sheet has it, and no heading is translated. What the phone would be sent is in a column that
a sheet does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.bench.sheet.sheet import SHEET_CELLS
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel


def copied_rows(model: PhoneModel, keys: Iterable[str], order: Sequence[Column]) -> str:
    """The phones' rows, with the columns in this order."""
    infos = [COLUMNS[column] for column in order]
    bench, now = model.bench, model.now()

    def rows() -> Iterator[list[str]]:
        yield [*(info.sheet or info.key for info in infos), "exact_url"]
        for phone in (bench.phones[key] for key in keys if key in bench.phones):
            cells = (
                SHEET_CELLS[info.sheet](phone)
                if info.sheet
                else (info.copied or info.text)(phone, now, bench)
                for info in infos
            )
            yield [*cells, bench.preview(phone.key)]

    return csv_text(rows(), "\t", "\n")
