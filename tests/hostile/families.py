"""The families of hostility, by name: each makes one datagram out of what its caller would send.

All chance is handed in, so that the same seed gives the same datagrams.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.hostile.callers import stranger

LARGEST = 65_507
"""Bytes: the most that one UDP datagram holds over IPv4."""

HUGE = b"1" + b"0" * 30

FOREIGN = [b"198.51.100.7", b"203.0.113.9:5061", b"attacker.example", b"224.0.1.75", b"127.0.0.1"]
FOREIGN += [b"255.255.255.255", b"[2001:db8::7]", b"10.13.1.9"]

BROKEN_UTF8 = [
    *(b"\xc3\x28", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"),
    *(b"\x80", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xf0\x9f\x93\x9e", b"\xc2\x85", b"\xa0"),
]

INJECTED = [
    *(b"\r\nContact: <sip:evil@198.51.100.7>", b"\nRoute: <sip:198.51.100.7;lr>", b"\rX: y"),
    *(b"%0d%0aContent-Length:%205", b"\r\n\r\nhttp://198.51.100.7/", b"\x0b\x0cEvent: x"),
    *(b'"', b'\\"', b"\\", b"${mac}", b"{mac}", b"<", b">", b",", b";", b";tag=", b"?x=y"),
    *(b";received=198.51.100.7", b";rport=1", b"\x1b[2J", b"<b>&amp;", b"%s%n{0}{x!r}"),
    *(b" SIP/2.0\r\n", b"\t", b" " * 60, b"=CMD()"),
]
"""What might break out of the place it is put into."""

FILLERS = [b"\0", b"a", b"\r\n", b" ", b"<", b"X: y\r\n", b"\xff", b'"']

LINES = [
    *(b"X: y\n", b"Via: SIP/2.0/UDP h\r\n", b"From: <sip:a@b>\r\n", b"a:\n", b":\n", b" x\n"),
    *(b"v:h\n", b"Accept: x\r\n"),
]

PORTS = [b"", b":1", b":53", b":5061", b":65535"]

NAMES = [b"X", b"Via", b"From", b"To", b"Call-ID", b"Event", b"Contact", b"CSeq", b"User-Agent"]

VALUES = [b"y", b";a", b'"', b"<", b"%41", b"MAC:", b"\\", b" ", b"0", b",", b"\xe2\x80\x9c"]

LIES = [b"1", b"65507", b"-1", HUGE, b"", b"0, 0", b"+5", b"5 5", b"\xb2", b"0" * 11, b"9" * 5000]

STATUS = [b"200 OK", b"200", b"100 Trying", b"481 Gone", b"699 \xff\xfe", b"999 x", b"0 x"]

ROUTES = [
    *(b"Route: <sip:%s;lr>", b"Record-Route: <sip:%s;lr>", b"Via: SIP/2.0/UDP %s;branch=z9hG4bKo"),
]

TOKENS = [*INJECTED, b"\r\n", b"\n", b"\r", b"\0", b":", b"@", b"%", b"sip:", b"MAC", b"\xff"]

TORTURE = [
    file.read_bytes()
    for file in sorted((Path(__file__).parents[1] / "pnp" / "rfc4475").glob("*.dat"))
]

_NUMBERS = re.compile(rb"[0-9]+")
_PORT = re.compile(rb":\d{4,5}(?=[;>\s])")
_HOSTS = re.compile(rb"(?<=[@ :])[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+(?::[0-9]+)?|(?<=@)[a-z.]+")
_LENGTH = re.compile(rb"(?im)^((?:Content-Length|l)[ \t]*:[ \t]*)[0-9]*")


class Talk:
    """What one datagram is made of: what its caller would say, and what it was sent last."""

    def __init__(self, request: bytes, notify: bytes) -> None:
        self.request = request
        """Its SUBSCRIBE, as it should be."""
        self.notify = notify
        """The NOTIFY that was last sent to it; b"": none."""


def _cut(data: bytes | bytearray, chance: random.Random) -> tuple[int, int]:
    at = chance.randrange(len(data) + 1)
    return at, min(len(data), at + chance.randrange(1, 40))


def real(talk: Talk, chance: random.Random) -> bytes:
    """Nothing wrong: between the others, so that they find phones in every state."""
    del chance
    return talk.request


def truncated(talk: Talk, chance: random.Random) -> bytes:
    return talk.request[: chance.randrange(len(talk.request))]


def largest(talk: Talk, chance: random.Random) -> bytes:
    """65,507 bytes, or a few less."""
    size = LARGEST - chance.choice((0, 0, 1, 500))
    fill = chance.choice(
        (b"\0", b"a", b"\r\n", b" ", b"<", b"X: y\r\n", b"\xff", b'"', talk.request)
    )
    data = talk.request if chance.random() < 0.5 else talk.request[:-2]
    return (data + fill * (size // len(fill)))[:size]


def nuls(talk: Talk, chance: random.Random) -> bytes:
    data = bytearray(talk.request)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(2)] = b"\0" * chance.choice((1, 1, 1, 300))
    return talk.request + b"\0" * 9 if chance.random() < 0.1 else bytes(data)


def broken_utf8(talk: Talk, chance: random.Random) -> bytes:
    data = bytearray(talk.request)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(BROKEN_UTF8) * chance.choice((1, 1, 2, 40))
    return bytes(data)


def thousand_headers(talk: Talk, chance: random.Random) -> bytes:
    """A thousand lines of a kind: harmless, needed once, needed often, without a name, folded."""
    line = chance.choice(LINES)
    first, end, rest = talk.request.lstrip(b"\r\n").partition(b"\n")
    return first + end + line * chance.choice((100, 129, 1000, 2000)) + rest


def header_of_60_kb(talk: Talk, chance: random.Random) -> bytes:
    """60 KB, or what just fits into the largest datagram that is read."""
    size = chance.choice((60_000, 60_000, 7_000))
    name = chance.choice(NAMES)
    value = chance.choice(VALUES)
    line = name + b": " + (value * size)[:size] + b"\r\n"
    first, end, rest = talk.request.lstrip(b"\r\n").partition(b"\n")
    if chance.random() < 0.5:  # in the place of the phone's own
        rest = re.sub(rb"(?im)^" + name + rb"[ \t]*:.*\n(?:[ \t].*\n)*", b"", rest)
    return first + end + line + rest


def huge_numbers(talk: Talk, chance: random.Random) -> bytes:
    """10^30, or a negative one, where a number stands."""
    numbers = list(_NUMBERS.finditer(talk.request))
    found = chance.choice(numbers)
    other = chance.choice((HUGE, b"-" + HUGE, b"2147483648", b"4294967296", b"1e400", b"0x7f"))
    return talk.request[: found.start()] + other + talk.request[found.end() :]


def lying_length(talk: Talk, chance: random.Random) -> bytes:
    lie = chance.choice(LIES)
    data = _LENGTH.sub(lambda found: found[1] + lie, talk.request)
    if chance.random() < 0.3:
        data = data.replace(b"\r\n\r\n", b"\r\nl: 3\r\n\r\n", 1)
    return data + chance.choice((b"", b"x", b"http://198.51.100.7/", b"\r\n\r\n", b"\0" * 100))


def other_hosts(talk: Talk, chance: random.Random) -> bytes:
    """Request-URI, Via, From, To or Contact name other hosts, and so do headers for routing."""
    data = bytearray(talk.request)
    for found in reversed(list(_HOSTS.finditer(talk.request))):
        if chance.random() < 0.5:
            data[found.start() : found.end()] = chance.choice(FOREIGN)
    if chance.random() < 0.5:
        host = chance.choice(FOREIGN)
        more = chance.choice(ROUTES)
        at = data.find(b"\n", data.find(b"ontact")) + 1
        data[at:at] = more % host + b"\r\n"
    return bytes(data)


def other_ports(talk: Talk, chance: random.Random) -> bytes:
    """Via and Contact name other ports, or none, and it may subscribe for longer."""
    data = _PORT.sub(lambda _: chance.choice(PORTS), talk.request)
    if chance.random() < 0.5:
        data = data.replace(b";rport", b"")
    return data.replace(b"Expires: 0", chance.choice((b"Expires: 0", b"Expires: 86400")))


def injected(talk: Talk, chance: random.Random) -> bytes:
    data = bytearray(talk.request)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(INJECTED)
    return bytes(data)


def spoilt(talk: Talk, chance: random.Random) -> bytes:
    """Some bytes changed, left out, said again, or put elsewhere."""
    data = bytearray(talk.request)
    for _ in range(chance.randrange(1, 6)):
        at, end = _cut(data, chance)
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.randrange(1, 9)
            case 3:
                data[at:at] = chance.choice(TOKENS)
            case 4:
                start, stop = _cut(talk.request, chance)
                data[at:at] = talk.request[start:stop]
            case _:
                data[at:end] = data[at:end].swapcase()
        data = data or bytearray(b"S")
    return bytes(data)


def shuffled(talk: Talk, chance: random.Random) -> bytes:
    """Its lines left out, doubled, in another order, with other ends."""
    lines = talk.request.replace(b"\r\n", b"\n").strip(b"\n").split(b"\n")
    rest = lines[1:]
    chance.shuffle(rest)
    rest = [line for line in rest for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 2)))]
    ends = chance.choice(((b"\n",), (b"\r\n",), (b"\n", b"\r\n"), (b"\r\n", b"\r\n "), (b"\r",)))
    return b"".join(line + chance.choice(ends) for line in [lines[0], *rest, b""])


def torture(talk: Talk, chance: random.Random) -> bytes:
    """RFC 4475's, half of them with the phone's own headers in front, a few of them spoilt."""
    data = chance.choice(TORTURE)
    if chance.random() < 0.5:
        data = talk.request.rstrip(b"\r\n") + b"\r\n" + data.partition(b"\r\n")[2]
    return spoilt(Talk(data, b""), chance) if chance.random() < 0.5 else data


def random_bytes(talk: Talk, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return chance.randbytes(chance.randrange(1400))
    return b"".join(chance.choices([*TOKENS, talk.request[:9], b"SIP/2.0 200 OK\r\n"], k=20))


def responses(talk: Talk, chance: random.Random) -> bytes:
    """Responses to the NOTIFY that is under way, right ones and spoilt ones."""
    notify = talk.notify or talk.request
    status = chance.choice(STATUS)
    head = _LENGTH.sub(b"l: 0", notify.partition(b"\r\n\r\n")[0])
    data = b"SIP/2.0 " + status + b"\r\n" + head.partition(b"\r\n")[2] + b"\r\n\r\n"
    if chance.random() < 0.3:
        return data
    return chance.choice((spoilt, truncated, nuls, huge_numbers, shuffled))(Talk(data, b""), chance)


Family = Callable[[Talk, random.Random], bytes]

FAMILIES: dict[str, tuple[Family, int]] = {
    "real": (real, 12),
    "truncated": (truncated, 8),
    "65,507 bytes": (largest, 2),
    "NULs": (nuls, 4),
    "broken UTF-8": (broken_utf8, 8),
    "a thousand headers": (thousand_headers, 3),
    "a header of 60 KB": (header_of_60_kb, 3),
    "numbers of 10^30": (huge_numbers, 8),
    "Content-Length of lies": (lying_length, 6),
    "other hosts": (other_hosts, 8),
    "other ports": (other_ports, 4),
    "injected": (injected, 8),
    "spoilt": (spoilt, 10),
    "shuffled": (shuffled, 4),
    "RFC 4475": (torture, 3),
    "random bytes": (random_bytes, 3),
    "responses": (responses, 6),
}
"""Each with how many of a hundred datagrams are of it."""


def of_strangers(count: int, seed: int, address: str) -> Iterator[bytes]:
    """`count` datagrams of phones at `address` that nobody approved."""
    chance = random.Random(seed)
    weights = [weight for _, weight in FAMILIES.values()]
    for family, _ in chance.choices(list(FAMILIES.values()), weights, k=count):
        who = replace(stranger(chance), address=address)
        yield family(Talk(who.subscribe(chance.randrange(10**9)), b""), chance)
