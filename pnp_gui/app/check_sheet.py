"""`--check-sheet`: what a list says, without a window and without touching any data."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.sheet.checked import checked_sheet
from pnp_gui.bench.sheet.sheet import lines_text
from pnp_gui.system.console import print_line, print_note


def check_sheet(path: Path) -> None:
    """Print the phones to standard output, one line of `mac,decision,url,label` each, and what was
    understood and left out to standard error. Raises `Trouble` if it is not clear what the list
    means."""
    reading = checked_sheet(path)
    if described := reading.described():
        print_note(f"pnp-gui: {path}: {', '.join(described)}")
    for one in reading.remarks():
        print_note(f"pnp-gui: {path}, line {one.number}: {one.reason}")
    for line in lines_text(reading.good).splitlines():
        print_line(line)
