"""Datagrams that nobody should be troubled by: random, and real SUBSCRIBEs spoilt at random.

The same seed gives the same datagrams, so that a finding can be had again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from pnp_gui.demo.shapes import SHAPES, Call

HANDMADE = [
    b"",
    b"\r\n",
    b"\r\n\r\n",
    b"\0" * 1400,
    b"SIP/2.0 200 OK\r\n\r\n",
    b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bK\r\n\r\n",
    b"NOTIFY sip:10.13.2.2 SIP/2.0\r\nEvent: ua-profile\r\nContent-Length: 0\r\n\r\n",
    b"SUBSCRIBE sip:x SIP/2.0\r\nContent-Length: 99999999999999999999999999\r\n\r\n",
    b"SUBSCRIBE sip:x SIP/2.0\r\nContent-Length: -1\r\n\r\n",
    b"SUBSCRIBE sip:x SIP/2.0\r\n" + b"Via: SIP/2.0/UDP 10.0.0.1\r\n" * 1000 + b"\r\n",
    b"SUBSCRIBE sip:x SIP/2.0\r\nEvent: " + b"a" * 60_000 + b"\r\n\r\n",
    b"SUBSCRIBE " + b"sip:" + b"%" * 8000 + b" SIP/2.0\r\n\r\n",
    b"<" * 9000,
    b'Event: "' + b"\\" * 7000,
    b"\xff\xfe" * 2000,
    b"OPTIONS sip:10.13.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.2.20\r\nCSeq: 1 OPTIONS\r\n\r\n",
    bytes(range(256)) * 250,
]

TOKENS = [b"\r\n", b"\0", b";", b'"', b"<", b">", b":", b"%", b"\xc3\x28", b"${mac}", b" " * 500]


def hostile(count: int, seed: int) -> Iterator[bytes]:
    """`count` datagrams, the handmade ones first."""
    chance = random.Random(seed)
    shapes = list(SHAPES.values())
    yield from HANDMADE[:count]
    for number in range(count - len(HANDMADE)):
        if number % 10 == 0:
            yield chance.randbytes(chance.randrange(1, 1400))
            continue
        shape = chance.choice(shapes)
        mac = f"02{chance.randrange(1 << 40):010X}"
        call = Call(mac, "10.13.2.20", 5060, str(chance.randrange(10**9)), shape.cseq)
        yield spoilt(shape.subscribe(call), chance)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """One to four random changes."""
    text = bytearray(data)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(text) + 1)
        length = chance.randrange(1, 40)
        match chance.randrange(5):
            case 0:
                text[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del text[at : at + length]
            case 2:
                text[at:at] = text[at : at + length] * chance.randrange(1, 9)
            case 3:
                text[at:at] = chance.choice(TOKENS)
            case _:
                del text[at:]
        text = text or bytearray(b"S")
    return bytes(text)
