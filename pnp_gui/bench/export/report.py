"""The report: for each phone, what it was offered last and what it answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.store.rows import OFFER_OUTCOMES, HistoryLine

_OF_OFFERS = frozenset(OFFER_OUTCOMES.values())
"""Outcomes of a history line about a URL; other lines do not count as a result."""


class Result(StrEnum):
    """What a phone came to in the period of the report: every word of `OFFER_OUTCOMES`, and what
    else may be true of it."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no answer"
    OFFERED = "offered"
    """Its answer is not in the history."""
    DENIED = "denied"
    APPROVED = "approved"
    """But not offered anything in this period."""
    NO_URL = "no url"
    """Approved, but there is no URL to offer: see `Phone.lacks`."""
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
    """The SIP status it answered with; 0: none."""
    url: str = ""
    offered: int = 0
    """How many times it was offered a URL."""
    at: float | None = None
    """Unix seconds of the result, or of when it was last seen; None: never."""


def report_rows(
    lines: Iterable[HistoryLine],
    phones: Mapping[str, Phone],
    since: float,
) -> list[ReportRow]:
    """A row for each phone that was seen, or has history lines, after `since`; by label and MAC.
    `lines`: newest first."""
    rows: dict[str, ReportRow] = {}
    for line in lines:
        if line.at < since:
            continue
        row = rows.get(line.key)
        if row is None:
            row = rows[line.key] = ReportRow(
                line.key, address=line.address, interface=line.interface, at=line.at
            )
        if line.outcome == Result.OFFERED:
            row.offered += 1
        if not row.url and line.outcome in _OF_OFFERS:
            row.url = line.url
            row.result = Result(line.outcome)
            row.code = line.code
            row.at = line.at
    for phone in phones.values():
        row = rows.get(phone.key)
        if row is None:
            if (phone.last_seen or 0.0) < since:
                continue
            row = rows[phone.key] = ReportRow(phone.key, at=phone.last_seen)
        row.label = phone.label
        row.make, row.model, row.version = phone.make, phone.model, phone.version
        row.address = row.address or phone.address
        row.interface = row.interface or phone.interface
        if not row.url:
            row.result = Result.NO_URL if phone.lacks else Result(phone.decision.value)
        elif phone.decision is Decision.DENIED and row.result is Result.OFFERED:
            row.result = Result.DENIED
    return sorted(rows.values(), key=lambda row: (natural(row.label), row.key))
