"""Connections by hand."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.net.serving.conftest import APPROVED


@contextmanager
def connected(port: int, source: str = APPROVED) -> Iterator[socket.socket]:
    """A connection from an address."""
    with socket.create_connection(("127.0.0.1", port), 20, (source, 0)) as sock:
        yield sock


def request(target: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: a", *headers, "", ""]).encode()


def until_closed(sock: socket.socket) -> bytes:
    """All that comes until the other side closes or resets the connection."""
    received = bytearray()
    try:
        while data := sock.recv(1 << 16):
            received += data
    except ConnectionResetError:
        pass
    return bytes(received)


def answer(sock: socket.socket) -> tuple[int, bytes]:
    """Status and content of one answer, which says its length."""
    received = b""
    while b"\r\n\r\n" not in received:
        data = sock.recv(1 << 16)
        assert data, f"closed after {received!r}"
        received += data
    head, _, body = received.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    length = int(fields["Content-Length"])
    while len(body) < length:
        data = sock.recv(1 << 20)
        assert data, "closed"
        body += data
    assert len(body) == length
    return int(head.split(b" ")[1]), body
