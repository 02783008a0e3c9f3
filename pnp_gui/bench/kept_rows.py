"""Rows to be kept: whether one says anything new, and what a sheet makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pnp_gui.bench.phone import Phone, clean_label
from pnp_gui.bench.store import Kept

if TYPE_CHECKING:
    from pnp_gui.bench.sheet import SheetLine


def rows_of_sheet(lines: Iterable[SheetLine], phones: Mapping[str, Phone]) -> Iterable[Kept]:
    """One row for each phone that is named, known or not. What a line leaves out stays as it is;
    of two lines about one phone the later one wins."""
    rows: dict[str, Kept] = {}
    for line in lines:
        phone = phones.get(line.mac) or Phone(line.mac)
        was = rows.get(line.mac) or Kept(phone.key, phone.decision, phone.own_url, phone.label)
        rows[line.mac] = Kept(
            line.mac,
            was.decision if line.decision is None else line.decision,
            was.own_url if line.url is None else line.url,
            was.label if line.label is None else clean_label(line.label),
        )
    return rows.values()


def is_so(phone: Phone | None, row: Kept) -> bool:
    """Whether the phone is as the row says already."""
    return phone is not None and (phone.decision, phone.own_url, phone.label) == row[1:]
