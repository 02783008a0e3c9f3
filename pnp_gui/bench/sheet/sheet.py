"""The technician's sheet: `mac,decision,url,label` as CSV, and what one of its lines says.

What `write_sheet` writes is read back unchanged (reading.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pnp_gui.bench.phones.files import Files
from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.sheet.cells import csv_bytes, csv_text
from pnp_gui.system.iso_time import iso_time
from pnp_gui.trouble import Trouble

MAX_LINES = 100_000
"""Lines of a list, without blank ones."""

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a list, 160 for each line. A larger one is refused as a whole."""

MAX_SHOWN = 200
"""Characters of a line that are shown."""

SHEET_CELLS: dict[str, Callable[[Phone], str]] = {
    "mac": lambda phone: show_key(phone.key).removeprefix("ip:"),
    "decision": lambda phone: phone.decision.value,
    "url": lambda phone: phone.own_url,
    "label": lambda phone: phone.label,
}
"""A sheet's columns by their headings, and what they say about a phone, in every language: what is
exported and what is copied can be read back."""
SHEET_COLUMNS = tuple(SHEET_CELLS)
"""The columns, in the order of a sheet without a header."""

RESULT_CELLS: dict[str, Callable[[Phone], str]] = {"fetched": lambda phone: _fetched(phone.files)}
"""Further columns of an export, which an import passes over: what the phones came to."""

NO_URL = "-"
"""What a URL cell says to take a phone's own URL away."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What one line says about one phone; None: nothing."""

    number: int
    """The line in the file, from 1."""
    mac: str
    """The phone's key: 12 upper-case hex digits, or "ip:10.13.2.37" for a phone without a MAC."""
    decision: Decision | None
    url: str | None
    """A URL template; "": the phone has none of its own."""
    label: str | None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one line."""

    number: int
    """The line in the file, from 1."""
    text: str
    """The line as it is in the file, cut if it is long."""
    reason: Trouble


def too_large() -> Trouble:
    """The sentence for a list beyond `MAX_LINES` or `MAX_BYTES`."""
    return Trouble(
        "A sheet can have at most {lines:,} lines and {size} MiB. This one has more, so none "
        "of it was read. Split it into several.",
        code="sheet_size",
        lines=MAX_LINES,
        size=MAX_BYTES >> 20,
    )


def write_sheet(phones: Iterable[Phone], separator: str = ",") -> bytes:
    """The phones as a sheet: UTF-8 with BOM, which Excel needs.

    `separator`: comma, semicolon or tab. Excel expects the one of its country, which is the
    semicolon where numbers have a decimal comma.
    """
    cells = SHEET_CELLS | RESULT_CELLS
    rows = ([cell(phone) for cell in cells.values()] for phone in phones)
    return csv_bytes(list(cells), rows, separator)


def _fetched(files: Files | None) -> str:
    """When it had its last file."""
    if files is None or files.at is None:
        return ""
    return iso_time(files.at)


def lines_text(lines: Iterable[SheetLine]) -> str:
    """Lines as a sheet without a header, MACs as 12 hex digits. What a line leaves out is empty."""
    rows = (
        (
            line.mac,
            line.decision.value if line.decision is not None else "",
            NO_URL if line.url == "" else line.url or "",
            line.label or "",
        )
        for line in lines
    )
    return csv_text(rows, ",", "\n")
