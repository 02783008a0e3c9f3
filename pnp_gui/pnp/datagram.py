"""A received datagram: one value from the socket to the events."""

from __future__ import annotations

from typing import NamedTuple

Address = tuple[str, int]
"""IPv4 address as text, UDP port."""


class Datagram(NamedTuple):
    """What one receive gave."""

    data: bytes
    source: Address
    """Who sent it: the only address that an answer goes to."""
    local: Address
    """Our own address and port on that interface."""
    interface: str
    """Name of the interface it came in on."""
    at: float
    """When it came in: seconds on the responder's clock."""
    to: Address | None = None
    """Where it was sent to: `local`, the multicast group, a broadcast address; None if not
    known. It is only shown."""
    waited: float = 0.0
    """Seconds from `at` until it was read, if the program was suspended (sleep, SIGSTOP)."""

    @property
    def read_at(self) -> float:
        """When it was read: what it draws is sent then. Nearly always `at`, and one object with it:
        ten thousand phones keep both times."""
        return self.at + self.waited if self.waited else self.at
