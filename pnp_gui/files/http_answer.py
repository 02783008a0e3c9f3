"""What a GET or HEAD is answered once the file is open: conditions, range and headers of RFC 9110.
Nothing of the request comes back in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pnp_gui.files.http_date import http_date, seconds_of

_TYPES = {
    "application/xml": "xml",
    "application/json": "json",
    "application/javascript": "js",
    "application/x-x509-ca-cert": "cer crt der pem",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/jpeg": "jpeg jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "text/css": "css",
    "text/csv": "csv",
    "text/html": "htm html",
    "text/plain": "boot cfg conf config ini log txt",
}
_TYPE_OF = {ending: kind for kind, endings in _TYPES.items() for ending in endings.split()}
REASONS = {
    **{200: b"OK", 206: b"Partial Content", 304: b"Not Modified", 400: b"Bad Request"},
    **{403: b"Forbidden", 404: b"Not Found", 405: b"Method Not Allowed"},
    **{412: b"Precondition Failed", 413: b"Content Too Large", 416: b"Range Not Satisfiable"},
    **{431: b"Request Header Fields Too Large", 500: b"Internal Server Error"},
    **{501: b"Not Implemented", 503: b"Service Unavailable"},
    505: b"HTTP Version Not Supported",
}
"""RFC 9110 section 15, RFC 6585."""
OTHER_TYPE = "application/octet-stream"

_RANGE = re.compile(r"bytes *= *(?P<first>\d{0,18}) *- *(?P<last>\d{0,18})", re.ASCII | re.I)
_TAG = re.compile(r'(?:W/)?("[^"]*")')


class Served(Protocol):
    """What the answer needs to know of the file: see `OpenFile`."""

    name: str
    size: int
    modified_ns: int
    etag: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, and which bytes of the file follow it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    offset: int = 0
    size: int = 0
    """Bytes of content that the headers announce; also for HEAD, which gets none."""


def empty_answer(status: int, *headers: tuple[str, str]) -> Answer:
    """An answer without content."""
    return Answer(status, (*headers, ("Content-Length", "0")))


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Fields by lower-case name; repeated ones are joined (RFC 9110 section 5.3)."""
    fields: dict[str, str] = {}
    for each, value in headers:
        name, text = each.decode("ascii"), value.decode("latin-1")
        fields[name] = f"{fields[name]}, {text}" if name in fields else text
    return fields


def content_type(name: str) -> str:
    """By the name's ending alone, never by what is in the file."""
    return _TYPE_OF.get(name.rpartition(".")[2].lower(), OTHER_TYPE)


def answer_with(file: Served, method: str, request: Mapping[str, str], wall: float) -> Answer:
    """The answer with a file. `request`: as `joined` gives it. `wall`: seconds since 1970."""
    # Not later than the Date of the answer (section 8.8.2.1).
    modified = min(file.modified_ns // 1_000_000_000, int(wall))
    same = (("ETag", file.etag), ("Last-Modified", http_date(modified)))
    status = _condition(file.etag, modified, request, wall)
    if status == 304:
        return Answer(304, same)
    if status == 412:
        return empty_answer(412)
    offset, size = 0, file.size
    headers = [
        ("Content-Type", content_type(file.name)),
        ("X-Content-Type-Options", "nosniff"),
        ("Accept-Ranges", "bytes"),
        *same,
    ]
    wanted = request.get("range", "") if method == "GET" else ""
    if wanted and _is_same_file(file.etag, modified, request.get("if-range"), wall):
        part = _part(wanted, file.size)
        if part == (0, 0):
            return empty_answer(416, ("Content-Range", f"bytes */{file.size}"))
        if part is not None:
            offset, size = part
            status = 206
            headers.append(("Content-Range", f"bytes {offset}-{offset + size - 1}/{file.size}"))
    headers.append(("Content-Length", str(size)))
    return Answer(status, tuple(headers), offset, size)


def _condition(etag: str, modified: int, request: Mapping[str, str], wall: float) -> int:
    """200, 304 or 412, in the order of section 13.2.2."""
    if (tags := request.get("if-match")) is not None:
        if tags.strip() != "*" and (etag[:2] == "W/" or etag not in _tags(tags)):
            return 412
    else:
        since = seconds_of(request.get("if-unmodified-since", ""), wall)
        if since is not None and modified > since:
            return 412
    if (tags := request.get("if-none-match")) is not None:
        same = tags.strip() == "*" or _opaque(etag) in map(_opaque, _tags(tags))
        return 304 if same else 200
    since = seconds_of(request.get("if-modified-since", ""), wall)
    return 304 if since is not None and modified <= since else 200


def _tags(field: str) -> list[str]:
    return [found.group() for found in _TAG.finditer(field)]


def _opaque(tag: str) -> str:
    """What the weak comparison compares (section 8.8.3.2)."""
    return tag.removeprefix("W/")


def _is_same_file(etag: str, modified: int, if_range: str | None, wall: float) -> bool:
    """Whether a range may be sent (section 13.1.5): by strong comparison, since it is put together
    with other parts."""
    if if_range is None:
        return True
    if if_range[:1] == '"':
        return if_range == etag
    return etag[:2] != "W/" and seconds_of(if_range, wall) == modified


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """Offset and size of a range; (0, 0): the file has no such part; None: send it whole, as a
    server may (section 14.2), since the field is wrong or asks for several ranges."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None:
        return None
    first, last = found["first"], found["last"]
    if first:
        start, end = int(first), int(last) + 1 if last else size
        if end <= start and last:
            return None
    elif last:
        start, end = max(0, size - int(last)), size
    else:
        return None
    end = min(end, size)
    return (start, end - start) if start < end else (0, 0)
