"""A request for a file as it stands between a phone's messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pnp_gui.files.fetch import Fetch
from pnp_gui.pnp.datagram import Address
from pnp_gui.trouble import Trouble

_RRQ, _DATA, _ERROR, _OACK = 1, 3, 5, 6
"""Operations of TFTP (RFC 1350 section 5, RFC 2347)."""


@dataclass(frozen=True, slots=True)
class FetchEntry:
    """As a `TraceEntry`; equal to another one of the same request."""

    fetch: Fetch
    at: float = field(compare=False)
    """Unix seconds."""
    missing: Trouble | None = field(default=None, compare=False)
    """Of a file that is not there: what the folder has instead."""
    normal: bool = field(default=False, compare=False)
    """Of a file that is not there: this is normal for the phone's make."""

    outgoing = False

    @property
    def remote(self) -> Address:
        """The phone's end."""
        return self.fetch.remote

    @property
    def local(self) -> Address:
        """Our end."""
        return self.fetch.local

    @property
    def ends(self) -> tuple[Address, Address]:
        """Source and destination on the wire."""
        return self.remote, self.local

    @property
    def data(self) -> bytes:
        """The head of the request and that of the answer; of TFTP's packets what they say."""
        fetch = self.fetch
        if fetch.scheme == "http":
            return fetch.request + fetch.answer
        return b"\r\n".join(
            b"".join(line + b"\r\n" for line in _tftp_lines(packet))
            for packet in (fetch.request, fetch.answer)
            if packet
        )


def _tftp_lines(packet: bytes) -> Iterator[bytes]:
    operation, parts = int.from_bytes(packet[:2], "big"), packet[2:].split(b"\0")
    options: list[bytes] = []
    if operation == _RRQ:
        yield b"RRQ " + b" ".join(parts[:2])
        options = parts[2:]
    elif operation == _OACK:
        yield b"OACK"
        options = parts
    elif operation == _DATA:
        yield b"DATA %d" % int.from_bytes(packet[2:4], "big")
    elif operation == _ERROR:
        code, said = int.from_bytes(packet[2:4], "big"), packet[4:].split(b"\0")[0]
        yield b"ERROR %d %s" % (code, said)
    for name, value in zip(options[::2], options[1::2], strict=False):
        yield b"%s: %s" % (name, value)
