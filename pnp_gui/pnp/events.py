"""What the responder reports, in order.

NamedTuples, because nine are made for each served phone and a frozen dataclass takes three times as
long to make. `at` is seconds on the responder's clock.
"""

from __future__ import annotations

from typing import NamedTuple

from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.limits import Limit
from pnp_gui.pnp.subscribe import SubscribeRequest

tuple_new = tuple.__new__
"""`tuple_new(Message, (…))` is `Message(…)` in half the time."""


class SubscribeReceived(NamedTuple):
    """A phone's SUBSCRIBE came in."""

    request: SubscribeRequest
    at: float
    again: bool
    """A retransmission of a SUBSCRIBE that is known already (RFC 3261 section 17.1.2)."""


class Conflict(NamedTuple):
    """A SUBSCRIBE of a phone that is known at another address: it is not answered."""

    request: SubscribeRequest
    at: float
    other: SubscribeRequest
    """What `Responder.move` would go to: this request, or that of a third address."""


class Moved(NamedTuple):
    """The phone has another address from now on, as the technician decided."""

    request: SubscribeRequest
    """Its last one from there."""
    at: float
    asked_at: float
    """When that was asked first."""


class Offered(NamedTuple):
    """A NOTIFY with the URL was sent for the first time."""

    key: str
    at: float
    url: str
    with_ok: bool
    """A 200 to the SUBSCRIBE was sent before it; if not, it had been answered or was over."""


class Answered(NamedTuple):
    """The phone gave its final response to our NOTIFY."""

    key: str
    at: float
    status: int
    """200 to 699; 2xx is *accepted*, everything else *refused*."""
    reason: str
    url: str


class NoAnswer(NamedTuple):
    """No final response within 64*T1 = 32 s (Timer F, RFC 3261 section 17.1.2.2)."""

    key: str
    at: float
    url: str
    ports: tuple[int, ...]
    """Those that were tried, ascending."""


class NotSent(NamedTuple):
    """This computer could not send the NOTIFY with the URL."""

    key: str
    at: float
    url: str
    over: bool
    """It was not sent within 32 s, and is not tried again. If not, it waits or is repeated."""


class SentLate(NamedTuple):
    """That NOTIFY was sent after all."""

    key: str
    at: float
    url: str


class RebootAsked(NamedTuple):
    """A NOTIFY that asks the phone to reboot was sent for the first time."""

    key: str
    at: float
    event: str
    """Its Event header: what this make understands."""


class RebootAnswered(NamedTuple):
    """How that ended. Only a 2xx says that the phone reboots."""

    key: str
    at: float
    status: int
    """200 to 699; 0: no final response within 32 s."""
    reason: str
    ports: tuple[int, ...] = ()
    """Those that were tried without a response, ascending."""


class Ignored(NamedTuple):
    """A datagram that is neither a PnP SUBSCRIBE nor a response to us. It got no reply."""

    at: float
    source: Address
    interface: str
    reason: str
    """A whole English sentence or phrase."""
    offset: int
    """Byte in the datagram at which reading stopped."""
    size: int
    """The datagram's bytes."""


class Limited(NamedTuple):
    """A limit was exceeded."""

    at: float
    limit: Limit
    source: str
    """IPv4 address, or the phone's key for a limit on each phone; "" for one on all together."""
    most: int
    """What the limit allows."""
    first: bool
    """The first of its burst, to be reported. The others, of limits that drop datagrams, are
    only counted."""


class Message(NamedTuple):
    """One datagram that belongs to a phone, in or out, as it was on the wire."""

    at: float
    key: str
    outgoing: bool
    interface: str
    local: Address
    """Our own address on that interface, to which and from which the phone is answered."""
    remote: Address
    data: bytes
    to: Address | None = None
    """Where a received datagram was sent to: `local`, another address of ours, the multicast
    group, a broadcast address; None if not known, and for what we sent."""


KeyedEvent = (
    Offered | Answered | NoAnswer | NotSent | SentLate | RebootAsked | RebootAnswered | Message
)
"""Those that name their phone by its key; the others of a phone have its request."""

Event = KeyedEvent | SubscribeReceived | Conflict | Moved | Ignored | Limited


class Outgoing(NamedTuple):
    """A datagram for the wire."""

    data: bytes
    remote: Address
    interface: str
    local: Address
