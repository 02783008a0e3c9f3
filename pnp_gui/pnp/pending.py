"""The phones that asked and got no answer yet: what they asked last, bounded in number and bytes.

An approval answers what is kept here. A phone that was answered is not here any more, so no flood
pushes it out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from pnp_gui.pnp.limits import Limit
from pnp_gui.pnp.transactions import Subscription

MAX_PENDING = 22_000
"""Phones remembered that got no answer yet; of more, those that asked longest ago are forgotten.
More than the 20,000 undecided ones that have a row: denied ones ask as well."""
MAX_BYTES = 24 << 20
"""Bytes of their requests together: phones ask with 400 to 1,100, but 8,192 are let in."""


class PendingRequests:
    """By key, those that asked longest ago first."""

    def __init__(self, forgotten: Callable[[str], object] = lambda key: None) -> None:
        """`forgotten` is called with the key of a phone that had to go."""
        self._forgotten = forgotten
        self._phones: OrderedDict[str, Subscription] = OrderedDict()
        self.get = self._phones.get
        """What the phone asked last, or None."""
        self.bytes = 0
        """Of all requests together."""

    def __len__(self) -> int:
        return len(self._phones)

    def remember(self, subscription: Subscription) -> tuple[Limit, int] | None:
        """Keep it in place of what the phone asked before; the limit, with its number, that that
        was too much for."""
        key = subscription.request.key
        self.pop(key)
        self._phones[key] = subscription
        self.bytes += subscription.size
        limit = None
        while len(self._phones) > MAX_PENDING or self.bytes > MAX_BYTES:
            if len(self._phones) > MAX_PENDING:
                limit = Limit.PENDING, MAX_PENDING
            else:
                limit = Limit.PENDING_BYTES, MAX_BYTES
            oldest = next(iter(self._phones))
            self.pop(oldest)
            self._forgotten(oldest)
        return limit

    def replace(self, subscription: Subscription) -> Subscription:
        """Keep it in the place of what its phone asked before, which is given back."""
        key = subscription.request.key
        before = self._phones[key]
        self._phones[key] = subscription
        self.bytes += subscription.size - before.size
        return before

    def pop(self, key: str) -> Subscription | None:
        """Take it out."""
        subscription = self._phones.pop(key, None)
        if subscription is not None:
            self.bytes -= subscription.size
        return subscription
