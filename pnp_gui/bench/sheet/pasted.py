"""Text from the clipboard as a sheet: spreadsheet cells, or any text with MACs in it."""

from __future__ import annotations

import io
from collections.abc import Generator

from pnp_gui.bench.sheet.sheet import LINES_A_STEP, Read, SheetLine, read_in_steps, too_large
from pnp_gui.pnp.mac import find_mac


def read_pasted(text: str) -> Generator[None, None, Read]:
    """The lines of a pasted sheet. If it is not a sheet: the first MAC of each line, undecided, as
    an email or a delivery note only names phones. Pauses as `read_in_steps`."""
    good, bad = yield from read_in_steps(text.encode("utf-8", "replace"))
    if good or (bad and bad[0].reason == too_large()):
        return good, bad
    seen: dict[str, SheetLine] = {}
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number % LINES_A_STEP == 0:
            yield
        mac = find_mac(line)
        if mac is not None:
            seen.setdefault(mac, SheetLine(number, mac, None, None, None))
    return (list(seen.values()), []) if seen else (good, bad)
