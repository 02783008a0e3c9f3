"""Text from the clipboard as a sheet: cells of a spreadsheet, or any text with MACs in it."""

from __future__ import annotations

from collections.abc import Generator

from pnp_gui.bench.sheet import Read, SheetLine, read_in_steps
from pnp_gui.pnp.mac import find_mac

MAX_CHARACTERS = 4 * 1024 * 1024
"""What is read of the clipboard."""


def read_pasted(text: str) -> Generator[None, None, Read]:
    """The lines of a pasted sheet; where it is none, the first MAC of every line that has one.

    A mail or a delivery note says nothing but which phones are meant: nothing is decided. In steps,
    as `read_in_steps`.
    """
    text = text[:MAX_CHARACTERS]
    good, bad = yield from read_in_steps(text.encode("utf-8", "replace"))
    if good:
        return good, bad
    seen: dict[str, SheetLine] = {}
    for number, line in enumerate(text.splitlines(), 1):
        mac = find_mac(line)
        if mac is not None:
            seen.setdefault(mac, SheetLine(number, mac, None, None, None))
    return (list(seen.values()), []) if seen else (good, bad)
