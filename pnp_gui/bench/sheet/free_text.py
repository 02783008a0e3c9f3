"""Text that is no table, such as an email or what a command printed: the MACs in its lines."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from pnp_gui.bench.sheet.sheet import MAX_SHOWN, Remark, SheetLine
from pnp_gui.bench.sheet.text import Line, paced
from pnp_gui.pnp.mac import find_macs, is_phone_mac
from pnp_gui.trouble import Trouble

FreeText = tuple[list[SheetLine], list[Remark], list[Remark]]


def read_free_text(lines: Sequence[Line]) -> Generator[None, None, FreeText]:
    """The MAC of each line that has one, undecided, as such a text only names phones; the lines
    that cannot be used; and notes. Pauses."""
    good: dict[str, SheetLine] = {}
    bad: list[Remark] = []
    notes: list[Remark] = []
    for line in paced(lines):
        if line is None:
            yield
            continue
        number, text = line
        macs = [mac for mac in find_macs(text) if is_phone_mac(mac)]
        if len(macs) > 1:
            many = Trouble(
                "“{text}” may mean {count} MACs: write one line for each phone.",
                code="sheet_mac",
                text=text[:MAX_SHOWN],
                count=len(macs),
            )
            bad.append(Remark(number, text[:MAX_SHOWN], many))
        elif macs:
            good.setdefault(macs[0], SheetLine(number, macs[0], None, None, None))
    return list(good.values()), bad, notes
