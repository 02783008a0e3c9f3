"""Both ways of reading a message: by the usual form, and by the general rules alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pnp_gui.pnp import builder, usual_form
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.message import Malformed, Request, Response
from pnp_gui.pnp.parser import parse
from pnp_gui.pnp.subscribe import SubscribeRequest, read_subscribe
from tests.pnp.phones import INTERFACE, LOCAL

SHORTCUTS = ("message", "address", "via", "mac")


@contextmanager
def general_rules_alone() -> Iterator[None]:
    """The usual form matches nothing."""
    kept = {name: getattr(usual_form, name) for name in SHORTCUTS}
    try:
        vars(usual_form).update(dict.fromkeys(SHORTCUTS, lambda _: None))
        yield
    finally:
        vars(usual_form).update(kept)


def read(data: bytes) -> Request | Response | Malformed:
    """As parsed, without what the usual form may leave out of a response."""
    message = parse(data)
    if isinstance(message, Response):
        kept = {name: message.headers.get(name) for name in ("via", "from", "call-id", "cseq")}
        return message._replace(headers={name: values for name, values in kept.items() if values})
    return message


def understood(data: bytes) -> object:
    """What is understood of a request, and the 200 that it would get."""
    message = parse(data)
    if not isinstance(message, Request):
        return None
    request = read_subscribe(message, Datagram(data, ("10.13.2.67", 5060), LOCAL, INTERFACE, 0.0))
    if not isinstance(request, SubscribeRequest):
        return request
    fields = {name: getattr(request, name) for name in SubscribeRequest.__slots__}
    return fields, builder.ok(request, "tag1")
