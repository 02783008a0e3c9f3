"""Text in which each value stands behind its name, as rows: exports of routers
(`add mac-address=… comment="…"`), leases of DHCP servers (`host x { hardware ethernet …; }`),
details of neighbours (`System Name: …`), JSON, YAML, XML, and what nmap found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from html import unescape

from pnp_gui.bench.sheet.headings import is_mac_heading
from pnp_gui.bench.sheet.keys import names_phone
from pnp_gui.bench.sheet.rows import Row
from pnp_gui.bench.sheet.text import Line, paced

_MOST_NAMES = 200
"""Different names of values in a text, and values in a line."""
_MOST_CHARACTERS = 2000
"""Of a line that is looked into."""

_PAIR = re.compile(r'(?<![\w.-])([A-Za-z][\w.-]{0,40})=(?:"([^"]*)"|([^\s"]*))')
_JSON = re.compile(r'"([A-Za-z][\w.-]{0,40})"\s*:\s*("(?:[^"\\]|\\.)*")')
_COLON = re.compile(r"([A-Za-z][\w ./()-]{0,40}?)\s*[:=]\s+(\S.*)")
_ELEMENT = re.compile(r"<([A-Za-z][\w.-]{0,40})>([^<]*)</")
_KEY = re.compile(r'\[?"?([\w.:-]{1,40}?)"?(?:\]|:\s*\{?)')
"""What stands above the values of one thing, its name or its MAC: `desk-holm:`, `[desk-holm]`."""
_NMAP = re.compile(
    r'(?:Nmap scan report for |<hostname name=")(?P<host>[^" ]+).*'
    r'|<address addr="(?P<mac>[^"]+)" addrtype="mac".*'
)
_STATEMENT = re.compile(r'\s*([A-Za-z][A-Za-z-]*(?: [a-z]+)?)\s+"?([^"]+)"?\s*')

_Fields = dict[str, str]


def rows_of_fields(lines: Sequence[Line]) -> Generator[None, None, list[Row]]:
    """A header of all names, and a row for each thing that has a MAC; nothing, if there are none.
    Pauses."""
    records: list[tuple[int, _Fields]] = []
    fields: _Fields = {}
    above = ""
    number = 0

    def end() -> None:
        nonlocal fields
        if any(map(_is_mac, fields.items())):
            records.append((number, fields))
        fields = {}

    for line in paced(lines):
        if line is None:
            yield
            continue
        text = line.text.strip(" \t-")
        if len(text) > _MOST_CHARACTERS:
            continue
        if key := _KEY.fullmatch(text):
            above = key[1]
            if names_phone(above):
                end()
                number = line.number
            continue
        pairs = [] if _NMAP.match(text) else _pairs(text)
        found = pairs if len(pairs) > 1 else list(_fields(text)) or pairs
        is_whole = len(pairs) > 1 or "}" in text
        if is_whole or (found and found[0][0] in fields):
            end()
        if above and found:
            if not fields and not line.text.lstrip().startswith("-"):
                fields["mac" if names_phone(above) else "host"] = above
            above = ""
        for one in found[:_MOST_NAMES]:
            if one[0] in fields:
                end()
            fields[one[0]] = one[1]
            if _is_mac(one):
                number = line.number
        if is_whole:
            end()
    end()
    return _table(records)


def _table(records: Sequence[tuple[int, _Fields]]) -> list[Row]:
    names = list(dict.fromkeys(name for _, one in records for name in one))[:_MOST_NAMES]
    rows = [
        Row(number, [one.get(name, "") for name in names], " ".join(one.values()))
        for number, one in records
    ]
    return [Row(0, names, " ".join(names)), *rows] if rows else []


def _is_mac(field: tuple[str, str]) -> bool:
    return is_mac_heading(field[0]) and names_phone(field[1])


def _pairs(text: str) -> list[tuple[str, str]]:
    found = _PAIR.findall(text) if "=" in text else []
    pairs = [(name, quoted or plain) for name, quoted, plain in found]
    if text.startswith("<"):
        return [(name, unescape(value)) for name, value in pairs + _ELEMENT.findall(text)]
    return pairs + [(name, _json_text(value)) for name, value in _JSON.findall(text)]


def _json_text(value: str) -> str:
    """What a string of JSON says; as it is, if it is none."""
    try:
        text = str(json.loads(value, strict=False))
    except ValueError:
        return value[1:-1]
    return text.encode("utf-8", "replace").decode()  # half a character, "\ud83d", is none


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Names and values in a line, but for those of `_pairs`."""
    if nmap := _NMAP.fullmatch(text):
        yield from ((name, value) for name, value in nmap.groupdict().items() if value)
    elif pair := _JSON.match(text):
        yield pair[1], _json_text(pair[2])
    elif ";" in text or "{" in text:
        for part in re.split("[;{}]", text):
            if statement := _STATEMENT.fullmatch(part):
                yield statement[1], statement[2].strip()
    elif colon := _COLON.fullmatch(text):
        value = colon[2].strip('"')
        yield colon[1], value[1:-1] if value[:1] == value[-1:] == "'" else value
