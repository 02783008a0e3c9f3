"""Reads one datagram as a SIP message (RFC 3261 section 7), leniently but without guessing.

It is decoded as Latin-1: every byte is one character, so what is echoed has the same bytes, and
offsets count bytes. What cannot be read is a `Malformed` (data for the log), not an exception.
"""

from __future__ import annotations

import re

from pnp_gui.pnp import usual_form
from pnp_gui.pnp.message import UNREAD, USUAL, Malformed, Request, Response
from pnp_gui.texts import Text

MAX_DATAGRAM = 8192
"""Bytes. Phones ask with 400 to 1,100; RFC 4475's longest request has 3,515."""
MAX_HEADERS = 128
"""Header lines. Phones send 9 to 20."""


# RFC 3261 section 7.3.3 and 20, RFC 6665 section 8.4: one-letter names of what is read here.
_COMPACT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "o": "event",
    "l": "content-length",
    "c": "content-type",
    "u": "allow-events",
    "k": "supported",
    "e": "content-encoding",
    "s": "subject",
}

# Looking up the spellings that phones use is cheaper than `_long_name`; "": nobody reads it.
_NAMES = {
    name: name.lower()
    for name in (
        *("Call-ID", "Contact", "Content-Length", "CSeq", "Event", "From", "To"),
        *("User-Agent", "Via", *USUAL),
    )
} | dict.fromkeys(UNREAD, "")
# Request-Line = Method SP Request-URI SP SIP-Version (section 7.1): single blanks, no "<>". Some
# firmware writes a blank into the Request-URI, between "sip:MAC=" and the digits.
_REQUEST_LINE = re.compile(
    r"([A-Za-z0-9.!%*_+`'~-]+) ((?:[Ss][Ii][Pp]:[Mm][Aa][Cc](?:[:=]|%3[ADad])? +)?[^\s<>]+) "
    r"[Ss][Ii][Pp]/2\.0"
)
# Status-Line (section 7.2). Some stacks leave the reason phrase out, and the blank before it.
_STATUS_LINE = re.compile(r"[Ss][Ii][Pp]/2\.0 ([1-6][0-9][0-9])(?: (.*))?")
_HEADER_NAME = re.compile(r"[A-Za-z0-9.!%*_+`'~-]+")
_END_OF_HEAD = re.compile(r"\n\r?\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_NO_BODY = ["0"]
_BLANKS = (" ", "\t")


def parse(data: bytes) -> Request | Response | Malformed:
    """Read a datagram. Bare LF, a missing last empty line and CRLFs before it are accepted."""
    if len(data) > MAX_DATAGRAM:
        return Malformed(Text("larger than any phone's message"), MAX_DATAGRAM)
    text = data.decode("latin-1")
    return usual_form.message(text) or _line_by_line(data, text)


def _line_by_line(data: bytes, text: str) -> Request | Response | Malformed:
    """A message in any form."""
    start = 0
    if data[:1] in (b"\r", b"\n", b""):  # section 7.5: keep-alives, stray line ends before it
        start = len(data) - len(data.lstrip(b"\r\n"))
        if start == len(data):
            return Malformed(Text("empty, or only line breaks (a keep-alive)"), 0)
    lines, body_at = _head(text, start)
    if not lines:
        return Malformed(Text("cut off inside a header line"), len(data))
    control = _CONTROL.search(text, start, body_at)
    if control:
        return Malformed(Text("a control character in a header"), control.start())
    most = 1 + MAX_HEADERS  # the first line is no header
    if len(lines) > most and len(_unfolded(lines)) > most:
        return Malformed(Text("more than {most} header lines", most=MAX_HEADERS), start)
    first, headers = _headers(lines)
    body = text[body_at:]
    lengths = headers.get("content-length")
    if lengths is not None and (body or lengths != _NO_BODY):
        length = lengths[0]
        if not (length.isascii() and length.isdigit()) or len(lengths) > 1 or len(length) > 9:
            return Malformed(
                Text("Content-Length is not one number"), line_at(data, "content-length")
            )
        if int(length) > len(body):  # section 18.3: to be discarded
            return Malformed(
                Text(
                    "Content-Length is {length}, {found} bytes follow",
                    length=int(length),
                    found=len(body),
                ),
                body_at,
            )
        body = body[: int(length)]
    return _first_line(first, headers, body, start)


def _head(text: str, start: int) -> tuple[list[str], int]:
    """The first line and the header lines with any line ends, and where the body starts; ([], 0)
    if the last line is cut off.
    """
    found = _END_OF_HEAD.search(text, start)
    if found:
        end, body_at = found.start(), found.end()
    elif text.endswith("\n"):  # a phone that forgets the empty line: every line is whole
        end, body_at = len(text) - 1, len(text)
    else:
        return [], 0
    return [line.removesuffix("\r") for line in text[start:end].split("\n")], body_at


def _unfolded(lines: list[str]) -> list[str]:
    """A line that starts with a blank continues the one before it (section 7.3.1)."""
    whole: list[str] = []
    for line in lines:
        if line.startswith(_BLANKS) and whole:
            whole[-1] = whole[-1].rstrip(" \t") + " " + line.strip(" \t")
        else:
            whole.append(line)
    return whole


def _headers(lines: list[str]) -> tuple[str, dict[str, list[str]]]:
    """The first line as it is, and the header lines by name.

    A line without a name is skipped, since a malformed header that is not needed is to be ignored
    (section 16.3): snom's M700 guide shows Allow wrapped.
    """
    headers: dict[str, list[str]] = {}
    for line in lines[1:]:
        written, colon, value = line.partition(":")
        name = _NAMES.get(written)
        if name is None:
            if line.startswith(_BLANKS):
                return _headers(_unfolded(lines))
            name = _long_name(written)
        if not colon or not name:
            continue
        if name in headers:
            headers[name].append(value.strip(" \t"))
        else:
            headers[name] = [value.strip(" \t")]
    for name, value in USUAL.items():
        if set(headers.get(name.lower(), ())) == {value}:
            del headers[name.lower()]
    return lines[0], headers


def _long_name(written: str) -> str:
    """The long name in lower case, or "" where `written` is no header name."""
    name = written.rstrip(" \t").lower()  # section 7.3.1 allows blanks before the colon
    return _COMPACT.get(name, name) if _HEADER_NAME.fullmatch(name) else ""


def _first_line(
    line: str, headers: dict[str, list[str]], body: str, start: int
) -> Request | Response | Malformed:
    request = _REQUEST_LINE.fullmatch(line)
    if request:
        return Request(request[1], request[2], headers, body)
    status = _STATUS_LINE.fullmatch(line)
    if status:
        return Response(int(status[1]), status[2] or "", headers, body)
    return Malformed(Text("the first line is neither a SIP request nor a response"), start)


def line_at(data: bytes, name: str) -> int:
    """The byte at which the first header line of this long name, in lower case, starts, else 0."""
    names = [name, *(letter for letter, long_name in _COMPACT.items() if long_name == name)]
    found = re.search(rf"(?im)^(?:{'|'.join(names)})[ \t]*:".encode(), data)
    return found.start() if found else 0
