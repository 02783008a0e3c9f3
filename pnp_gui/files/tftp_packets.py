"""TFTP's packets: RFC 1350 section 5, with the options of RFC 2347, 2348, 2349 and 7440."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

RRQ, WRQ, DATA, ACK, ERROR, OACK = range(1, 7)
"""Opcodes."""

NOT_FOUND, NO_ACCESS, ILLEGAL, UNKNOWN_ID = 1, 2, 4, 5
"""Error codes (RFC 1350, appendix); 0 is told by its text."""

OCTET, NETASCII = "octet", "netascii"
"""Modes that files are sent in; "mail" is the third one, obsolete by RFC 1350 itself."""

MAX_REQUEST = 1024
"""Bytes of a request; RFC 2347 gives it 512."""

_NUMBER = re.compile(r"[0-9]{1,10}")
_HEAD = struct.Struct("!HH")
HEAD_SIZE = _HEAD.size
"""Bytes of DATA before its content."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file is wanted (RRQ), or offered (WRQ)."""

    opcode: int
    name: bytes
    mode: str
    """In lower case: `OCTET`, `NETASCII`, or anything else."""
    options: dict[str, str] = field(default_factory=dict)
    """By names in lower case, in the order in which they came."""

    def number(self, option: str, least: int, most: int) -> int | None:
        """The option's value; None where it is missing or not from `least` to `most`: an option
        that nobody acknowledges does not apply (RFC 2347)."""
        text = self.options.get(option, "")
        value = int(text) if _NUMBER.fullmatch(text) else -1
        return value if least <= value <= most else None


def read_request(packet: bytes) -> Request | None:
    """The request that the packet is; None: it is none. The last NUL may be missing, as some
    boot loaders' does."""
    if len(packet) > MAX_REQUEST or packet[:2] not in (b"\0\1", b"\0\2"):
        return None
    name, *rest = packet[2:].split(b"\0")
    if not name or not rest or not rest[0]:
        return None
    mode, *texts = (text.decode("latin-1") for text in rest)
    options: dict[str, str] = {}
    for option, value in zip(texts[::2], texts[1::2], strict=False):
        if option:
            options.setdefault(option.lower(), value)
    return Request(packet[1], name, mode.lower(), options)


def opcode_of(packet: bytes) -> int:
    """The packet's opcode; 0: it has none."""
    return int.from_bytes(packet[:2]) if len(packet) >= 2 else 0


def acknowledged(packet: bytes) -> int | None:
    """The block number that an ACK names; None: it is no ACK."""
    if len(packet) < _HEAD.size or opcode_of(packet) != ACK:
        return None
    return int(_HEAD.unpack_from(packet)[1])


def data(number: int, content: bytes) -> bytes:
    """DATA. `number` counts on; 16 bits of it are sent, so that 0 follows 65,535."""
    return _HEAD.pack(DATA, number & 0xFFFF) + content


def options_acknowledged(options: dict[str, int]) -> bytes:
    """OACK (RFC 2347)."""
    texts = (f"{name}\0{value}\0" for name, value in options.items())
    return struct.pack("!H", OACK) + "".join(texts).encode("ascii")


def error(code: int, text: str) -> bytes:
    """ERROR, which ends a transfer and is not acknowledged. `text`: ASCII."""
    return _HEAD.pack(ERROR, code) + text.encode("ascii") + b"\0"
