"""Phones behind one router, whose requests all come from one address."""

from __future__ import annotations

from pnp_gui.pnp.events import Limited, Offered, Outgoing, SubscribeReceived
from pnp_gui.pnp.limits import Limit
from tests.pnp.desk import Desk
from tests.pnp.phones import plain

ROUTER = ("10.13.2.20", 5060)
OTHER = ("10.13.2.21", 5060)


def mac(number: int) -> str:
    return f"00041300{number:04X}"


def ask(
    desk: Desk, number: int, source: tuple[str, int] = ROUTER, call: str = ""
) -> list[Outgoing]:
    uri = f"sip:MAC{mac(number)}@h"
    return desk.receive(plain(uri=uri, call_id=call or str(number)), source)


def notifies(out: list[Outgoing]) -> list[Outgoing]:
    return [each for each in out if each.data.startswith(b"NOTIFY ")]


def received(desk: Desk) -> list[SubscribeReceived]:
    return [event for event in desk.log if isinstance(event, SubscribeReceived)]


def offered(desk: Desk) -> list[str]:
    """Keys of the phones that were sent a URL."""
    return [event.key for event in desk.log if isinstance(event, Offered)]


def limited(desk: Desk) -> list[tuple[Limit, str, int]]:
    """What was reported."""
    return [(e.limit, e.source, e.most) for e in desk.log if isinstance(e, Limited) and e.first]
