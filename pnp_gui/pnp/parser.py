"""Reads one datagram as a SIP message (RFC 3261 section 7), leniently but never by guesswork.

The datagram is read as Latin-1: every byte is one character, so what is echoed later is the same
bytes again, and every offset counts bytes. What cannot be read is a `Malformed`, which is data
for the log, not an exception.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_DATAGRAM = 8192
"""Bytes. Phones ask with 400 to 1,100; RFC 4475's longest request has 3,515."""
MAX_HEADERS = 128
"""Header lines. Phones send 9 to 20."""


class Malformed(NamedTuple):
    """Why a datagram is no SIP message, and at which byte that showed."""

    reason: str
    offset: int


class Request(NamedTuple):
    """A request: method, Request-URI, headers, body."""

    method: str
    uri: str
    headers: dict[str, list[str]]
    """Values by lower-case long name, in order, without the blanks around them. Those that nobody
    reads (Accept, Expires …) may be left out."""
    body: str


class Response(NamedTuple):
    """A response: status code, reason phrase, headers, body."""

    status: int
    reason: str
    headers: dict[str, list[str]]
    """As those of a `Request`; To, Contact and User-Agent, which nobody reads, may be left out."""
    body: str


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

# The spellings that phones use: a look-up here spares four string operations a line.
_USUAL = {
    name: name.lower()
    for name in (
        *("Call-ID", "Contact", "Content-Length", "CSeq", "Event", "From", "To"),
        *("User-Agent", "Via"),
    )
}
# What phones send and nobody here reads is passed over: a third of their lines.
_UNREAD = ("Accept", "Allow", "Allow-Events", "Expires", "Max-Forwards", "Server", "Supported")
_USUAL |= dict.fromkeys(_UNREAD, "")
# Request-Line = Method SP Request-URI SP SIP-Version (section 7.1): single blanks, no "<>".
_REQUEST_LINE = re.compile(r"([A-Za-z0-9.!%*_+`'~-]+) ([^\s<>]+) [Ss][Ii][Pp]/2\.0")
# Status-Line (section 7.2). Some stacks leave the reason phrase out, and the blank before it.
_STATUS_LINE = re.compile(r"[Ss][Ii][Pp]/2\.0 ([1-6][0-9][0-9])(?: (.*))?")
# What nearly every phone sends, told by one look and in less than half the time of reading it line
# by line, with the same result: printable ASCII, lines ended by CRLF, the usual spellings, each
# header that is read once at most ("(?(2)(?!))": not when the second group is taken), no body.
_READ = (
    *("Via", "From", "To", "Call-ID", "CSeq", "Contact", "Event", "User-Agent"),
    "Content-Length",
)


def _usual_form(first: str, read: tuple[str, ...], unread: tuple[str, ...]) -> re.Pattern[str]:
    """`first`: the rule for the first line. The groups are its own, then those of `read`."""
    once = "|".join(
        rf"{name}: ?(?({group})(?!))([!-~][ -~]*)(?<! )\r\n"
        for group, name in enumerate(read, 1 + first.count("("))
    )
    return re.compile(rf"{first}\r\n(?:{once}|(?:{'|'.join(unread)}):[ -~]*\r\n){{1,32}}+\r\n")


