"""Which phone a scanned line means.

A bar code scanner types like a keyboard, and not every code on a box is a MAC. A line is accepted
only if it can mean exactly one phone; otherwise a `Trouble` says why.
"""

from __future__ import annotations

from pnp_gui.pnp.mac import is_phone_mac, scanned_macs
from pnp_gui.pnp.makes import owner_of
from pnp_gui.trouble import Trouble

MAX_SHOWN = 60
"""Characters of a bad code that the sentence shows."""


def read_scan(text: str) -> str:
    """The MAC of the phone that a scanned line means, 12 upper-case hex digits. Raises Trouble."""
    found = scanned_macs(text)
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
    if not is_phone_mac(mac):
        raise Trouble(
            "“{text}” cannot be a phone's MAC: nothing was changed. Is there another bar code "
            "on the label?",
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
    """Whether these twelve hex digits are decimal, with the check digit of a UPC-A product code."""
    if not digits.isdecimal():
        return False
    odd, even = (sum(map(int, digits[start:11:2])) for start in (0, 1))
    return (3 * odd + even + int(digits[11])) % 10 == 0
