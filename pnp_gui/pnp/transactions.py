"""The two transactions of an exchange and their timers (RFC 3261 section 17, over UDP).

A SUBSCRIBE that we answered is remembered for 32 s (Timer J), so that a retransmission of it gets
the same 200 again. A NOTIFY is sent again after 0.5, 1, 2, 4, 4 … s (Timer E) until a final
response comes or 32 s are over (Timer F). For 5 s more its late answers are taken in (Timer K).

| NOTIFY      | on                 | does                              | becomes    |
|-------------|--------------------|-----------------------------------|------------|
| trying      | Timer E            | sends again, doubles E up to T2   | trying     |
| trying      | 1xx                | E becomes T2                      | proceeding |
| proceeding  | Timer E            | sends again after T2              | proceeding |
| either      | 200 to 699         | tells *answered*                  | ended      |
| either      | Timer F            | tells *no answer*                 | ended      |
| either      | replaced, withdrawn| nothing                           | ended      |
| ended       | any response       | shows it                          | ended      |
| ended       | Timer K            | forgets                           | -          |
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import inf
from typing import NamedTuple

from pnp_gui.pnp import builder
from pnp_gui.pnp.events import Outgoing
from pnp_gui.pnp.makes import reboot_event
from pnp_gui.pnp.subscribe import MAGIC_COOKIE, SubscribeRequest, Transaction

T1 = 0.5
"""Seconds, the estimate of a round trip (RFC 3261 section 17.1.1.1)."""
T2 = 4.0
"""Seconds, the longest pause between two retransmissions."""
T4 = 5.0
"""Seconds, how long a message may be on its way: Timer K."""
LIFETIME = 64 * T1
"""Seconds: Timers B, F and J over UDP."""
MAX_ANSWERED = 20_000
"""Requests whose 200 is sent again when they come again; of more, the oldest are forgotten."""
MAX_ENDED = 2_000
"""NOTIFYs whose late answers are taken in; of more, the oldest are forgotten."""


@dataclass(slots=True, eq=False)
class Subscription:
    """What a phone last asked, and the dialog our NOTIFYs to it are in."""

    request: SubscribeRequest
    ends: float
    """When the phone stops retransmitting this SUBSCRIBE, on the responder's clock."""
    tag: str
    """Our tag, in the 200's To and the NOTIFY's From."""
    answered_until: float = 0.0
    """Until when the 200 that was sent is sent again (Timer J); 0: none was sent."""
    cseq: int = 0
    """Number of the last NOTIFY."""
    notify: NotifyTransaction | None = None
    """The NOTIFY under way."""
    size: int = 0
    """Bytes of the request."""
    repeats: int = 0
    """How often its 200 was sent again."""
    newer: Subscription | None = None
    """What the phone asked since, while its address had no credit for one more NOTIFY."""

    def ok(self) -> Outgoing:
        """The 200 to it; made anew, the same to the byte, when it is sent again."""
        request = self.request
        data = builder.ok(request, self.tag)
        return Outgoing(data, request.source, request.interface, request.local)


class Ended(NamedTuple):
    """What is remembered of a NOTIFY that has ended, until Timer K."""

    key: str
    host: str
    """The address that it went to, from which alone an answer can come."""
    until: float
    owed: bool
    """Its answer gives the address credit back (limits.py): it has a URL, and none came yet."""


@dataclass(slots=True, eq=False)
class NotifyTransaction:
    """A NOTIFY on its way: non-INVITE client transaction."""

    key: str
    branch: str
    url: str
    datagram: Outgoing
    ends: float
    """Timer F."""
    due: float
    """Timer E: when it is sent again."""
    pause: float = T1
    """Seconds from `due` to the next one."""
    ended: bool = False
    reboot: bool = False
    """It asks the phone to reboot, and has no URL."""

    def proceed(self) -> None:
        """A 1xx came: the phone has it, ask again only every T2."""
        self.pause = T2

    def sent_again(self, now: float) -> None:
        """Set Timer E anew; a late timer (a laptop that slept) makes no burst."""
        self.pause = min(2 * self.pause, T2)
        self.due = min(now + self.pause, self.ends)


class AnsweredRequests:
    """Requests that have their 200, until Timer J: each gets the same again when it comes again."""

    def __init__(self) -> None:
        self.most = MAX_ANSWERED
        self._requests: OrderedDict[Transaction, Subscription] = OrderedDict()

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, subscription: Subscription, now: float) -> bool:
        """It is answered now. Whether the oldest had to go for it."""
        subscription.answered_until = now + LIFETIME
        # Out and in again, so that the order is that of the times also for a request that comes
        # again after its 32 s and before the timer.
        self.drop(subscription)
        self._requests[subscription.request.transaction] = subscription
        if len(self._requests) <= self.most:
            return False
        self._requests.popitem(last=False)
        return True

    def get(self, transaction: Transaction, now: float) -> Subscription | None:
        """The request of this transaction, if it was answered less than 32 s ago."""
        subscription = self._requests.get(transaction)
        return subscription if subscription and now < subscription.answered_until else None

    def drop(self, subscription: Subscription) -> None:
        """Forget it, if it was answered."""
        self._requests.pop(subscription.request.transaction, None)

    def due(self) -> float | None:
        """When the next Timer J is over."""
        first = next(iter(self._requests.values()), None)
        return first.answered_until if first else None

    def forget_over(self, now: float) -> None:
        """Those whose Timer J is over."""
        while (over := self.due()) is not None and over <= now:
            self._requests.popitem(last=False)


class NotifyTransactions:
    """Our NOTIFYs by their branch: those under way in the order of their timers, and those that
    ended a moment ago, whose answers may still come. Whoever starts one also ends it, by `end` or
    `stop`."""

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
        ended = Ended(notify.key, notify.datagram.remote[0], now + T4, owed)
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


def reboot_notify(
    request: SubscribeRequest, new_id: Callable[[], str], now: float
) -> tuple[NotifyTransaction, str]:
    """To where the phone asked from; and its Event, which is what this make understands."""
    branch = MAGIC_COOKIE + new_id()
    event = reboot_event(request.make, request.model)
    data = builder.reboot(request, new_id(), new_id(), branch, event)
    datagram = Outgoing(data, request.source, request.interface, request.local)
    notify = NotifyTransaction(
        request.key, branch, "", datagram, now + LIFETIME, now + T1, reboot=True
    )
    return notify, event
