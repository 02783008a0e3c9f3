"""How a simulated phone fetches a file, by HTTP or TFTP: two clients of a few lines, strict about
what they get. They block.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PATIENCE = 10.0
"""Seconds that it waits for the server's next bytes."""
KEPT = 64 * 1024
"""Bytes of a file that are kept."""
PIECE = 16 * 1024
"""Bytes that are taken at once."""
BLOCK = 1024
"""Of TFTP's option blksize."""
TRIES = 4
"""How often a TFTP packet is sent."""


@dataclass(slots=True)
class Fetched:
    """What came of one URL."""

    status: int = 0
    """HTTP's; of TFTP 200, or 1000 and the error's code. 0: no answer, or not to its end."""
    size: int = 0
    content: bytes = b""
    """Its first `KEPT` bytes."""

    def take(self, piece: bytes) -> None:
        """More of the file."""
        self.size += len(piece)
        self.content += piece[: KEPT - len(self.content)]


def fetch(
    url: str,
    address: str,
    agent: str,
    *,
    stop: threading.Event | None = None,
    pace: float = 0.0,
) -> Fetched:
    """Fetch from our own address `address`; `agent`: as User-Agent. `stop` ends it early; `pace`:
    bytes a second at most, 0: as many as come. Raises OSError, and ValueError for an answer that
    is none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    fetched = Fetched()
    if parts.scheme == "tftp":
        pieces = _tftp((host, parts.port or 69), unquote(parts.path[1:]), address, fetched)
    else:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        head = f"GET {path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: {agent}\r\n"
        request = f"{head}Connection: close\r\n\r\n".encode("latin-1")
        pieces = _http((host, parts.port or 80), request, address, fetched)
    waits = stop or threading.Event()
    for piece in pieces:
        fetched.take(piece)
        if waits.wait(len(piece) / pace if pace else 0):
            fetched.status = 0
            break
    return fetched


def _http(
    server: tuple[str, int], request: bytes, address: str, fetched: Fetched
) -> Iterator[bytes]:
    """The pieces of the content (RFC 9112); the length has to be said, and to be true."""
    with socket.create_connection(server, PATIENCE, (address, 0)) as sock:
        # Small, so that a slow phone is one for the server, too.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        sock.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            more = sock.recv(PIECE)
            if not more or len(received) > KEPT:
                raise ValueError(f"no head of an HTTP answer: {received[:80]!r}")
            received += more
        head, _, piece = received.partition(b"\r\n\r\n")
        start, *lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = start.split(" ")
        headers = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        if version != "HTTP/1.1" or not {"date", "content-length"} <= headers.keys():
            raise ValueError(f"no HTTP/1.1 answer with date and length: {head!r}")
        length = int(headers["content-length"])
        while piece:
            yield piece
            piece = sock.recv(PIECE)
        if fetched.size != length:
            raise ValueError(f"{fetched.size} bytes of {length} came")
        fetched.status = int(status)


def _tftp(server: tuple[str, int], name: str, address: str, fetched: Fetched) -> Iterator[bytes]:
    """The pieces of the content (RFC 1350, with the options blksize and tsize)."""
    packet = f"\0\1{name}\0octet\0blksize\0{BLOCK}\0tsize\x000\0".encode("latin-1")
    block, to = 0, server
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, 0))
        sock.settimeout(PATIENCE / TRIES)
        while True:
            answer, to = _exchange(sock, packet, to, block)
            opcode, number, content = answer[1], int.from_bytes(answer[2:4]), answer[4:]
            if opcode == 5:
                fetched.status = 1000 + number
                return
            if opcode == 6:
                if f"blksize\0{BLOCK}\0".encode() not in answer:
                    raise ValueError(f"blksize was not acknowledged: {answer!r}")
            else:
                block += 1
                yield content
                if len(content) < BLOCK:
                    fetched.status = 200
                    sock.sendto(b"\0\4" + answer[2:4], to)
                    return
            packet = b"\0\4" + (answer[2:4] if opcode == 3 else b"\0\0")


def _exchange(
    sock: socket.socket, packet: bytes, to: tuple[str, int], block: int
) -> tuple[bytes, tuple[str, int]]:
    """Send until what follows block number `block` comes: the next one, OACK or ERROR."""
    following = ((block + 1) & 0xFFFF).to_bytes(2)
    for _ in range(TRIES):
        sock.sendto(packet, to)
        try:
            while True:
                answer, source = sock.recvfrom(2 * BLOCK)
                head = answer[:2]
                if head == b"\0\5" or (head == b"\0\3" and answer[2:4] == following):
                    return answer, source
                if head == b"\0\6" and packet[1] == 1:
                    return answer, source
        except TimeoutError:
            continue
    raise TimeoutError(f"nothing follows block {block}")
