"""The list of simulated phones: chosen shapes and behaviours in turn, with consecutive addresses.

MACs follow from place and shape, so a sheet can be written before anything is sent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address

from pnp_gui.demo.behaviour import ACCEPT, Behaviour
from pnp_gui.demo.check import Address
from pnp_gui.demo.phone import SimulatedPhone
from pnp_gui.demo.shapes import SHAPES, Shape


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One simulated phone."""

    shape: Shape
    behaviour: Behaviour
    mac: str
    """12 upper-case hex digits, even when the shape does not name it."""
    address: str

    @property
    def names_mac(self) -> bool:
        return self.shape.names_mac


def make_roster(
    count: int,
    *,
    first_address: str,
    shapes: Sequence[Shape] = (),
    behaviours: Sequence[Behaviour] = (ACCEPT,),
) -> list[RosterEntry]:
    """`count` entries; without `shapes` all of them in turn."""
    chosen = list(shapes) or list(SHAPES.values())
    first = IPv4Address(first_address)
    return [
        RosterEntry(
            chosen[place % len(chosen)],
            behaviours[place % len(behaviours)],
            chosen[place % len(chosen)].mac_of(place),
            str(first + place),
        )
        for place in range(count)
    ]


def phones_for(
    entries: Sequence[RosterEntry],
    *,
    responder: Address | None = None,
    url_for: Callable[[RosterEntry], str | None] = lambda entry: None,
) -> list[SimulatedPhone]:
    """The phones; `responder` and the URL that `url_for` gives are what they insist on."""
    return [
        SimulatedPhone(
            entry.shape,
            entry.mac,
            (entry.address, entry.shape.port),
            new_number=new_number,
            behaviour=entry.behaviour,
            responder=responder,
            url=url_for(entry),
        )
        for entry in entries
    ]


def sheet_of(entries: Sequence[RosterEntry], decision: str = "approved") -> str:
    """A sheet (CSV) that knows these phones; those without a MAC cannot be in it."""
    lines = [
        f"{entry.mac.lower()},{decision},,{entry.shape.make} {entry.shape.model}"
        for entry in entries
        if entry.names_mac
    ]
    return "\n".join(["mac,decision,url,label", *lines, ""])


def new_number() -> str:
    """Nine fresh digits."""
    return str(random.randrange(10**8, 10**9))
