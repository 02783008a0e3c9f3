"""A list that is applied, or shown on the command line, without a person who sees the preview."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.sheet.layout import Choices
from pnp_gui.bench.sheet.reading import Reading, read_sheet
from pnp_gui.bench.sheet.sheet import MAX_BYTES
from pnp_gui.system.file_reading import read_file
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble


def checked_sheet(path: Path, choices: Choices | None = None) -> Reading:
    """The list in a file. Raises `Trouble` if it cannot be read, it is not clear what it means, or
    none of its lines is a phone."""
    reading = read_sheet(read_file(path, MAX_BYTES, code="sheet"), choices)
    name = printable(str(path))
    if reading.refused is not None:
        raise Trouble("{path}: {reason}", code="sheet", path=name, reason=reading.refused)
    if reading.question is not None:
        raise Trouble(
            "The columns of {path} are ambiguous, so nothing was applied. {reason} Import it "
            "in the window and choose the column there, or delete the columns that you do not "
            "need.",
            code="sheet",
            path=name,
            reason=reading.question,
        )
    if not (reading.good or reading.bad or reading.notes):
        raise Trouble("There is no phone in {path}.", code="sheet", path=name)
    if not (reading.good or reading.bad):
        first = reading.notes[0]
        raise Trouble(
            "There is no phone in {path}. Line {number}: {reason}",
            code="sheet",
            path=name,
            number=first.number,
            reason=first.reason,
        )
    return reading
