"""Requests for files as the server reports them."""

from __future__ import annotations

from pnp_gui.files.fetch import Fetch, FetchEnd
from tests.ui.stage import Stage


def fetch(
    stage: Stage,
    number: int,
    target: str = "/a.cfg",
    *,
    status: int = 200,
    size: int = 18_000,
    ago: float = 0.0,
    takes: float | None = 0.04,
    end: FetchEnd = FetchEnd.DONE,
) -> Fetch:
    """Phone no. `number` asks for this by HTTP; `takes`: seconds; None: it goes on."""
    at = stage.bench.monotonic() - ago
    made = Fetch(
        scheme="http",
        remote=(f"192.0.2.{100 + number}", 49152),
        local=("192.0.2.5", 8080),
        method="GET",
        target=target,
        name=target.partition("?")[0].lstrip("/"),
        at=at,
        agent="Phone",
        request=f"GET {target} HTTP/1.1\r\nAuthorization: Basic Ym9iOnB3\r\n\r\n".encode(),
        answer=f"HTTP/1.1 {status} X\r\nContent-Length: {size}\r\n\r\n".encode(),
        status=status,
        size=size,
        sent=size if takes is not None else size // 3,
        ended=None if takes is None else at + takes,
        end=end,
    )
    stage.bench.fetched(made)
    return made


def tftp(stage: Stage, number: int) -> Fetch:
    """The phone asks for a file by TFTP, with options."""
    at = stage.bench.monotonic()
    made = Fetch(
        scheme="tftp",
        remote=(f"192.0.2.{100 + number}", 2000),
        local=("192.0.2.5", 69),
        method="RRQ",
        target="a.cfg",
        name="a.cfg",
        at=at,
        request=b"\0\1a.cfg\0octet\0blksize\x001428\0tsize\0000\0",
        answer=b"\0\6blksize\x001428\0tsize\x0018000\0",
        status=200,
        size=18_000,
        sent=18_000,
        ended=at + 0.25,
    )
    stage.bench.fetched(made)
    return made
