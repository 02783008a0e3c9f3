"""Rows to be kept: whether one says anything new, and what a sheet makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pnp_gui.bench.phones.phone import Decision, Phone, clean_label
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import DECISION_COLUMNS, Kept

if TYPE_CHECKING:
    from pnp_gui.bench.sheet.sheet import SheetLine


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


def with_mac(phone: Phone, mac: str, known: Phone | None) -> Phone:
    """The phone, which names no MAC, as the row of this one. `known`: that row, if there is one;
    what was decided about the MAC holds before what was decided about the address."""
    known = known or _UNKNOWN
    return replace(
        known if known.asked_at > phone.asked_at else phone,
        key=mac,
        mac=mac,
        mac_by_arp=True,
        first_seen=known.first_seen or phone.first_seen,
        decision=phone.decision if known.decision is Decision.UNDECIDED else known.decision,
        own_url=known.own_url or phone.own_url,
        label=known.label or phone.label,
    )


def rows_with(phones: Iterable[Phone], decision: Decision) -> list[Kept]:
    """These phones with this decision, but for those that have it."""
    return [
        _new(Kept, (phone.key, decision, phone.own_url, phone.label))
        for phone in phones
        if phone.decision is not decision
    ]


def what_is_decided(rows: Iterable[Kept], phones: Mapping[str, Phone]) -> dict[str, Columns]:
    """By key, the columns in which these rows are other than the phones. Of a phone that is not
    known here, those that say anything."""
    decided = {}
    for key, decision, own_url, label in rows:
        phone = phones.get(key) or _UNKNOWN
        decided[key] = _COLUMNS[
            (decision is not phone.decision)
            | (own_url != phone.own_url) << 1
            | (label != phone.label) << 2
        ]
    return decided


def what_is_new(rows: Iterable[Kept], phones: Mapping[str, Phone]) -> list[Kept]:
    """Without those rows whose phones are so already."""
    get = phones.get
    return [
        row
        for row in rows
        if (phone := get(row[0])) is None or (phone.decision, phone.own_url, phone.label) != row[1:]
    ]


_UNKNOWN = Phone("")

_COLUMNS = [
    tuple(column for bit, column in enumerate(DECISION_COLUMNS) if number >> bit & 1)
    for number in range(8)
]
"""By one bit for each of `DECISION_COLUMNS`: decision, own URL, label."""

_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""
