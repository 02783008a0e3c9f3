"""MAC addresses as people, sheets, bar code scanners and phones write them.

The only place that knows. Inside the program a MAC is 12 upper-case hex digits, "000413A2105F".
"""

from __future__ import annotations

import re
import unicodedata

_PAIRS = r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}"  # 00:04:13:… and 00-04-13-…
_QUADS = r"[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}"  # 0004.13a2.105f
_PLAIN = r"[0-9A-Fa-f]{12}"
_FORMS = f"(?:{_PAIRS}|{_QUADS}|{_PLAIN})"

_WHOLE = re.compile(rf"(?:MAC)?[\s:=-]*({_FORMS})", re.IGNORECASE)
# Inside other text a MAC ends where its digits end: a longer number, a UUID or an EUI-64 is no
# MAC. "MAC" glued to the digits is Yealink's way, "SEP" is Cisco's.
_INSIDE = re.compile(
    rf"(?:MAC(?:%3a|%3d|[:= -])*|SEP|(?<![0-9A-Za-z])(?<![0-9A-F]{{2}}[:.-]))({_FORMS})"
    r"(?![0-9A-Za-z]|[:-][0-9A-F]{2}\b|\.[0-9A-F]{4}\b)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(rf"\b(?:cfg|snom\w{{1,8}}-)(?={_PLAIN})", re.IGNORECASE)
"""Before the MAC in the names of Grandstream's and snom's files: "cfg000b82….xml"."""
# A file's name has letters before the digits: Grandstream's "cfg000b82…", or "ata…".
_IN_A_NAME = re.compile(rf"(?:ATA|(?<![0-9A-F]))({_PLAIN})(?![0-9A-F])", re.IGNORECASE)
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
# As people write it into a cell: see `written_macs`.
_BEFORE = re.compile(r"(?:0x|SEP|ATA|MAC(?:[ -]?(?:ADDRESS|ADDR|ID))?[\s:=#-]*)", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9A-F]+(?:([:._-])[0-9A-F]+(?:\1[0-9A-F]+)*)?", re.IGNORECASE)
_BLANKS = re.compile(r"[0-9A-F]+(?: [0-9A-F]+)+", re.IGNORECASE)
_REMARK = re.compile(r"\s*[#(;,/|\[]|\s|:(?:P\d|SW)", re.IGNORECASE)
_OR_ALSO = re.compile(r"/([0-9A-F]{1,4})", re.IGNORECASE)
_EVEN_GROUPS = ([12], [6, 6], [4, 4, 4], [3, 3, 3, 3], [2, 2, 2, 2, 2, 2])
_AROUND = " \t'\"\u2018\u2019\u201a\u201c\u201d\u201e`=*.,;-"
_MAC_CHARACTERS = 11
"""Of the shortest MAC: "0:0:0:0:0:1"."""
_PLAIN_AND_BLANKS = 24
"""Characters of twelve digits with blanks between them, and of one more."""
_MOST_CHARACTERS = 200
"""Of a cell that is looked into: longer ones hold text."""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")

_MAC_WORD = re.compile(r"MAC(?:[ -]?(?:ADDRESS|ADDR|ID|NO))?[\s:=#-]*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|/]+")
_AFTER_WORD = 40
"""Characters after the word "MAC" in which its digits are."""


def parse_mac(text: str) -> str | None:
    """The MAC that `text` is, in any usual form, or None."""
    match = _WHOLE.fullmatch(text.strip())
    return _plain(match[1]) if match else None


def find_mac(text: str) -> str | None:
    """The first MAC inside any text (a User-Agent, a pasted line), or None."""
    match = _INSIDE.search(text)
    return _plain(match[1]) if match else None


def find_macs(text: str) -> list[str]:
    """The different MACs inside any text."""
    text = _FILE_NAME.sub(" ", text)
    return list(dict.fromkeys(_plain(match[1]) for match in _INSIDE.finditer(text)))


def named_macs(text: str) -> list[str]:
    """The different MACs in what names a file: a path, a query, a User-Agent. Also other numbers of
    twelve hex digits."""
    found = (_plain(match[1]) for match in _IN_A_NAME.finditer(text))
    return list(dict.fromkeys((*find_macs(text), *found)))


def scanned_macs(text: str) -> list[str]:
    """The different MACs in a scanned line. If one has the word "MAC" before it, only that one."""
    for match in _MAC_WORD.finditer(text):
        after = text[match.end() : match.end() + _AFTER_WORD]
        pairs = _SCANNED.match(after)
        mac = (_of_pairs(pairs) if pairs else None) or parse_mac(_BETWEEN.split(after)[0])
        if mac is not None:
            return [mac]
    found = [mac for match in _SCANNED.finditer(text) if (mac := _of_pairs(match)) is not None]
    found += [mac for part in _BETWEEN.split(text) if (mac := find_mac(part)) is not None]
    return list(dict.fromkeys(found))


def written_macs(cell: str) -> list[str]:
    """The different MACs that a cell of a list means, however people and programs write them.

    Digits in twos, threes, fours or sixes, or six numbers of one or two digits ("0:4:13:1a:31:16"),
    or with blanks anywhere; any Unicode dash, full-width and zero-width characters; before them
    "MAC:", "0x", "SEP" (Cisco's device names), an apostrophe or "="; after them a remark, or the
    "-A1B2" of Gigaset's MAC-ID. A client ID of DHCP is type 1 and the MAC (RFC 2132 section 9.14).
    "0004131A3120/21" may mean two.
    """
    if not _MAC_CHARACTERS <= len(cell) <= _MOST_CHARACTERS:
        return []
    if not cell.isascii():
        cell = unicodedata.normalize("NFKC", cell).translate(_DASHES)
        cell = "".join(c for c in cell if unicodedata.category(c) != "Cf")
    return _written(cell)


def mac_part(word: str) -> str:
    """The lower-case hex digits of a typed word that may be a part of a MAC; else "", also where it
    is a part of an IPv4 address."""
    if _PART_OF_ADDRESS.fullmatch(word):
        return ""
    digits = word.translate(_SEPARATORS).lower()
    return digits if _PART.fullmatch(digits) else ""


def is_phone_mac(mac: str) -> bool:
    """Whether a phone can have it: it is neither all zeros nor a group's address, whose first byte
    is odd (IEEE 802)."""
    return mac[1] in "02468ACE" and mac != "000000000000"


def show_mac(mac: str) -> str:
    """A plain MAC as a person reads it: "00:04:13:A2:10:5F"."""
    return f"{mac[:2]}:{mac[2:4]}:{mac[4:6]}:{mac[6:8]}:{mac[8:10]}:{mac[10:]}"


def _written(cell: str) -> list[str]:
    text = " ".join(cell.strip(_AROUND).split())
    before = _BEFORE.match(text)
    text = text[before.end() :] if before else text
    blanks = len(text) < _PLAIN_AND_BLANKS and _BLANKS.fullmatch(text)
    digits = _of_groups(text.split(), " ") if blanks else None
    if digits:
        return [digits]
    match = _GROUPED.match(text)
    digits = _of_groups(re.split(r"[:._-]", match[0]), match[1] or "") if match else None
    if not match or not digits:
        return []
    rest = text[match.end() :]
    if rest and not _REMARK.match(rest):
        return []
    found = [digits]
    also = _OR_ALSO.fullmatch(rest)
    if also:
        found.append(digits[: -len(also[1])] + also[1].upper())
    else:
        found += _written(rest.lstrip(" #(;,/|[+&"))
    return list(dict.fromkeys(found))


def _of_groups(groups: list[str], separator: str) -> str | None:
    sizes = [len(group) for group in groups]
    if sum(sizes) == 14 and groups[0][:2] == "01":  # a client ID
        groups = [groups[0][2:], *groups[1:]]
        even = sizes == [2] * 7 or (separator == "." and sizes == [4, 4, 4, 2])
        return "".join(groups).upper() if even else None
    if sizes == [12, 4] and separator == "-":  # Gigaset
        return groups[0].upper()
    if separator == ":":
        if len(groups) == 7 and groups[0] == "1":
            groups = groups[1:]
        if len(groups) == 6 and max(map(len, groups)) <= 2:
            return "".join(group.zfill(2) for group in groups).upper()
    if sizes == [3] * 4 and separator == "." and "".join(groups).isdecimal():
        return None  # 192.168.100.200
    if sizes in _EVEN_GROUPS or (separator == " " and sum(sizes) == 12):
        return "".join(groups).upper()
    return None


def _of_pairs(match: re.Match[str]) -> str | None:
    digits = match[0].replace(match[1], "").upper()
    return digits if len(digits) == 12 else None


def _plain(text: str) -> str:
    return text.translate(_SEPARATORS).upper()
