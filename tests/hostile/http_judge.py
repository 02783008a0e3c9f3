"""What may be sent on an HTTP connection: answers in a fixed form, and bytes of served files.

It reads by rules of its own: it shares no line with what it judges."""

from __future__ import annotations

import random
import re
from pathlib import Path

from pnp_gui.files.fetch import Fetch
from pnp_gui.files.folder import ServedFolder
from pnp_gui.files.http import HttpConnection
from tests.files.conftest import SECRET, furnish
from tests.files.exchange import LOCAL, REMOTE, WALL, Exchange

LARGE = random.Random(5).randbytes(300_000)
RECEIVED_AT_ONCE = 16 * 1024
MOST_HELD = 400_000
"""Bytes of a connection's buffers: two pieces of a file, a head, what was received at once."""
MOST_RECEIVED = 50_000
"""Twice what makes a head too long and what was received at once: as text, and in h11."""

_DATE = r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"
_HEADERS = {
    "Date": _DATE,
    "Last-Modified": _DATE,
    "ETag": r'(W/)?"[0-9a-f-]+"',
    "Content-Type": r"[a-z]+/[a-z0-9+.-]+",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
    "Content-Length": r"\d+",
    "Content-Range": r"bytes (\*|\d+-\d+)/\d+",
    "Connection": "close",
    "Allow": "GET, HEAD",
}
_FIRST = re.compile(r"HTTP/1\.1 (\d{3}) [A-Za-z ]+")
_CONTINUE = b"HTTP/1.1 100 \r\n\r\n"
STATUSES = {200, 206, 304, 400, 404, 405, 412, 413, 416, 431, 501, 505}


class Wrong(Exception):
    """Something that must not be sent."""


def make_folder(place: Path) -> Path:
    root = furnish(place)
    (root / "large.bin").write_bytes(LARGE)
    return root


class Connections:
    """Opens connections, one after the other, and judges each."""

    def __init__(self, root: Path) -> None:
        self._folder = ServedFolder(root)
        files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
        self._contents = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in files
            if not any(part.startswith(".") for part in path.relative_to(root).parts)
        }

    def open(self) -> Exchange:
        return Exchange(self._folder)

    def try_all(self, data: bytes) -> list[Fetch]:
        """Whole, and byte by byte if it is short; each time on a new connection."""
        one = self.open()
        for start in range(0, len(data), RECEIVED_AT_ONCE):
            self.say(one, data[start : start + RECEIVED_AT_ONCE])
        self.judge(one)
        if len(data) < 200:
            other = self.open()
            for byte in data:
                self.say(other, bytes([byte]))
            self.judge(other)
            if _without_tags(other.sent) != _without_tags(one.sent):
                raise Wrong(f"byte by byte {other.sent!r}, whole {one.sent!r}")
        return one.fetches

    def say(self, one: Exchange, data: bytes) -> None:
        """If it is read at all."""
        if one.http.wants_data:
            one.say(data)
        bounded(one.http)

    def judge(self, one: Exchange) -> None:
        """Raises `Wrong`."""
        data = one.sent
        for number, fetch in enumerate(one.fetches):
            if fetch.status not in STATUSES and fetch.ended is not None and fetch.status:
                raise Wrong(f"status {fetch.status}")
            while data.startswith(_CONTINUE):
                data = data[len(_CONTINUE) :]
            if fetch.ended is None or fetch.status == 0:
                continue
            last = number == len(one.fetches) - 1
            data = self._answer(data, fetch, may_be_cut=last and one.http.must_reset)
        if data.replace(_CONTINUE, b"") != b"":
            raise Wrong(f"without a request: {data[:200]!r}")
        if SECRET in one.sent:
            raise Wrong("the secret")

    def _answer(self, data: bytes, fetch: Fetch, *, may_be_cut: bool) -> bytes:
        """What comes after one answer."""
        head, end, rest = data.partition(b"\r\n\r\n")
        if not end and may_be_cut:
            return b""
        first, *lines = head.decode("ascii").split("\r\n")
        found = _FIRST.fullmatch(first)
        if found is None or int(found[1]) != fetch.status:
            raise Wrong(f"{first!r} for {fetch.status}")
        headers = dict(line.split(": ", 1) for line in lines)
        for name, value in headers.items():
            if name not in _HEADERS or re.fullmatch(_HEADERS[name], value, re.ASCII) is None:
                raise Wrong(f"{name}: {value!r}")
        if fetch.method == "HEAD" or fetch.status == 304:
            return rest
        length = int(headers["Content-Length"])
        body, rest = rest[:length], rest[length:]
        wanted = b""
        if fetch.status in (200, 206):
            wanted = self._contents[fetch.name]
        if fetch.status == 206:
            start, stop = re.findall(r"\d+", headers["Content-Range"])[:2]
            wanted = wanted[int(start) : int(stop) + 1]
        if may_be_cut and wanted.startswith(body):
            return rest
        if body != wanted or len(wanted) != length:
            raise Wrong(f"{len(body)} bytes, {body[:100]!r} for {fetch.name!r}")
        return rest


def bounded(http: HttpConnection) -> None:
    """Raises `Wrong`."""
    waiting = len(http._http.trailing_data[0])
    if len(http._received) + waiting > MOST_RECEIVED:
        raise Wrong(f"{len(http._received)} and {waiting} bytes of requests are kept")
    if len(http.to_send) + len(http.content.piece) > MOST_HELD:
        raise Wrong("too much is read ahead")


def _without_tags(data: bytes) -> bytes:
    """A file that has just been made has a weak tag for some seconds."""
    return data.replace(b"W/", b"")


__all__ = ["LOCAL", "REMOTE", "WALL", "Connections", "Wrong", "make_folder"]
