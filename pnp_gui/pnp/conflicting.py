"""What was asked for a phone from another address than its own, kept apart from its exchange."""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Conflict
from pnp_gui.pnp.sip_values import LIFETIME
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.transactions import Subscription

MAX_CONFLICTING = 2_000
"""Phones for which another address's request is kept, up to 16 MB in all. Beyond that the oldest is
dropped; it appears again when it is repeated."""


class ConflictingRequests(dict[str, Subscription]):
    """By the phone's key: at most one request for each phone, however many addresses claim it."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        super().__init__()
        self._new_id = new_id

    def drop(self, key: str) -> None:
        """Keep nothing for this phone."""
        self.pop(key, None)

    def drop_oldest(self, most: int) -> bool:
        """Keep `most` phones' at most; whether one had to go."""
        if len(self) <= most:
            return False
        self.drop(next(iter(self)))
        return True

    def hear(self, request: SubscribeRequest, datagram: Datagram) -> Conflict:
        """While the sender of the one that is kept may still repeat it, no third address takes its
        place: what a technician sees is what he decides about."""
        now, kept = datagram.at, self.get(request.key)
        if (
            kept is None
            or now >= max(kept.ends, kept.answered_until)
            or (
                kept.request.source[0] == request.source[0]
                and kept.request.transaction != request.transaction
            )
        ):
            kept = Subscription(request, now + LIFETIME, self._new_id(), len(datagram.data))
            self[request.key] = kept
        return Conflict(request, now, kept.request)
