"""The line a barcode scanner types: which phone does it mean?

A scanner is a keyboard, and what stands on a box is not always a MAC. So a line is taken only where
it can mean one phone and no other; everything else is a `Trouble` that says why.
"""

from __future__ import annotations

import re

from pnp_gui.pnp.mac import find_mac, parse_mac
from pnp_gui.pnp.makes import owner_of
from pnp_gui.trouble import Trouble

MAX_SHOWN = 60
"""Characters of a bad code that are shown."""

# A scanner set to one country's keyboard on a computer set to another's types the wrong signs
# between the right digits: ":" comes as "Ö" on a German one. Six pairs with the same sign between
# them are a MAC all the same; eight are an EUI-64 and none.
_PAIRS = re.compile(
    r"(?<![0-9A-Z])[0-9A-F]{2}([^0-9A-F])[0-9A-F]{2}(?:\1[0-9A-F]{2})*(?![0-9A-Z])",
    re.IGNORECASE,
)
_SAID = re.compile(r"MAC(?:[ -]?(?:ADDRESS|ADDR|ID|NO))?[\s:=#-]*", re.IGNORECASE)
_PARTS = re.compile(r"[\s,;|/]+")
_AFTER = 40
"""Characters after the word "MAC" in which its digits are."""
_GROUP = 0x01
"""The bit in a MAC's first byte that makes it the address of a group, never of a phone."""


def read_scan(text: str) -> str:
    """The MAC, 12 upper-case hex digits, of the phone that a scanned line means. Raises Trouble."""
    found = _all_macs(text)
    shown = text.strip()[:MAX_SHOWN]
    if not found:
        raise Trouble(
            "There is no MAC in the code “{text}”: nothing was changed.",
            code="scan",
            text=shown,
        )
    if len(found) > 1:
        raise Trouble(
            "There are {count} MACs in the code “{text}”: nothing was changed. Scan them one at a "
            "time.",
            code="scan",
            count=len(found),
            text=shown,
        )
    mac = found[0]
    if int(mac[:2], 16) & _GROUP or not int(mac, 16):
        raise Trouble(
            "“{text}” is no phone's MAC: nothing was changed. Is there another bar code on the "
            "label?",
            code="scan",
            text=shown,
        )
    if text.strip() == mac and is_product_code(mac) and not owner_of(mac):
        raise Trouble(
            "“{text}” looks like the product code on a box: nothing was changed. If it is a MAC, "
            "type it with colons.",
            code="scan",
            text=shown,
        )
    return mac


def is_product_code(digits: str) -> bool:
    """Whether twelve decimal digits carry the check digit of a UPC-A product code."""
    if not (digits.isdecimal() and len(digits) == 12):
        return False
    odd, even = (sum(map(int, digits[start:11:2])) for start in (0, 1))
    return (3 * odd + even + int(digits[11])) % 10 == 0


def _all_macs(text: str) -> list[str]:
    """Every different MAC in the line; one that says "MAC" before it goes before all others."""
    for match in _SAID.finditer(text):
        mac = _first(text[match.end() : match.end() + _AFTER])
        if mac is not None:
            return [mac]
    found = [mac for match in _PAIRS.finditer(text) if (mac := _of_pairs(match)) is not None]
    found += [mac for part in _PARTS.split(text) if (mac := find_mac(part)) is not None]
    return list(dict.fromkeys(found))


def _first(text: str) -> str | None:
    """The MAC that `text` begins with."""
    match = _PAIRS.match(text)
    mac = _of_pairs(match) if match else None
    return mac or parse_mac(_PARTS.split(text, 1)[0])


def _of_pairs(match: re.Match[str]) -> str | None:
    digits = match[0].replace(match[1], "").upper()
    return digits if len(digits) == 12 else None
