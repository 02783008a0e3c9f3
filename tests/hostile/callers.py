"""Who sends the hostile datagrams: phones that were approved, that were denied, and strangers.

Each has an address of its own, so that the address of an answer says whose it is.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from pnp_gui.demo.shape import Shape
from pnp_gui.demo.shapes import SHAPES

OURS = ("10.13.0.2", 5060)
"""The program's own address."""
INTERFACE = "eth0"

APPROVED_NET, DENIED_NET, STRANGERS_NET = "10.13.1.", "10.13.2.", "10.66."

_DECIDED_EACH = 2
"""Phones of each shape that are approved, and that are denied."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One sender."""

    shape: Shape
    mac: str
    address: str

    @property
    def source(self) -> tuple[str, int]:
        """Where its datagrams come from."""
        return self.address, self.shape.port

    @property
    def key(self) -> str:
        """What the program knows it by."""
        return self.shape.key_of(self.mac, self.address)

    def subscribe(self, number: int) -> bytes:
        """What it sends when nothing is spoilt; `number` makes it a request of its own."""
        shape = self.shape
        return shape.subscribe(self.mac, *self.source, str(number), shape.cseq)


def _decided(net: str, first: int) -> list[Caller]:
    shapes = list(SHAPES.values()) * _DECIDED_EACH
    return [
        Caller(shape, shape.mac_of(first + number), f"{net}{number + 1}")
        for number, shape in enumerate(shapes)
    ]


APPROVED = _decided(APPROVED_NET, 0)
DENIED = _decided(DENIED_NET, 500)
_SHAPES = list(SHAPES.values())


def stranger(chance: random.Random) -> Caller:
    """A phone that nobody has decided about. No few changed digits make it an approved one."""
    shape = chance.choice(_SHAPES)
    oui = shape.oui if chance.random() < 0.5 else f"02{chance.randrange(1 << 16):04X}"
    mac = f"{oui}0{chance.randrange(1 << 20):05X}"
    address = f"{STRANGERS_NET}{chance.randrange(256)}.{chance.randrange(1, 255)}"
    return Caller(shape, mac, address)


def caller(chance: random.Random) -> Caller:
    """Any of them; more than half are strangers."""
    drawn = chance.random()
    if drawn < 0.3:
        return chance.choice(APPROVED)
    return chance.choice(DENIED) if drawn < 0.4 else stranger(chance)
