"""Our NOTIFYs by their branch: those under way, in the order of their timers, and those that ended
a moment ago, whose answers may still come (RFC 3261 section 17.1.2, Timers E, F and K).
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from itertools import count
from math import inf

from pnp_gui.pnp.transactions import T4, Ended, NotifyTransaction

MAX_ENDED = 2_000
"""NOTIFYs whose late answers are taken in; of more, the oldest are forgotten."""

_new = tuple.__new__


class NotifyTransactions:
    """Who put one in takes it out again, by `end` or `stop`."""

    def __init__(self) -> None:
        self._by_branch: dict[str, NotifyTransaction] = {}
        self.get = self._by_branch.get
        """The one under way with this branch, or None."""
        self.ended: OrderedDict[str, Ended] = OrderedDict()
        """By the branch, in the order of Timer K."""
        self._sent_once: deque[NotifyTransaction] = deque()
        """In the order of their Timer E, which is that of sending."""
        self._sent_again: list[tuple[float, int, NotifyTransaction]] = []
        """A heap by their Timer E."""
        self._order = count()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._by_branch)

    @property
    def timers(self) -> int:
        """How many timers are set, also of those that ended before theirs."""
        return len(self._sent_once) + len(self._sent_again)

    def start(self, notify: NotifyTransaction) -> None:
        """It is sent now for the first time."""
        self._by_branch[notify.branch] = notify
        self._sent_once.append(notify)

    def repeat(self, notify: NotifyTransaction, now: float) -> None:
        """It is sent again now, after `take_due`."""
        notify.sent_again(now)
        heapq.heappush(self._sent_again, (notify.due, next(self._order), notify))

    def end(self, notify: NotifyTransaction) -> None:
        """Nothing of it is sent nor taken in any more."""
        notify.ended = True
        del self._by_branch[notify.branch]

    def stop(self, notify: NotifyTransaction, now: float, *, answered: bool) -> None:
        """It was answered or is not wanted any more; answers to it may still come."""
        self.end(notify)
        owed = not answered and not notify.reboot
        ended = _new(Ended, (notify.key, notify.datagram.remote[0], now + T4, owed))
        self.ended[notify.branch] = ended
        if len(self.ended) > MAX_ENDED:
            self.ended.popitem(last=False)

    def take_due(self, now: float) -> NotifyTransaction | None:
        """The next one whose Timer E is over; its timer is not set any more."""
        self._drop_ended()
        again = self._sent_again[0][0] if self._sent_again else inf
        if self._sent_once and self._sent_once[0].due <= min(now, again):
            return self._sent_once.popleft()
        return heapq.heappop(self._sent_again)[2] if again <= now else None

    def due(self) -> float | None:
        """When the next Timer E is over."""
        self._drop_ended()
        once = self._sent_once[0].due if self._sent_once else inf
        again = self._sent_again[0][0] if self._sent_again else inf
        first = min(once, again)
        return None if first == inf else first

    def forget_ended(self, now: float) -> None:
        """Those whose Timer K is over."""
        while self.ended and next(iter(self.ended.values())).until <= now:
            self.ended.popitem(last=False)

    def _drop_ended(self) -> None:
        while self._sent_once and self._sent_once[0].ended:
            self._sent_once.popleft()
        while self._sent_again and self._sent_again[0][2].ended:
            heapq.heappop(self._sent_again)
