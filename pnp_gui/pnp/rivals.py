"""What was asked for a phone from another address than its own, kept apart from its exchange."""

from __future__ import annotations

from collections.abc import Callable

from pnp_gui.pnp.events import Conflict
from pnp_gui.pnp.subscribe import SubscribeRequest
from pnp_gui.pnp.transactions import LIFETIME, Subscription

MAX_RIVALS = 2_000
"""Phones for which what another address asked is kept, up to 16 MB; of more, the oldest is
forgotten, and shows itself again when it asks again."""


class ConflictingRequests(dict[str, Subscription]):
    """By the phone's key, one for each phone at most, whoever else claims to be it."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        super().__init__()
        self._new_id = new_id

    def drop(self, key: str) -> None:
        """Keep nothing for this phone."""
        self.pop(key, None)

    def drop_oldest(self, most: int) -> bool:
        """Keep `most` phones' at most; whether that was one too many."""
        if len(self) <= most:
            return False
        self.drop(next(iter(self)))
        return True

    def hear(self, request: SubscribeRequest, size: int, now: float) -> Conflict:
        """As long as the sender of one may still be repeating it, no third address takes its place:
        what a technician sees is what he decides about."""
        rival = self.get(request.key)
        if (
            rival is None
            or now >= max(rival.ends, rival.answered_until)
            or (
                rival.request.source[0] == request.source[0]
                and rival.request.transaction != request.transaction
            )
        ):
            rival = self[request.key] = Subscription(
                request, now + LIFETIME, self._new_id(), size=size
            )
        return Conflict(request, now, rival.request)