_USUAL_REQUEST = _usual_form(r"SUBSCRIBE ([!-;=?-~]+) SIP/2\.0", _READ, _UNREAD)
_USUAL_RESPONSE = _usual_form(
    r"SIP/2\.0 ([1-6][0-9][0-9]) ([ -~]*)",
    ("Via", "From", "Call-ID", "CSeq", "Content-Length"),
    ("To", "Contact", "User-Agent", *_UNREAD),
)
_HEADER_NAME = re.compile(r"[A-Za-z0-9.!%*_+`'~-]+")
_END_OF_HEAD = re.compile(r"\n\r?\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_NO_BODY = ["0"]
_BLANKS = (" ", "\t")


def parse(data: bytes) -> Request | Response | Malformed:
    """Read a datagram. Bare LF, a missing last empty line and CRLFs before it are accepted."""
    if len(data) > MAX_DATAGRAM:
        return Malformed("larger than any phone's message", MAX_DATAGRAM)
    text = data.decode("latin-1")
    return _usual(text) or _any(data, text)


def _usual(text: str) -> Request | Response | None:
    """A message in the usual form; None: it has to be read line by line."""
    usual = _USUAL_REQUEST.fullmatch(text)
    if usual:
        uri, via, from_, to, call_id, cseq, contact, event, agent, length = usual.groups()
        if not (via and from_ and to and call_id and cseq and contact and event and length == "0"):
            return None
        headers = {
            "via": [via],
            "from": [from_],
            "to": [to],
            "call-id": [call_id],
            "cseq": [cseq],
            "contact": [contact],
            "event": [event],
            "content-length": [length],
        }
        if agent:
            headers["user-agent"] = [agent]
        return Request("SUBSCRIBE", uri, headers, "")
    usual = _USUAL_RESPONSE.fullmatch(text)
    if usual:
        status, reason, via, from_, call_id, cseq, length = usual.groups()
        if not (via and from_ and call_id and cseq and length == "0"):
            return None
        headers = {
            "via": [via],
            "from": [from_],
            "call-id": [call_id],
            "cseq": [cseq],
            "content-length": [length],
        }
        return Response(int(status), reason, headers, "")
    return None


def _any(data: bytes, text: str) -> Request | Response | Malformed:
    """A message in whatever form."""
    start = 0
    if data[:1] in (b"\r", b"\n", b""):  # section 7.5: keep-alives, stray line ends before it
        start = len(data) - len(data.lstrip(b"\r\n"))
        if start == len(data):
            return Malformed("empty, or line ends alone (a keep-alive)", 0)
    lines, body_at = _head(text, start)
    if not lines:
        return Malformed("cut off inside a header line", len(data))
    control = _CONTROL.search(text, start, body_at)
    if control:
        return Malformed("a control character in a header", control.start())
    if len(lines) > MAX_HEADERS and len(_unfolded(lines)) > MAX_HEADERS:
        return Malformed(f"more than {MAX_HEADERS} header lines", start)
    first, headers = _headers(lines)
    body = text[body_at:]
    lengths = headers.get("content-length")
    if lengths is not None and (body or lengths != _NO_BODY):
        length = lengths[0]
        if not (length.isascii() and length.isdigit()) or len(lengths) > 1 or len(length) > 9:
            return Malformed(
                "Content-Length is not one number", line_at(data, "content-length", "l")
            )
        if int(length) > len(body):  # section 18.3: to be discarded
            return Malformed(f"Content-Length is {int(length)}, {len(body)} bytes follow", body_at)
        body = body[: int(length)]
    return _first_line(first, headers, body, start)


def _head(text: str, start: int) -> tuple[list[str], int]:
    """The first line and the header lines, however they end, and where the body begins; ([], 0)
    when the last line is cut off.
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
    """A line that begins with a blank goes on the one before it (section 7.3.1)."""
    whole: list[str] = []
    for line in lines:
        if line.startswith(_BLANKS) and whole:
            whole[-1] = whole[-1].rstrip(" \t") + " " + line.strip(" \t")
        else:
            whole.append(line)
    return whole


def _headers(lines: list[str]) -> tuple[str, dict[str, list[str]]]:
    """The first line as it is, and the header lines by name.

    A line that has no name is passed over, since a malformed header that is not needed is to be
    ignored (section 16.3): snom's M700 guide shows Allow wrapped.
    """
    headers: dict[str, list[str]] = {}
    for line in lines[1:]:
        written, colon, value = line.partition(":")
        name = _USUAL.get(written)
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
    return Malformed("the first line is neither a SIP request nor a response", start)


def line_at(data: bytes, *names: str) -> int:
    """The byte at which a header line with one of these names begins, else 0."""
    found = re.search(rf"(?im)^(?:{'|'.join(names)})[ \t]*:".encode(), data)
    return found.start() if found else 0
