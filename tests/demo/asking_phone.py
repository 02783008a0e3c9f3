"""A simulated phone whose first SUBSCRIBE is the one that `answers` answers."""

from __future__ import annotations

from itertools import count

from pnp_gui.demo.phone import ACCEPT, Behaviour, SimulatedPhone
from pnp_gui.demo.shapes import SHAPES
from tests.demo.answers import PHONE, RESPONDER, URL

MAC = "C074ADA21002"


def phone_of(shape: str = "grandstream", behaviour: Behaviour = ACCEPT) -> SimulatedPhone:
    """Of that shape, and with that behaviour; its numbers can be foretold."""
    numbers = count(490431573)
    phone = SimulatedPhone(SHAPES[shape], MAC, PHONE, lambda: str(next(numbers)), behaviour)
    phone.responder, phone.url = RESPONDER, URL
    return phone
