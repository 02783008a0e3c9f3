"""One connection without sockets: what is sent to it, and what it sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pnp_gui.files.fetch import Fetch
from pnp_gui.files.folder import ServedFolder
from pnp_gui.files.http import HttpConnection
from pnp_gui.files.http_content import Loaded

REMOTE, LOCAL = ("10.0.0.9", 40000), ("10.0.0.2", 8080)
WALL = 1_800_000_000.0
"""Fri, 15 Jan 2027 08:00:00 GMT."""


@dataclass
class Reply:
    """An answer, taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Exchange:
    """Does for an `HttpConnection` what its sockets do."""

    folder: ServedFolder
    now: float = 100.0
    sent: bytes = b""
    fetches: list[Fetch] = field(default_factory=list)
    reports: int = 0
    takes: int = 1 << 30
    """Bytes that the phone takes at once."""

    def __post_init__(self) -> None:
        self.http = HttpConnection(REMOTE, LOCAL, self.now, wall=lambda: WALL)

    def say(self, data: bytes) -> None:
        """The phone sends this; then everything goes on as far as it can."""
        self.http.receive(data, self.now)
        self.go_on()

    def go_on(self) -> None:
        while self.load() or self.send():
            pass

    def load(self) -> bool:
        load = self.http.content.next_load()
        if load is not None:
            try:
                result: Loaded | Exception = load.run(self.folder)
            except Exception as error:
                result = error
            self.http.loaded(result, self.now)
        self.take_reports()
        return load is not None

    def send(self) -> bool:
        data = bytes(self.http.to_send[: self.takes])
        if data:
            self.sent += data
            self.http.sent(len(data), self.now)
        self.take_reports()
        return bool(data)

    def take_reports(self) -> None:
        self.reports += len(self.http.reports)
        for fetch in self.http.reports:
            if fetch not in self.fetches:
                self.fetches.append(fetch)
        self.http.reports.clear()
        while self.http.content.unneeded:
            self.http.content.unneeded.pop().close()

    def get(self, target: str, *headers: str, method: str = "GET", version: str = "1.1") -> Reply:
        """One request on this connection, and its answer."""
        self.sent = b""
        lines = [f"{method} {target} HTTP/{version}", "Host: bench", *headers, "", ""]
        self.say("\r\n".join(lines).encode())
        (reply,) = replies(self.sent, [method])
        return reply


def replies(data: bytes, methods: list[str]) -> list[Reply]:
    """Take apart what was sent in answer to these methods; every byte must belong to an answer."""
    found = []
    for method in methods:
        head, end, data = data.partition(b"\r\n\r\n")
        assert end, "no whole answer"
        first, *lines = head.decode("ascii").split("\r\n")
        version, status, _ = first.split(" ", 2)
        assert version == "HTTP/1.1"
        pairs = [line.split(": ", 1) for line in lines]
        headers = {name.lower(): value for name, value in pairs}
        assert len(headers) == len(pairs), "a header twice"
        empty = method == "HEAD" or status == "304"
        length = 0 if empty else int(headers["content-length"])
        body, data = data[:length], data[length:]
        assert len(body) == length
        found.append(Reply(int(status), headers, body))
    assert data == b""
    return found


def exchange_with(root: Path) -> Exchange:
    return Exchange(ServedFolder(root))
