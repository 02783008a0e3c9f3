"""`--check-sheet`: what a list says, without a window and without touching any data."""

from __future__ import annotations

import errno
import json
import sys
from contextlib import closing, suppress
from pathlib import Path

from pnp_gui.bench.sheet.checked import checked_sheet
from pnp_gui.bench.sheet.choices import read_choices
from pnp_gui.bench.sheet.layout import Choices
from pnp_gui.bench.sheet.sheet import lines_text
from pnp_gui.bench.store.data_file import snapshot
from pnp_gui.bench.store.reading import LeftOut, read_settings
from pnp_gui.bench.store.settings import SHEET_MEANINGS
from pnp_gui.bench.store.store import FILE
from pnp_gui.system.console import print_whole
from pnp_gui.system.file_reading import reason
from pnp_gui.trouble import Trouble

_NOBODY_READS = (errno.EPIPE, errno.EINVAL)
"""EINVAL: on Windows."""


def check_sheet(path: Path, folder: Path) -> None:
    """Print the phones to standard output, one line of `mac,decision,url,label` each, and what was
    understood and left out to standard error. `folder`: of the data. Raises `Trouble` if it is not
    clear what the list means, it has no phone, or not all of them could be printed."""
    reading = checked_sheet(path, _kept_choices(folder))
    if described := reading.described():
        _print_note(f"{path}: {', '.join(described)}")
    for one in reading.remarks():
        _print_note(f"{path}, line {one.number}: {one.reason}")
    try:
        for line in lines_text(reading.good).splitlines():
            print_whole(sys.stdout, line)
    except OSError as error:
        if error.errno not in _NOBODY_READS:  # `| head` wants no more
            raise Trouble(
                "The phones cannot be written to standard output: {error}. Write them "
                "somewhere else.",
                error=reason(error),
            ) from None


def _print_note(text: str) -> None:
    with suppress(OSError):  # the phones come all the same
        print_whole(sys.stderr, f"pnp-gui: {text}")


def _kept_choices(folder: Path) -> Choices:
    """What was chosen in the window for lists with the same headings, from a copy of the data."""
    copy = snapshot(folder / FILE)
    if copy is None:
        return {}
    with closing(copy):
        kept = read_settings(copy, LeftOut()).get(SHEET_MEANINGS)
    return read_choices(json.loads(kept)) if kept else {}
