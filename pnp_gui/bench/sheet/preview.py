"""What a sheet would change, line by line, before it is applied."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.row_text import clean_label
from pnp_gui.bench.sheet.reading import Reading
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.trouble import Trouble

_A_STEP = 200
"""Lines between two pauses, 1 ms."""


class Verdict(StrEnum):
    """What one line would do."""

    NEW = "new"
    """The phone is not known yet."""
    CHANGES = "changes"
    """It is known, and something about it would change."""
    SAME = "same"
    """It is already as the line says."""
    NOTE = "note"
    """The line has no phone, or something in it was passed over."""
    WRONG = "wrong"
    """The line cannot be used."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would change."""

    column: str
    """"decision", "url" or "label"."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the sheet, compared with the phones."""

    number: int
    """The line in the file, from 1."""
    verdict: Verdict
    key: str
    """The phone's key; "" for a note and a wrong line."""
    changes: tuple[Change, ...] = ()
    """For a new phone: everything that differs from an undecided phone."""
    text: str = ""
    """A wrong line, or that of a note, as it is in the file."""
    reason: Trouble | None = None
    """Why it is wrong, or the note."""


def preview(
    reading: Reading, phones: Mapping[str, Phone]
) -> Generator[None, None, list[PreviewLine]]:
    """All lines in the order of the file. Pauses."""
    lines: list[PreviewLine] = []
    for line in reading.good:
        lines.append(compare(line, phones.get(line.mac)))
        if len(lines) % _A_STEP == 0:
            yield
    lines.extend(
        PreviewLine(one.number, verdict, "", text=one.text, reason=one.reason)
        for verdict, remarks in ((Verdict.WRONG, reading.bad), (Verdict.NOTE, reading.notes))
        for one in remarks
    )
    return sorted(lines, key=attrgetter("number"))


def compare(line: SheetLine, phone: Phone | None) -> PreviewLine:
    """A good line compared with its phone; None: the phone is not known."""
    now = Phone(line.mac) if phone is None else phone
    changes = tuple(_changes(line, now))
    known = Verdict.CHANGES if changes else Verdict.SAME
    verdict = Verdict.NEW if phone is None else known
    return PreviewLine(line.number, verdict, line.mac, changes)


def answered_at_once(lines: Sequence[PreviewLine], phones: Mapping[str, Phone], urls: Urls) -> int:
    """How many phones are asking and get their URL as soon as these lines are applied."""
    return sum(
        line.key in phones and _is_answered(line, phones[line.key], urls)
        for line in lines
        if line.changes
    )


def _is_answered(line: PreviewLine, phone: Phone, urls: Urls) -> bool:
    """Whether the line makes the phone approved with a usable URL, which it was not before."""
    new = {change.column: change.new for change in line.changes}
    decision = new.get("decision", phone.decision)
    if not phone.asked or decision != Decision.APPROVED:
        return False
    if phone.decision is Decision.APPROVED and not phone.lacks:
        return False
    try:
        urls.for_phone(replace(phone, own_url=new.get("url", phone.own_url)))
    except Trouble:
        return False
    return True


def _changes(line: SheetLine, now: Phone) -> Iterator[Change]:
    if line.decision is not None and line.decision is not now.decision:
        yield Change("decision", now.decision.value, line.decision.value)
    if line.url is not None and line.url != now.own_url:
        yield Change("url", now.own_url, line.url)
    if line.label is not None:
        label = clean_label(line.label)
        if label != now.label:
            yield Change("label", now.label, label)
