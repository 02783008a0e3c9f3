"""What a simulated phone does with what it is sent, and the words for it on the command line."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a phone does with the NOTIFY, and whether it asks again."""

    status: int = 200
    """Its final response to the NOTIFY; 0: never any."""
    answers: int = 1
    """Which arrival of the NOTIFY it responds to: 1 the first, 4 the third retransmission."""
    closes: bool = False
    """Close the port when the NOTIFY comes, as a phone that reboots at once."""
    again: float = 0.0
    """Seconds after which it asks again while it has no URL; 0: as its shape does."""
    reboots: float = 0.0
    """Seconds after accepting a URL until it boots and asks again; 0: never."""
    reboot: int = 200
    """Its final response to being asked to reboot; 0: none. After a 200 it does."""


ACCEPT = Behaviour()

BEHAVIOURS = {
    "accept": ACCEPT,
    "refuse": Behaviour(status=481),
    "silent": Behaviour(status=0),
    "third": Behaviour(answers=4),
    "closes": Behaviour(status=0, closes=True),
}
_OPTIONS: dict[str, Any] = {"again": float, "reboots": float, "reboot": int}


def behaviour_of(text: str) -> Behaviour:
    """A behaviour by its words: "refuse:489", "silent+again:40", "accept+reboots:90+reboot:401".
    Raises ValueError that says which word is not understood."""
    first, *others = text.split("+")
    name, _, value = first.partition(":")
    if name not in BEHAVIOURS or (value and name != "refuse"):
        raise ValueError(f"{first!r} is no behaviour; known are {', '.join(BEHAVIOURS)}")
    made = BEHAVIOURS[name]
    if value:
        made = dataclasses.replace(made, status=int(value))
    for other in others:
        name, _, value = other.partition(":")
        if name not in _OPTIONS:
            raise ValueError(f"{other!r} is none of again:SECONDS, reboots:SECONDS, reboot:CODE")
        made = dataclasses.replace(made, **{name: _OPTIONS[name](value)})
    return made
