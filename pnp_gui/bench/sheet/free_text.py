"""Text that is no table, such as an email or what a command printed: the MACs in its lines."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from pnp_gui.bench.sheet.headings import Heading, mac_heading
from pnp_gui.bench.sheet.sheet import MAX_SHOWN, Remark, SheetLine
from pnp_gui.bench.sheet.text import Line, paced
from pnp_gui.pnp.mac import find_macs, is_phone_mac
from pnp_gui.pnp.makes import owner_of
from pnp_gui.trouble import Trouble

_MOST_CHARACTERS = 2000
"""Of a line that is searched."""
_MAY_HAVE_MAC = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f:-][0-9A-Fa-f]")
"""Begins every MAC; six times as fast as all of it."""
_OWN = re.compile(r"Interface: .*\bMAC: ")
"""The first line of arp-scan has the MAC of the computer on which it ran."""

_WORD_BEFORE = re.compile(r"(\w+)\W*$")
_MOST_BEFORE = 40
"""Characters before a MAC that may say what it is."""

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
        if not _MAY_HAVE_MAC.search(text) or _OWN.match(text):
            continue
        if len(text) > _MOST_CHARACTERS:
            long = Trouble(
                "This line has more than {most:,} characters.",
                code="sheet_long",
                most=_MOST_CHARACTERS,
            )
            bad.append(Remark(number, text[:MAX_SHOWN], long))
            continue
        macs, numbers = macs_and_numbers(text)
        if len(macs) > 1:
            many = Trouble(
                "“{text}” may be {count} MACs: write one line for each phone.",
                code="sheet_mac",
                text=text[:MAX_SHOWN],
                count=len(macs),
            )
            bad.append(Remark(number, text[:MAX_SHOWN], many))
        elif macs:
            good.setdefault(macs[0], SheetLine(number, macs[0], None, None, None))
        elif numbers:
            no_mac = Trouble(
                "Not a phone: {text} may be any number. If it is a MAC, write it with colons.",
                code="sheet_no_phone",
                text=numbers[0],
            )
            notes.append(Remark(number, text[:MAX_SHOWN], no_mac))
    return list(good.values()), bad, notes


def macs_and_numbers(text: str) -> tuple[list[str], list[str]]:
    """The MACs of phones in a text, and what looks so but may be any number."""
    found = [mac for mac in find_macs(text) if is_phone_mac(mac)]
    numbers = [mac for mac in found if _may_be_number(mac, text)]
    return [mac for mac in found if mac not in numbers], numbers


def _may_be_number(mac: str, text: str) -> bool:
    """Whether it is written as twelve digits behind a word for passwords; or, of no known maker,
    behind one for serial numbers or decimal without the word MAC."""
    written = re.search(mac, text, re.IGNORECASE)
    if written is None:
        return False
    before = _WORD_BEFORE.search(text[max(0, written.start() - _MOST_BEFORE) : written.start()])
    said = mac_heading(before[1] if before else "")
    if said is Heading.SECRET or owner_of(mac):
        return said is Heading.SECRET
    return said is Heading.SERIAL or (mac.isdecimal() and said is not Heading.MAC)
