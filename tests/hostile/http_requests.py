"""Hostile HTTP: families of what may come on a connection, from right to wild."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.files.ways_out import FORBIDDEN, NOT_THERE

TARGETS = (
    "/inside.txt",
    "/sub/deep.txt",
    "/Gr%C3%B6%C3%9Fe%205.xml",
    "/large.bin",
    "/inside.txt?x=1",
)
FIELDS = (
    *("Range: bytes=0-", "Range: bytes=5-9", "Range: bytes=-3", "Range: bytes=0-1,4-5"),
    *("Range: bytes=999999999-", "Range: bytes=9-1", 'If-Range: W/"a"', "If-None-Match: *"),
    *('If-None-Match: "a", W/"b"', "If-Match: *", 'If-Match: "x"', "Connection: close"),
    *("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "Connection: keep-alive, upgrade"),
    *("If-Unmodified-Since: Sunday, 06-Nov-94 08:49:37 GMT", "Expect: 100-continue"),
    *("If-Modified-Since: Sun Nov  6 08:49:37 1994", "User-Agent: Yealink\x1b[2J", "X: \xe4\xff"),
    *("Content-Length: 5", "Content-Length: 0", "Content-Length: 18446744073709551616"),
    *("Content-Length: -1", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked"),
    *("Upgrade: h2c", "Host: other", "Accept-Encoding: gzip", "Authorization: Basic YTpi"),
)
METHODS = (*["GET"] * 20, "HEAD", "HEAD", "POST", "PUT", "CONNECT", "M-SEARCH", "get")
VERSIONS = (*["1.1"] * 20, "1.0", "1.0", "0.9", "2.0", "1.9")
TOKENS = (
    *(b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\x00", b":", b" ", b"\t", b"%2e%2e%2f", b"../", b"\\"),
    *(b"HTTP/1.1", b"GET /inside.txt HTTP/1.1\r\nHost: a\r\n\r\n", b"0\r\n\r\n", b"5\r\nabcde\r\n"),
    *(
        b"Host: a\r\n",
        b"\xff",
        b"\xc0\xae",
        b"%",
        b"::$DATA",
        b"Range: bytes=",
        b"ffffffffffffffff\r\n",
    ),
)
OTHERS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200)),
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"SUBSCRIBE sip:MAC@224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.9\r\n\r\n",
    b"\x00\x01inside.txt\x00octet\x00",
    b"GET /inside.txt\r\n",
    b"\r\n" * 500,
)
Family = Callable[[random.Random], bytes]


def request(chance: random.Random, targets: tuple[str, ...] = TARGETS, fields: int = 3) -> bytes:
    """A request in the usual form."""
    version = chance.choice(VERSIONS) if fields else "1.1"
    method = chance.choice(METHODS) if fields else "GET"
    lines = [f"{method} {chance.choice(targets)} HTTP/{version}", "Host: a"]
    lines += [chance.choice(FIELDS) for _ in range(chance.randrange(fields + 1))]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def plain(chance: random.Random) -> bytes:
    return request(chance, fields=0)


def fields(chance: random.Random) -> bytes:
    return request(chance, fields=6) + chance.choice((b"", b"abcde", b"5\r\nabcde\r\n0\r\n\r\n"))


def ways_out(chance: random.Random) -> bytes:
    return request(chance, FORBIDDEN + NOT_THERE, fields=0)


def pipelined(chance: random.Random) -> bytes:
    return b"".join(request(chance, fields=1) for _ in range(chance.randrange(2, 9)))


def mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice((plain, fields, ways_out, pipelined))(chance))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place:place] = chance.choice(TOKENS)
            case 1:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 2:
                del data[place : place + chance.randrange(1, 20)]
            case _:
                data[place:place] = data[chance.randrange(len(data) + 1) :][:50]
        data = data or bytearray(b"G")
    return bytes(data)


def long(chance: random.Random) -> bytes:
    size = chance.choice((100, 4000, 8000, 8192, 9000, 20_000))
    return chance.choice(
        (
            b"GET /" + b"a" * size + b" HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /inside.txt HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * (size // 6) + b"\r\n",
            b"GET /inside.txt HTTP/1.1\r\nHost: a\r\nX: " + b"a\r\n " * (size // 4) + b"\r\n\r\n",
            b"GET /inside.txt HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % size
            + b"x" * size,
            b"GET " + b"/" * size + b"inside.txt HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /" + b"%25" * (size // 3) + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        )
    )


def chunked(chance: random.Random) -> bytes:
    head = b"GET /inside.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    sizes = (b"0", b"5", b"f" * 16, b"-1", b"5;ext=1", b"0x5", b"", b"5 ")
    chunks = (chance.choice(sizes) + b"\r\nabcde\r\n" for _ in range(chance.randrange(6)))
    return head + b"".join(chunks) + chance.choice((b"0\r\n\r\n", b"0\r\nX: y\r\n\r\n", b""))


def others(chance: random.Random) -> bytes:
    return chance.choice(OTHERS)


def noise(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 400))


FAMILIES: dict[str, tuple[Family, int]] = {
    "plain": (plain, 3),
    "fields": (fields, 6),
    "ways out": (ways_out, 5),
    "pipelined": (pipelined, 2),
    "mutated": (mutated, 8),
    "long": (long, 1),
    "chunked": (chunked, 2),
    "others": (others, 1),
    "noise": (noise, 1),
}
"""And how often each comes."""
