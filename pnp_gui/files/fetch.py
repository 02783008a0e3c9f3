"""One request for a file, by HTTP or TFTP, from its first byte to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pnp_gui.pnp.datagram import Address

MAX_HEAD = 8 * 1024
"""Bytes that are kept of a request's head, and of its answer's."""

MAX_NAMES = 20_000
"""Names of files that a served folder lists."""


class Withheld(StrEnum):
    """Why something that is in the folder is not served."""

    LINK = "link"
    """It is a link or junction."""
    HIDDEN = "hidden"
    """Its name begins with a dot, or it has Windows' attribute."""
    NAME = "name"
    """Its name has a form that no phone may ask for, such as a colon in it."""


NONE_WITHHELD: Mapping[str, Withheld] = MappingProxyType({})


class FetchEnd(StrEnum):
    """Why a request is over."""

    DONE = "done"
    """The whole answer was sent (HTTP), or acknowledged (TFTP)."""
    BROKEN = "broken"
    """The phone closed the connection, reset it, or did not acknowledge any more."""
    SLOW = "slow"
    """It took too long."""
    CHANGED = "changed"
    """The file was replaced, cut or removed meanwhile."""
    FAILED = "failed"
    """The disk, or this program, failed."""
    STOPPED = "stopped"
    """Nobody approves the phone any more, or serving was stopped."""


@dataclass(slots=True, eq=False)
class Fetch:
    """A request and what became of it. The server fills it in and reports it when the answer
    begins, about once a second while it goes on, and when it ends."""

    scheme: str
    """"http" or "tftp"."""
    remote: Address
    local: Address
    """Where the request was sent to: not the port that a transfer of TFTP gets."""
    method: str
    """"GET" or "HEAD"; "RRQ" of TFTP (RFC 1350), or "WRQ", which is refused."""
    target: str
    """What was asked for, as it was sent: the path of HTTP with its query, percent-encoded; the
    file name of TFTP. Printable ASCII, other bytes as \\xNN."""
    name: str
    """The same as a name inside the folder: decoded, with "/" between its parts and none at its
    start; "": it cannot be one (it leads out of the folder, has forbidden characters …)."""
    at: float
    """When the request was complete, on the bench's clock."""
    agent: str = ""
    """The User-Agent; "" of TFTP."""
    request: bytes = b""
    """Its head, at most `MAX_HEAD`; the packet of TFTP."""
    answer: bytes = b""
    """The head of the answer, at most `MAX_HEAD`; of TFTP the first packet without its data."""
    status: int = 0
    """The HTTP status (RFC 9110 section 15). Of TFTP 200, or 404 and 403 for the error codes 1 and
    2 (RFC 1350), 405 for a WRQ, 500 for others."""
    size: int = 0
    """Bytes of the content that is sent: the file, or the range asked for."""
    sent: int = 0
    """Of these, sent so far (of TFTP: acknowledged)."""
    ended: float | None = None
    """On the bench's clock; None: it goes on."""
    end: FetchEnd = FetchEnd.DONE

    @property
    def complete(self) -> bool:
        """Whether the phone has the file, or knows that the one it has is the same (304)."""
        done = self.ended is not None and self.end is FetchEnd.DONE
        return done and self.method != "HEAD" and self.status in (200, 206, 304)
