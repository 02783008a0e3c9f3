"""The history summed up: for each phone what it was offered last and what it answered.

And the history itself as CSV. User and password in URLs are masked unless the caller says else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Decision, Phone, mac_of, show_key
from pnp_gui.bench.sheet.cells import csv_bytes
from pnp_gui.bench.store.store import HistoryLine
from pnp_gui.system.mask import mask_url

OFFERED, ACCEPTED, REFUSED, NO_ANSWER = "offered", "accepted", "refused", "no answer"
"""What a history line tells of a URL; lines that tell something else are no part of a result."""
FINAL = (ACCEPTED, REFUSED, NO_ANSWER)


class Result(StrEnum):
    """How it stands with a phone."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no answer"
    OFFERED = "offered"
    """Its answer is not in the history."""
    DENIED = "denied"
    APPROVED = "approved"
    """And has not been offered anything in this time."""
    NO_URL = "no url"
    """Approved, and cannot be offered anything: see `Phone.lacks`."""
    UNDECIDED = "undecided"


@dataclass(slots=True)
class ReportRow:
    """One phone."""

    key: str
    label: str = ""
    make: str = ""
    model: str = ""
    version: str = ""
    address: str = ""
    interface: str = ""
    result: Result = Result.UNDECIDED
    code: int = 0
    """The SIP status it answered with, 0 where there is none."""
    url: str = ""
    offered: int = 0
    """Times it was offered a URL."""
    at: float | None = None
    """Unix seconds of the last thing that is told; None: never."""


def report_rows(
    lines: Iterable[HistoryLine],
    phones: Mapping[str, Phone],
    since: float,
    wanted: Callable[[ReportRow], bool] = lambda row: True,
) -> list[ReportRow]:
    """A row for each phone with a history, or that was seen, after `since`, by label and MAC.

    `lines`: the newest first.
    """
    rows: dict[str, ReportRow] = {}
    for line in lines:
        if line.at < since:
            continue
        row = rows.get(line.key)
        if row is None:
            row = rows[line.key] = ReportRow(
                line.key, address=line.address, interface=line.interface, at=line.at
            )
        if line.outcome == OFFERED:
            row.offered += 1
        if not row.url and line.outcome in (OFFERED, *FINAL):
            row.url = line.url
            row.result = Result(line.outcome)
            row.code = line.code
            row.at = line.at
    for phone in phones.values():
        _add_phone(rows, phone, since)
    return sorted(filter(wanted, rows.values()), key=lambda row: (natural(row.label), row.key))


def _add_phone(rows: dict[str, ReportRow], phone: Phone, since: float) -> None:
    row = rows.get(phone.key)
    if row is None:
        if phone.last_seen is not None and phone.last_seen < since:
            return
        if phone.last_seen is None and since:
            return
        row = rows[phone.key] = ReportRow(phone.key, at=phone.last_seen)
    row.label = phone.label
    row.make, row.model, row.version = phone.make, phone.model, phone.version
    row.address = row.address or phone.address
    row.interface = row.interface or phone.interface
    if not row.url:
        row.result = Result.NO_URL if phone.lacks else Result(phone.decision.value)
    elif phone.decision is Decision.DENIED and row.result is Result.OFFERED:
        row.result = Result.DENIED


def count_results(rows: Iterable[ReportRow]) -> dict[Result, int]:
    """How many phones have which result."""
    counts = dict.fromkeys(Result, 0)
    for row in rows:
        counts[row.result] += 1
    return counts


HISTORY_HEAD = (
    *("time", "mac", "label", "make", "model", "address", "interface", "what", "code", "url"),
)
"""The columns of the history as CSV."""


def history_csv(
    lines: Iterable[HistoryLine],
    phones: Mapping[str, Phone],
    *,
    masked: bool,
    separator: str = ",",
) -> bytes:
    """The history as CSV, in the order of `lines`."""
    nobody = Phone("")

    def cells(line: HistoryLine) -> tuple[str, ...]:
        phone = phones.get(line.key, nobody)
        return (
            time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(line.at)),
            show_key(line.key) if mac_of(line.key) else "",
            phone.label,
            phone.make,
            phone.model,
            line.address,
            line.interface,
            line.outcome,
            str(line.code) if line.code else "",
            mask_url(line.url) if masked else line.url,
        )

    return csv_bytes(HISTORY_HEAD, map(cells, lines), separator)
