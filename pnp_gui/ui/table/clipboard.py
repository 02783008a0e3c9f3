"""Rows as a spreadsheet takes them from the clipboard: tabs between cells, headings above.

Pasted back they change nothing: under "URL" stands the phone's own, as in a sheet, and what it
would be sent stands in a column that a sheet does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.words.times import date_and_time
from pnp_gui.ui.words.translate import translate


def copied_rows(model: PhoneModel, keys: Iterable[str], order: Sequence[Column]) -> str:
    """The phones' rows, the columns in the order they are shown."""
    head = [columns.heading(column) for column in order]
    head.append(translate("CopiedRows", "Exact URL"))
    phones = model.bench.phones
    known = (phones[key] for key in keys if key in phones)
    rows = ([*_cells(model, phone, order), model.bench.preview(phone.key)] for phone in known)
    return csv_text(chain([head], rows), "\t", "\n")


def _cells(model: PhoneModel, phone: Phone, order: Iterable[Column]) -> Iterator[str]:
    """As on the screen; but a time that is still true when it is read."""
    for column in order:
        if column is Column.ASKED:
            yield "" if phone.last_seen is None else date_and_time(phone.last_seen)
        elif column is Column.URL:
            yield phone.own_url
        else:
            yield model.text(phone, column)
