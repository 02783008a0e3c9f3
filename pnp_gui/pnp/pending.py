"""The phones that asked and got no answer yet: their last request, limited in number and bytes.

An approval answers it. A phone that was answered is not in here, so no flood pushes it out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from pnp_gui.pnp.limits import Limit
from pnp_gui.pnp.transactions import Subscription

MAX_PENDING = 22_000
"""Phones; beyond it those that asked longest ago are forgotten. More than the 20,000 rows of
undecided phones, since denied ones ask as well."""
MAX_BYTES = 24 << 20
"""Bytes of their requests together. Phones send 400 to 1,100 each; up to 8,192 are accepted."""


class PendingRequests:
    """By key, the oldest first."""

    def __init__(self, forgotten: Callable[[str], object] = lambda key: None) -> None:
        """`forgotten` is called with the key of a phone that was pushed out."""
        self._forgotten = forgotten
        self._phones: OrderedDict[str, Subscription] = OrderedDict()
        self.get = self._phones.get
        """What the phone asked last, or None."""
        self.bytes = 0
        """Of all requests together."""

    def __len__(self) -> int:
        return len(self._phones)

    def remember(self, subscription: Subscription) -> tuple[Limit, int] | None:
        """Keep it instead of the phone's last one; returns the limit that this exceeded, and its
        number."""
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

    def pop(self, key: str) -> Subscription | None:
        """Remove and return it."""
        subscription = self._phones.pop(key, None)
        if subscription is not None:
            self.bytes -= subscription.size
        return subscription
