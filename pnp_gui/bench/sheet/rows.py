"""One row of a list, wherever it comes from: a text, the clipboard, a workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pnp_gui.trouble import Trouble

_RULER = "-=+|,;: \t"
"""What a line between headings and rows consists of; of Markdown also ":"."""
_LOOKED_AT = 200
"""Characters of it that are looked at."""


is_error = re.compile(r"#[¡¿]?(?:N/?[ABDV]!?|[A-Z/0]+[!?])").fullmatch
"""Whether a cell is what Excel writes where a formula found nothing, in its languages: "#N/A",
"#NV", "#REF!", "#¿NOMBRE?"."""


def cell_at(cells: Sequence[str], index: int | None) -> str:
    """The cell, or "" where the row is shorter or there is no such column."""
    return cells[index] if index is not None and index < len(cells) else ""


class Row(NamedTuple):
    """A row of cells, or a line that cannot be split into cells."""

    number: int
    """Its first line in the file, from 1."""
    cells: Sequence[str]
    """Without blanks around them, and without empty ones at the end; none with a `fault`."""
    text: str
    """As it is in the file."""
    fault: Trouble | None = None
    """Why it has no cells."""

    @property
    def is_comment(self) -> bool:
        """Whether it begins with "#", or is the line between headings and rows."""
        first = next(filter(None, self.cells), "")
        return (first.startswith("#") and not is_error(first)) or not (
            self.fault or self.text[:_LOOKED_AT].strip(_RULER)
        )
