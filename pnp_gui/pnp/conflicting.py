"""Requests in a phone's name from another address, kept apart from its own exchange."""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Conflict
from pnp_gui.pnp.sip_values import LIFETIME
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.transactions import Subscription

MAX_CONFLICTING = 2_000
"""Phones with such a request, up to 16 MB in all. Beyond it the oldest is dropped; it appears again
when it is repeated."""


class ConflictingRequests(dict[str, Subscription]):
    """By the phone's key: at most one for each phone, however many addresses ask with its MAC."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        super().__init__()
        self._new_id = new_id

    def drop(self, key: str) -> None:
        """Keep nothing for this phone."""
        self.pop(key, None)

    def receive(self, request: SubscribeRequest, datagram: Datagram) -> Conflict:
        """Keep it, unless the sender of the present one may still repeat that: no third address
        replaces what the technician sees and decides about."""
        now, other = datagram.at, self.get(request.key)
        if (
            other is None
            or now >= max(other.ends, other.answered_until)
            or (
                other.request.source[0] == request.source[0]
                and other.request.transaction != request.transaction
            )
        ):
            tag = request.to_tag or self._new_id()
            other = Subscription(request, now + LIFETIME, tag, len(datagram.data))
            self[request.key] = other
        return Conflict(request, now, other.request)
