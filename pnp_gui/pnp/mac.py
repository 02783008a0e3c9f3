"""MAC addresses as people, sheets, bar code scanners and phones write them.

Inside the program a MAC is twelve upper-case hex digits, "000413A2105F".
"""

from __future__ import annotations

import re

_PAIRS = r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}"  # 00:04:13:… and 00-04-13-…
_QUADS = r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}"  # 0004.13a2.105f
_PLAIN = r"[0-9A-Fa-f]{12}"
_FORMS = f"(?:{_PAIRS}|{_QUADS}|{_PLAIN})"

_WHOLE = re.compile(rf"(?:MAC)?[\s:=-]*({_FORMS})", re.IGNORECASE)
# Inside other text a MAC ends where its digits end: a longer number, a UUID or an EUI-64 is no
# MAC. "MAC" glued to the digits is Yealink's way.
_INSIDE = re.compile(
    rf"(?:MAC(?:%3a|%3d|[:= -])*|(?<![0-9A-Za-z])(?<![0-9A-F]{{2}}[:.-]))({_FORMS})"
    r"(?![0-9A-Za-z]|[:-][0-9A-F]{2}\b|\.[0-9A-F]{4}\b)",
    re.IGNORECASE,
)
_SEPARATORS = str.maketrans("", "", ":-.")


def parse_mac(text: str) -> str | None:
    """The MAC that `text` is, in any usual form, or None."""
    match = _WHOLE.fullmatch(text.strip())
    return _plain(match[1]) if match else None


def find_mac(text: str) -> str | None:
    """The first MAC inside any text (a scanner's line, a User-Agent), or None."""
    match = _INSIDE.search(text)
    return _plain(match[1]) if match else None


def show_mac(mac: str) -> str:
    """A plain MAC as a person reads it: "00:04:13:A2:10:5F"."""
    return ":".join(mac[i : i + 2] for i in range(0, 12, 2))


def _plain(text: str) -> str:
    return text.translate(_SEPARATORS).upper()
