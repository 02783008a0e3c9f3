"""MAC addresses as people, sheets, bar code scanners and phones write them.

The only place that knows. Inside the program a MAC is 12 upper-case hex digits, "000413A2105F".
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
_PART = re.compile(r"[0-9a-f]{2,12}")
_PART_OF_ADDRESS = re.compile(r"\d{0,3}(?:\.\d{0,3}){1,3}")  # "10.1": a MAC has dots after four

# A scanner set to another keyboard layout than the computer's types right digits between wrong
# signs: ":" becomes "Ö" on a German layout. So any sign may separate six pairs, if it is the same
# one each time. Eight pairs are an EUI-64.
_SCANNED = re.compile(
    r"(?<![0-9A-Z])[0-9A-F]{2}([^0-9A-F])[0-9A-F]{2}(?:\1[0-9A-F]{2})*(?![0-9A-Z])",
    re.IGNORECASE,
)
_MAC_WORD = re.compile(r"MAC(?:[ -]?(?:ADDRESS|ADDR|ID|NO))?[\s:=#-]*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|/]+")
_AFTER_WORD = 40
"""Characters after the word "MAC" in which its digits are."""
_GROUP = 0x01
"""The bit in the first byte that makes a MAC a group address (IEEE 802)."""


def parse_mac(text: str) -> str | None:
    """The MAC that `text` is, in any usual form, or None."""
    match = _WHOLE.fullmatch(text.strip())
    return _plain(match[1]) if match else None


def find_mac(text: str) -> str | None:
    """The first MAC inside any text (a User-Agent, a pasted line), or None."""
    match = _INSIDE.search(text)
    return _plain(match[1]) if match else None


def scanned_macs(text: str) -> list[str]:
    """The different MACs in a scanned line. If one has the word "MAC" before it, only that one."""
    for match in _MAC_WORD.finditer(text):
        after = text[match.end() : match.end() + _AFTER_WORD]
        pairs = _SCANNED.match(after)
        mac = (_of_pairs(pairs) if pairs else None) or parse_mac(_BETWEEN.split(after, 1)[0])
        if mac is not None:
            return [mac]
    found = [mac for match in _SCANNED.finditer(text) if (mac := _of_pairs(match)) is not None]
    found += [mac for part in _BETWEEN.split(text) if (mac := find_mac(part)) is not None]
    return list(dict.fromkeys(found))


def mac_part(word: str) -> str:
    """The lower-case hex digits of a typed word that may be a part of a MAC; else "", also where it
    is a part of an IPv4 address."""
    if _PART_OF_ADDRESS.fullmatch(word):
        return ""
    digits = word.translate(_SEPARATORS).lower()
    return digits if _PART.fullmatch(digits) else ""


def is_phone_mac(mac: str) -> bool:
    """Whether a phone can have it: it is neither a group's address nor all zeros."""
    return not int(mac[:2], 16) & _GROUP and int(mac, 16) != 0


def show_mac(mac: str) -> str:
    """A plain MAC as a person reads it: "00:04:13:A2:10:5F"."""
    return ":".join(mac[i : i + 2] for i in range(0, 12, 2))


def _of_pairs(match: re.Match[str]) -> str | None:
    digits = match[0].replace(match[1], "").upper()
    return digits if len(digits) == 12 else None


def _plain(text: str) -> str:
    return text.translate(_SEPARATORS).upper()
