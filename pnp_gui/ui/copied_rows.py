"""Rows as a spreadsheet takes them from the clipboard: tabs between cells, headings above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pnp_gui.bench.phone import Phone
from pnp_gui.ui import columns
from pnp_gui.ui.ago import date_and_time
from pnp_gui.ui.columns import Column
from pnp_gui.ui.phone_model import PhoneModel

_FORMULA = ("=", "+", "-", "@")


def copied_rows(model: PhoneModel, keys: Iterable[str], order: Sequence[Column]) -> str:
    """The phones' rows, the columns in the order they are shown."""
    lines = ["\t".join(columns.heading(column) for column in order)]
    phones = model.bench.phones
    for key in keys:
        phone = phones.get(key)
        if phone is not None:
            lines.append("\t".join(_harmless(_cell(model, phone, column)) for column in order))
    return "\n".join(lines) + "\n"


def _cell(model: PhoneModel, phone: Phone, column: Column) -> str:
    """As on the screen; but a time that is still true when it is read."""
    if column is Column.ASKED:
        return "" if phone.last_seen is None else date_and_time(phone.last_seen)
    return model.text(phone, column)


def _harmless(text: str) -> str:
    """A phone's model "=1+2" stays that text: an apostrophe keeps a spreadsheet from reckoning."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
