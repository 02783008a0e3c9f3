"""A datagram as it came in: one value on its way from the socket to the events."""

from __future__ import annotations

from typing import NamedTuple

Address = tuple[str, int]
"""IPv4 address as text, UDP port."""


class Datagram(NamedTuple):
    """What one receive gave."""

    data: bytes
    source: Address
    """Who sent it, and to whose address alone an answer goes."""
    local: Address
    """Our own address and port on that interface."""
    interface: str
    """Name of the interface it came in on."""
    at: float
    """When it came in: seconds on the responder's clock."""
    to: Address | None = None
    """Where it was sent to: `local`, the multicast group, a broadcast address; None where the
    system did not tell. It is noted and changes no answer."""
    waited: float = 0.0
    """Seconds from `at` until it was read: the program stood still (sleep, SIGSTOP)."""
