"""A workbook (.xlsx, .xls, .ods) as worksheets of rows.

It is read in a process of its own (workbook_process.py): this one goes on, whatever is in the file.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.bench.sheet import READ_WORKBOOK
from pnp_gui.bench.sheet.header import find_header
from pnp_gui.bench.sheet.headings import is_mac_heading
from pnp_gui.bench.sheet.keys import names_phone
from pnp_gui.bench.sheet.layout import Choices, Meaning
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.sheet import MAX_BYTES, MAX_LINES, too_large
from pnp_gui.pnp.makes import owner_of
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    import subprocess

Value = str | int | float

MAX_SECONDS = 30
"""For which a workbook is read; its process gives up before, unless something holds it."""

_WAIT = 0.004
"""Seconds of waiting between two pauses."""
_A_STEP = 200
"""Rows between two pauses."""
_MAC_DIGITS = 12
_SAMPLE = 100
"""Rows from which the columns of a list without headings are known."""


@dataclass(slots=True)
class Worksheet:
    """One worksheet; those that are hidden come last."""

    name: str
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    """Row numbers from 1, and cells: texts, or numbers as the workbook has them."""


@dataclass(frozen=True, slots=True)
class Workbook:
    worksheets: list[Worksheet]
    formulas: int
    """Cells with a formula but without its value, which are read as empty."""


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a zip (.xlsx, .ods) or a compound file (.xls) does."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def open_workbook(data: bytes) -> Generator[None, None, Workbook]:
    """The worksheets. Pauses. Raises `Trouble` for what cannot be read."""
    reader = _Reader(data)
    reader.start()
    try:
        while not reader.done.wait(_WAIT):
            yield
    finally:
        reader.stop()
    if reader.failure is not None:
        raise Trouble(
            "Workbooks cannot be read here ({error}). Save this one as CSV in the spreadsheet "
            "program and import that.",
            code="sheet_workbook",
            error=str(reader.failure),
        )
    lines = reader.output.splitlines()
    end = json.loads(lines.pop()) if lines else {}
    if end.get("fault") == "password":
        raise Trouble(
            "This workbook is protected by a password. Save it without one, or as CSV, and import "
            "that.",
            code="sheet_workbook",
        )
    if end.get("fault") == "large":
        raise too_large()
    if not end:
        raise Trouble(
            "This workbook is damaged or too large. Open it in a spreadsheet program, save its "
            "list of phones as CSV, and import that.",
            code="sheet_workbook",
        )
    worksheets: list[Worksheet] = []
    for count, line in enumerate(lines):
        found = json.loads(line)
        if isinstance(found, str):
            worksheets.append(Worksheet(found))
        else:
            worksheets[-1].rows.append((found[0], found[1]))
        if count % _A_STEP == 0:
            yield
    return Workbook(worksheets, end["formulas"])


class _Reader(threading.Thread):
    """Starts the process that reads, and takes its output."""

    def __init__(self, data: bytes) -> None:
        super().__init__(name="workbook", daemon=True)
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self.done = threading.Event()
        self.failure: OSError | None = None
        """Why the process could not be started."""
        self.output = b""
        """Empty if it did not come to its end."""

    def run(self) -> None:
        import subprocess  # only for a workbook: it takes 5 ms

        if getattr(sys, "frozen", False):
            command = [sys.executable, READ_WORKBOOK]
        else:
            command = [sys.executable, "-I", str(Path(__file__).with_name("workbook_process.py"))]
        try:
            with subprocess.Popen(
                [*command, str(MAX_LINES), str(MAX_BYTES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            ) as self._process:
                try:
                    output, _ = self._process.communicate(self._data, MAX_SECONDS)
                finally:
                    self._process.kill()
            if self._process.returncode == 0:
                self.output = output
        except subprocess.TimeoutExpired:
            pass
        except OSError as error:
            self.failure = error
        finally:
            self.done.set()

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None:
            self._process.kill()


def worksheet_rows(
    worksheet: Worksheet, choices: Choices, *, guess: bool = False
) -> Generator[None, None, list[Row]]:
    """The rows as those of a text. `guess`: a number may be a MAC in any column. Pauses."""
    rows: list[Row] = []
    for number, cells in worksheet.rows:
        rows.append(_row(number, list(map(str, cells))))
        if len(rows) % _A_STEP == 0:
            yield
    columns = _columns_of_macs(rows, choices)
    for place, (number, cells) in enumerate(worksheet.rows):
        if guess or any(isinstance(cells[at], int | float) for at in columns if at < len(cells)):
            texts = [
                mac_of_number(cell) if guess or index in columns else str(cell)
                for index, cell in enumerate(cells)
            ]
            rows[place] = _row(number, texts)
        if place % _A_STEP == 0:
            yield
    return rows


def mac_of_number(value: Value) -> str:
    """The cell of a MAC. A number gets the zeros again that a spreadsheet program took away, but
    only where no more can be lost: digits that look like 413E3 became a number with two zeros or
    more at its end, and what is padded has to begin as MACs of phones do."""
    if isinstance(value, str):
        return value
    mac = str(value).zfill(_MAC_DIGITS)
    if not mac.isdecimal() or len(mac) > _MAC_DIGITS or not value % 100:
        return f"{value:.6G}"
    return mac if mac[0] != "0" or owner_of(mac) else str(value)


def _columns_of_macs(rows: Sequence[Row], choices: Choices) -> set[int]:
    """Those in which a number may be a MAC: below MACs and their headings, and those chosen."""
    sample = rows[:_SAMPLE]
    columns = {at for row in sample for at, cell in enumerate(row.cells) if names_phone(cell)}
    header = find_header(rows)
    if header is not None:
        columns |= {at for at, cell in enumerate(rows[header].cells) if is_mac_heading(cell)}
    above = {tuple(row.cells) for row in sample}
    chosen = (one for key, one in choices.items() if key in above or not any(key))
    return columns | {at for one in chosen for at in one if one[at] is Meaning.MAC}


def _row(number: int, cells: list[str]) -> Row:
    return Row(number, cells, "\t".join(cells))
