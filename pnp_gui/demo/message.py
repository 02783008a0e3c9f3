"""Reading SIP messages for the simulated phones: `read` judges what the responder sent, and
`read_subscribe` takes a phone's own request apart. It must not share a mistake with
`pnp/parser.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
"""RFC 3261 section 25.1."""

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""Control characters that have no place inside a header value."""

BLANKS = " \t"
"""The only ones in a header line (LWS); Python's strip would take Latin-1's hard blank as well."""

COMPACT = {
    "a": "accept-contact",
    "c": "content-type",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
}
"""Compact header names (RFC 3261 section 7.3.3, RFC 6665 section 8.2)."""

MANY = {"via", "allow", "supported", "accept", "allow-events", "record-route", "route"}
"""Headers that may come more than once."""


@dataclass(slots=True)
class ReceivedMessage:
    """A message's parts; header names are in long form and lower case, values trimmed."""

    start: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def values(self, name: str) -> list[str]:
        """Every value under this long, lower-case name, in order."""
        return [value for known, value in self.headers if known == name]

    def value(self, name: str) -> str:
        """The first value under this name, or ""."""
        return next(iter(self.values(name)), "")

    def names(self) -> set[str]:
        """Every name."""
        return {name for name, _ in self.headers}

    def vias(self) -> list[str]:
        """Every Via, one by one, also those that share a header line."""
        return [via for value in self.values("via") for via in split(value, ",")]


def split(text: str, separator: str) -> list[str]:
    """Parts of `text`, trimmed; separators in quotes and in angle brackets do not count."""
    parts, part, quoted, bracketed, escaped = [], "", False, False, False
    for character in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        elif character == separator and not bracketed:
            parts.append(part.strip(BLANKS))
            part = ""
            continue
        else:
            quoted = character == '"'
            bracketed = (bracketed or character == "<") and character != ">"
        part += character
    return [*parts, part.strip(BLANKS)]


def parameters(text: str) -> list[tuple[str, str | None]]:
    """Parameters behind the first semicolon: lower-case name, and value or None."""
    found: list[tuple[str, str | None]] = []
    for part in split(text, ";")[1:]:
        name, equals, value = part.partition("=")
        found.append((name.strip(BLANKS).lower(), value.strip(BLANKS) if equals else None))
    return found


def parameter(text: str, name: str) -> str | None:
    """The value of one parameter; "" when it has none, None when it is not there."""
    return next((value or "" for known, value in parameters(text) if known == name), None)


def uri_of(value: str) -> str:
    """The URI inside a From, To or Contact value."""
    found = re.search(r"<([^>]*)>", value)
    return found[1] if found else split(value, ";")[0]


def _headers(lines: list[str]) -> list[tuple[str, str]]:
    headers = []
    for line in lines:
        name, _, value = line.partition(":")
        name = name.strip(BLANKS).lower()
        headers.append((COMPACT.get(name, name), value.strip(BLANKS)))
    return headers


def read_subscribe(data: bytes) -> ReceivedMessage:
    """A phone's own SUBSCRIBE, whatever its line ends and folds."""
    text = data.decode("latin-1").replace("\r\n", "\n").lstrip("\n")
    head, _, body = text.partition("\n\n")
    start, *lines = re.sub(r"\n[ \t]+", " ", head).split("\n")
    return ReceivedMessage(
        start, _headers([line for line in lines if line]), body.encode("latin-1")
    )


def read(data: bytes) -> tuple[ReceivedMessage, list[str]]:
    """What the responder sent, and every fault of its form (RFC 3261 section 7)."""
    faults: list[str] = []
    head, blank, body = data.partition(b"\r\n\r\n")
    if not blank:
        faults.append("no empty line ends the headers")
    start, *lines = head.decode("latin-1").split("\r\n")
    for line in (start, *lines):
        if CONTROL.search(line):
            faults.append(f"a control character or bare line end in {line!r}")
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t"):
            faults.append(f"a folded line {line!r}")
        elif not colon:
            faults.append(f"no colon in the header line {line!r}")
        elif not TOKEN.fullmatch(name):
            faults.append(f"{name!r} is no header name")
        elif value[:1] != " " or value[1:] != value.strip(BLANKS):
            faults.append(f"not exactly one blank after the colon, or blanks at the end: {line!r}")
        elif not value.strip(BLANKS):
            faults.append(f"{name} is empty")
    message = ReceivedMessage(start, _headers(lines), body)
    for name in sorted({name for name, _ in message.headers} - MANY):
        if len(message.values(name)) > 1:
            faults.append(f"{name} comes {len(message.values(name))} times")
    length = message.value("content-length")
    if length != str(len(body)):
        faults.append(f"Content-Length is {length or 'missing'}, but the body has {len(body)}")
    return message, faults
