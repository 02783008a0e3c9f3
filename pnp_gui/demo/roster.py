"""The list of simulated phones: shapes and behaviours in turn, with consecutive addresses. MACs
follow from place and shape, so a sheet can be written before anything is sent."""

from __future__ import annotations

import random
from collections.abc import Sequence
from ipaddress import IPv4Address

from pnp_gui.demo.behaviour import ACCEPT, Behaviour
from pnp_gui.demo.phone import SimulatedPhone
from pnp_gui.demo.shape import Shape
from pnp_gui.demo.shapes import SHAPES


def make_roster(
    count: int,
    *,
    first_address: str,
    shapes: Sequence[Shape] = (),
    behaviours: Sequence[Behaviour] = (ACCEPT,),
) -> list[SimulatedPhone]:
    """`count` phones; without `shapes` all of them in turn."""
    chosen = list(shapes) or list(SHAPES.values())
    phones = []
    for place in range(count):
        shape = chosen[place % len(chosen)]
        address = (str(IPv4Address(first_address) + place), shape.port)
        behaviour = behaviours[place % len(behaviours)]
        phones.append(SimulatedPhone(shape, shape.mac_of(place), address, new_number, behaviour))
    return phones


def sheet_of(phones: Sequence[SimulatedPhone], decision: str = "approved") -> str:
    """A sheet (CSV) that knows these phones; those without a MAC cannot be in it."""
    lines = [
        f"{phone.mac.lower()},{decision},,{phone.shape.make} {phone.shape.model}"
        for phone in phones
        if phone.shape.names_mac
    ]
    return "\n".join(["mac,decision,url,label", *lines, ""])


def new_number() -> str:
    """Nine fresh digits."""
    return str(random.randrange(10**8, 10**9))
