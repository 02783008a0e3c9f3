"""The report: for each phone, what was decided of it and what it came to. For a phone in the table
that is what its row says; the history says it of those that were forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.status import has_older_url
from pnp_gui.bench.store.rows import (
    FORGOTTEN,
    KNOWN_BY_MAC,
    OFFER_OUTCOMES,
    FetchOutcome,
    HistoryLine,
)
from pnp_gui.system.steps import AT_ONCE, Steps

DECISIONS = (*(decision.value for decision in Decision), FORGOTTEN)
"""What may be decided of a phone, in the history's words."""

_RESULTS = frozenset((*OFFER_OUTCOMES.values(), FetchOutcome.FETCHED, FetchOutcome.BROKEN_OFF))
"""Outcomes of a history line about a URL; other lines do not count as a result."""

_MAY_HAVE_FILES = (Progress.NONE, Progress.ASKING, Progress.ACCEPTED, Progress.NO_ANSWER)
"""It may have fetched after that, or before it asked again."""


class Result(StrEnum):
    """What a phone came to: every word of `OFFER_OUTCOMES`, and what else may be true of it."""

    FETCHED = "fetched"
    """Accepted, and has fetched a file from our folder since."""
    BROKEN_OFF = "broken off"
    """It did not get a file of our folder as a whole."""
    ACCEPTED = "accepted"
    NOTHING_FETCHED = "nothing fetched"
    """Accepted our own URL a while ago, and has fetched nothing."""
    OLDER_URL = "older url"
    """Accepted, but it would get another one now."""
    REFUSED = "refused"
    NO_ANSWER = "no answer"
    NOT_SENT = "not sent"
    OFFERED = "offered"
    """It has not answered yet, or its answer is not in the history."""
    NO_URL = "no url"
    """Approved, but there is no URL to offer: see `Phone.lacks`."""
    NOTHING = ""
    """It was not offered anything."""


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
    decision: str = ""
    """One of `DECISIONS`; "": not known."""
    result: Result = Result.NOTHING
    code: int = 0
    """The SIP status it answered with; 0: none."""
    url: str = ""
    """The one that the result is about."""
    at: float | None = None
    """Unix seconds of the result; None: there is none."""
    file: str = ""
    """The last one that it fetched from our folder."""
    missing: tuple[str, ...] = ()
    """Files that it asked for and that are not there, although they should."""
    broken_off: str = ""
    """The last one that it did not get as a whole, and has not fetched since."""
    also_at: str = ""
    """Another address that asks with its MAC, in this run."""
    offered: int = 0
    """How many times it was offered a URL in the period."""
    last_asked: float | None = None
    """Unix seconds; None: never, or not known."""


def report_rows(
    lines: Sequence[HistoryLine],
    phones: Mapping[str, Phone],
    since: float,
) -> Steps[list[ReportRow]]:
    """A row for each phone that asked, or has history lines, after `since`; by label and MAC.
    `lines`: newest first."""
    rows: dict[str, ReportRow] = {}
    by_address: dict[str, str] = {}
    """Phones whose MACs became known, by the keys that they had before."""
    for number, line in enumerate(lines):
        if not number % (10 * AT_ONCE):
            yield 90 * number // len(lines)
        if line.at < since:
            continue
        if line.outcome == KNOWN_BY_MAC:
            by_address[f"ip:{line.address}"] = line.key
        key = by_address.get(line.key, line.key)
        row = rows.get(key)
        if row is None:
            row = rows[key] = ReportRow(key, address=line.address, interface=line.interface)
        row.label = row.label or line.label
        row.offered += line.outcome == Result.OFFERED
        if not row.decision and line.outcome in DECISIONS:
            row.decision = line.outcome
        if row.result is Result.NOTHING and line.outcome in _RESULTS:
            row.result = Result(line.outcome)
            row.code, row.url, row.at = line.code, line.url, line.at
    for number, phone in enumerate(list(phones.values())):
        if not number % (2 * AT_ONCE):
            yield 90
        row = rows.get(phone.key)
        if row is None:
            if (phone.last_seen or 0.0) < since:
                continue
            row = rows[phone.key] = ReportRow(phone.key)
        row.label = phone.label
        row.make, row.model, row.version = phone.make, phone.model, phone.version
        row.address = phone.address or row.address
        row.interface = phone.interface or row.interface
        row.decision, row.last_asked = phone.decision.value, phone.last_seen
        _put_result(row, phone)
    keyed = []
    for number, row in enumerate(rows.values()):
        if not number % AT_ONCE:
            yield 95
        keyed.append((natural(row.label), row.key, row))
    return [row for _, _, row in sorted(keyed, key=itemgetter(0, 1))]


def _put_result(row: ReportRow, phone: Phone) -> None:
    """What its row in the table says; while it asks again, which URL it has. What the row does not
    know any more, the history does."""
    outcome = OFFER_OUTCOMES.get(phone.progress)
    if phone.conflict is not None and phone.decision is not Decision.DENIED:
        row.also_at = phone.conflict.address
    if outcome is not None:
        row.result = Result.OLDER_URL if has_older_url(phone) else Result(outcome)
        row.code, row.url, row.at = phone.code, phone.sent_url, phone.progress_at
        _put_files(row, phone)
    elif phone.lacks:
        row.result, row.code, row.url, row.at = Result.NO_URL, 0, "", None
    elif phone.accepted_url:
        row.result, row.code = Result.ACCEPTED, 0
        row.url, row.at = phone.accepted_url, phone.accepted_at
        _put_files(row, phone)


def _put_files(row: ReportRow, phone: Phone) -> None:
    """That a phone fetched is known, whatever it answered or did not."""
    files = phone.files
    if files is None or phone.progress not in _MAY_HAVE_FILES:
        return
    row.file, row.missing, row.broken_off = files.name, files.missing, files.broken_off
    row.at = row.at if files.at is None else files.at
    if row.result is Result.OLDER_URL:
        return
    if files.broken_off:
        row.result, row.code = Result.BROKEN_OFF, 0
    elif files.at is not None:
        row.result, row.code = Result.FETCHED, 0
    elif files.idle and row.result is Result.ACCEPTED:
        row.result, row.code = Result.NOTHING_FETCHED, 0
