"""A datagram read as a phone's SUBSCRIBE: what is understood of it, or why it is refused."""

from __future__ import annotations

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.message import Malformed, Request
from pnp_gui.pnp.parser import parse
from pnp_gui.pnp.subscribe import SubscribeRequest, read_subscribe
from tests.pnp.phones import INTERFACE, LOCAL, PLAIN_SOURCE, Shape


def read(data: bytes, source: tuple[str, int] = PLAIN_SOURCE) -> SubscribeRequest | Malformed:
    message = parse(data)
    if isinstance(message, Malformed):
        return message
    assert isinstance(message, Request)
    return read_subscribe(message, Datagram(data, source, LOCAL, INTERFACE, 0.0))


def understood(data: bytes, source: tuple[str, int] = PLAIN_SOURCE) -> SubscribeRequest:
    ask = read(data, source)
    assert isinstance(ask, SubscribeRequest), ask
    return ask


def check(shape: Shape, ask: SubscribeRequest) -> None:
    """Everything the window shows of this phone, and the address for the NOTIFY."""
    kind = shape.kind
    assert (ask.key, ask.mac) == (shape.key(), shape.mac)
    assert (ask.make, ask.event.vendor) == (kind.make, shape.vendor)
    assert (ask.event.model, ask.event.version) == (kind.model, kind.version)
    assert ask.source == shape.source()
    assert (ask.interface, ask.local) == (INTERFACE, LOCAL)
    assert ask.contact == shape.request_uri()
