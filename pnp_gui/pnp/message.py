"""What a datagram is read as: a request, a response, or neither."""

from __future__ import annotations

from typing import NamedTuple

UNREAD = ("Allow", "Allow-Events", "Max-Forwards", "Server", "Supported")
"""Headers that phones send and nobody here reads."""
USUAL = {"Accept": "application/url", "Expires": "0"}
"""Headers that say nothing new where they have this value, which nearly every phone sends: what is
assumed without them."""


class Malformed(NamedTuple):
    """Why a datagram is no SIP message, and at which byte that showed."""

    reason: str
    offset: int


class Request(NamedTuple):
    """A request: method, Request-URI, headers, body."""

    method: str
    uri: str
    headers: dict[str, list[str]]
    """Values by lower-case long name, in order, trimmed. Those in `UNREAD` may be left out,
    and those of `USUAL` are."""
    body: str


class Response(NamedTuple):
    """A response: status code, reason phrase, headers, body."""

    status: int
    reason: str
    headers: dict[str, list[str]]
    """As those of a `Request`, of which only Via, From, Call-ID and CSeq have to be here."""
    body: str
