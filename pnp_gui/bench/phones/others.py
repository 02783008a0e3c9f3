"""What else is known under a phone's MAC or at its address. All of it is of this run alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class OtherMac(NamedTuple):
    """The network knows the phone's address by another MAC."""

    address: str
    mac: str
    """12 upper-case hex digits."""


@dataclass(slots=True)
class OtherAddress:
    """An address that asks with a phone's MAC and is not the phone's. It is of this run alone."""

    address: str
    interface: str
    since: float
    """Since when it stands here, on the bench's clock."""
    last: float
    """When it asked last, unix seconds ..."""
    last_at: float
    """... and on the bench's clock."""
    asked: int
    """SUBSCRIBEs from there."""
    further: int = 0
    """SUBSCRIBEs from yet other addresses meanwhile."""
