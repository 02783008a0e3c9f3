"""Rows for the clipboard as a spreadsheet takes them: tabs between cells, headings above.

Pasted back into the tool they change nothing: "URL" holds the phone's own, as in a sheet, and what
the phone would be sent is in a column that a sheet does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.words.translate import translate


def copied_rows(model: PhoneModel, keys: Iterable[str], order: Sequence[Column]) -> str:
    """The phones' rows, with the columns in this order."""
    head = [columns.heading(column) for column in order]
    head.append(translate("CopiedRows", "Exact URL"))
    bench, now = model.bench, model.now()
    texts = [COLUMNS[column].copied or COLUMNS[column].text for column in order]
    rows = (
        [*(text(bench.phones[key], now, bench) for text in texts), bench.preview(key)]
        for key in keys
        if key in bench.phones
    )
    return csv_text(chain([head], rows), "\t", "\n")
