"""Rows to be kept: whether one says anything new, and what a sheet makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pnp_gui.bench.phone import Decision, Phone, clean_label
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


def rows_of(phones: Iterable[Phone], decision: Decision) -> list[Kept]:
    """These phones with this decision, but for those that have it."""
    return [
        _new(Kept, (phone.key, decision, phone.own_url, phone.label))
        for phone in phones
        if phone.decision is not decision
    ]


def what_is_new(rows: Iterable[Kept], phones: Mapping[str, Phone]) -> list[Kept]:
    """Without those rows whose phones are so already."""
    get = phones.get
    return [
        row
        for row in rows
        if (phone := get(row[0])) is None or (phone.decision, phone.own_url, phone.label) != row[1:]
    ]


_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class; ten thousand are decided at once."""
