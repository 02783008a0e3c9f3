"""What is kept, as rows of the file: a phone's decision, what was seen of it, a line of history.

A row of the file is not trusted: it may be damaged, or somebody else wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pnp_gui.bench.behind import Row
from pnp_gui.bench.phone import Decision, Phone, Progress, key_of, mac_of, one_copy
from pnp_gui.pnp.url import check_url
from pnp_gui.trouble import Trouble

_FAR = 4e9
"""Unix seconds: the year 2096. A later time is none that this program wrote."""

_PROGRESS = frozenset(progress.value for progress in Progress)


class Kept(NamedTuple):
    """What is kept for ever of a phone: the technician's own word."""

    key: str
    decision: Decision
    own_url: str
    label: str


class HistoryLine(NamedTuple):
    """Who was offered what, when, from where, or what it answered."""

    at: float
    """Unix seconds."""
    key: str
    mac: str
    url: str
    interface: str
    address: str
    outcome: str
    """"offered", "accepted", "refused" or "no answer"; for reboots see reboots.py."""
    code: int
    """The SIP status of the answer, 0 where there is none."""


def seen_row(phone: Phone) -> Row:
    """What was seen of the phone: its key, and the columns `schema.SEEN`."""
    return (
        phone.key,
        _storable(phone.make),
        _storable(phone.model),
        _storable(phone.version),
        _storable(phone.vendor),
        phone.address,
        _storable(phone.interface),
        phone.first_seen,
        phone.last_seen,
        phone.progress.value,
        phone.code,
        _storable(phone.reason),
        phone.progress_at,
        phone.sent_url,
    )


def _storable(text: str) -> str:
    """Text that UTF-8 can hold: one phone's odd bytes must not keep all rows from being written."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def phone_of(row: Mapping[str, object]) -> Phone:
    """The phone in a row of the file; ValueError where key, decision or URL cannot be trusted."""
    key = row["key"]
    if not isinstance(key, str) or key_of(key) != key:
        raise ValueError(key)
    own_url = _text(row["own_url"])
    if own_url:
        try:
            check_url(own_url)
        except Trouble as trouble:
            raise ValueError(own_url) from trouble
    progress = Progress(row["progress"]) if row["progress"] in _PROGRESS else Progress.NONE
    if progress in (Progress.ASKING, Progress.SENT):
        progress = Progress.NONE  # that exchange ended with the run it belonged to
    code = row["code"]
    return Phone(
        key=key,
        mac=mac_of(key),
        decision=Decision(_text(row["decision"])),
        own_url=own_url,
        label=_text(row["label"]),
        make=one_copy(_text(row["make"])),
        model=one_copy(_text(row["model"])),
        version=one_copy(_text(row["version"])),
        vendor=one_copy(_text(row["vendor"])),
        address=_text(row["address"]),
        interface=one_copy(_text(row["interface"])),
        first_seen=_time(row["first_seen"]),
        last_seen=_time(row["last_seen"]),
        progress=progress,
        code=code if isinstance(code, int) else 0,
        reason=_text(row["reason"]),
        progress_at=_time(row["progress_at"]),
        sent_url=_text(row["sent_url"]),
    )


def history_line(row: Row) -> HistoryLine:
    """What cannot be read is left empty: a history with a hole is better than none."""
    at, *texts, code = row
    key, mac, url, interface, address, outcome = map(_text, texts)
    when = at if isinstance(at, float) and 0 <= at < _FAR else 0.0
    number = code if isinstance(code, int) else 0
    return HistoryLine(when, key, mac, url, interface, address, outcome, number)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _time(value: object) -> float | None:
    return value if isinstance(value, float) else None
