"""`--check-sheet`: what a list says, without a window and without touching any data."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from pnp_gui.bench.sheet.checked import checked_sheet
from pnp_gui.bench.sheet.choices import read_choices
from pnp_gui.bench.sheet.layout import Choices
from pnp_gui.bench.sheet.sheet import lines_text
from pnp_gui.bench.store.data_file import snapshot
from pnp_gui.bench.store.reading import LeftOut, read_settings
from pnp_gui.bench.store.settings import SHEET_MEANINGS
from pnp_gui.bench.store.store import FILE
from pnp_gui.system.console import print_line, print_note


def check_sheet(path: Path, folder: Path) -> None:
    """Print the phones to standard output, one line of `mac,decision,url,label` each, and what was
    understood and left out to standard error. `folder`: of the data. Raises `Trouble` if it is not
    clear what the list means, or it has no phone."""
    reading = checked_sheet(path, _kept_choices(folder))
    if described := reading.described():
        print_note(f"pnp-gui: {path}: {', '.join(described)}")
    for one in reading.remarks():
        print_note(f"pnp-gui: {path}, line {one.number}: {one.reason}")
    for line in lines_text(reading.good).splitlines():
        print_line(line)


def _kept_choices(folder: Path) -> Choices:
    """What was chosen in the window for lists with the same headings, from a copy of the data."""
    copy = snapshot(folder / FILE)
    if copy is None:
        return {}
    with closing(copy):
        kept = read_settings(copy, LeftOut()).get(SHEET_MEANINGS)
    return read_choices(json.loads(kept)) if kept else {}
