"""The two transactions of an exchange and their timers (RFC 3261 section 17, over UDP).

A SUBSCRIBE that we answered is remembered for 32 s (Timer J), so that a retransmission gets the
same 200 again. A NOTIFY is repeated after 0.5, 1, 2, 4, 4 … s (Timer E) until a final response
comes or 32 s are over (Timer F). Its late responses are accepted for 5 s more (Timer K).

| NOTIFY      | on                 | does                              | becomes    |
|-------------|--------------------|-----------------------------------|------------|
| trying      | Timer E            | sends again, to the other port    | trying     |
|             |                    | if there is one, doubles E to T2  |            |
| trying      | 1xx                | keeps to that port, E becomes T2  | proceeding |
| proceeding  | Timer E            | sends again after T2              | proceeding |
| either      | 200 to 699         | reports *answered*                | ended      |
| either      | Timer F            | reports *no answer*               | -          |
| either      | replaced, withdrawn| nothing                           | ended      |
| ended       | any response       | shows it                          | ended      |
| ended       | Timer K            | forgets                           | -          |
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from dataclasses import dataclass
from itertools import count
from math import ceil, inf

from pnp_gui.pnp import builder
from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.events import Outgoing, tuple_new
from pnp_gui.pnp.sip_values import LIFETIME, T1, T2, T4
from pnp_gui.pnp.subscribe import SubscribeRequest, Transaction

MAX_ANSWERED = 20_000
"""Requests whose 200 is sent again when they are repeated; beyond it the oldest are forgotten."""
MAX_ENDED = 2_000
"""NOTIFYs whose late responses are accepted; beyond it the oldest are forgotten."""


@dataclass(slots=True, eq=False)
class Subscription:
    """What a phone asked last, and the dialog of our NOTIFYs to it."""

    request: SubscribeRequest
    ends: float
    """When the phone stops retransmitting this SUBSCRIBE, on the responder's clock."""
    tag: str
    """Our tag, in the 200's To and the NOTIFY's From."""
    size: int = 0
    """Bytes of the request."""
    answered_until: float = 0.0
    """Until when its 200 is repeated (Timer J); 0: none was sent."""
    cseq: int = 0
    """Number of the last NOTIFY."""
    repeats: int = 0
    """How often its 200 was sent again."""
    newer: Subscription | None = None
    """What the phone asked since, while its address had no credit for another NOTIFY."""
    accepted_at: float = -inf
    """When the phone took its URL."""
    renewals: int = 0
    """How often in a row it asked again at once after that."""

    def ok(self) -> Outgoing:
        """The 200 to it, the same bytes each time."""
        request = self.request
        data = builder.ok(request, self.tag)
        return tuple_new(Outgoing, (data, request.answer_to, request.interface, request.local))

    def has_dialog_of(self, request: SubscribeRequest) -> bool:
        """Whether the request is within this one's dialog (RFC 3261 section 12)."""
        return self.tag == request.to_tag and self.request.call_id == request.call_id


@dataclass(slots=True, eq=False)
class NotifyTransaction:
    """One NOTIFY: a non-INVITE client transaction."""

    key: str
    branch: str
    url: str
    """ "": it asks the phone to reboot."""
    datagram: Outgoing
    """What is sent next."""
    other: Outgoing | None
    """The same to the source's port, where the phone names another port for it."""
    ends: float
    """Timer F; of one that has ended, Timer K."""
    due: float
    """Timer E: when it is sent again."""
    proceeding: bool = False
    """A 1xx came: the phone has it."""
    interval: float = T1
    """Seconds from `due` to the next retransmission."""
    ended: bool = False
    unsent: bool = False
    """This computer could not send it the last time."""
    confirmed: bool = False
    """A final response came, which proves that its address is there and returns credit
    (limits.py)."""

    @property
    def reboot(self) -> bool:
        """It asks the phone to reboot."""
        return not self.url

    @property
    def ports(self) -> tuple[int, ...]:
        """Those that it goes to, ascending."""
        datagrams = (self.datagram, self.other) if self.other else (self.datagram,)
        return tuple(sorted(datagram.remote[1] for datagram in datagrams))

    def change_port(self) -> None:
        """The next one goes to the other port, if there is one and nothing came back."""
        if self.other is not None and not self.proceeding:
            self.datagram, self.other = self.other, self.datagram

    def proceed(self, source: Address) -> None:
        """A 1xx came from there: repeat it to that port alone, and only every T2."""
        self.interval = T2
        if self.other is not None and self.other.remote == source:
            self.change_port()
        self.proceeding = True

    def restart_timer(self, now: float) -> None:
        """Set Timer E again; a late one (a laptop that slept) makes no burst."""
        self.interval = min(2 * self.interval, T2)
        self.due = min(now + self.interval, self.ends)


class AnsweredRequests:
    """Requests that have their 200, until Timer J: each gets the same again when it is repeated."""

    def __init__(self) -> None:
        self._requests: OrderedDict[Transaction, Subscription] = OrderedDict()

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, subscription: Subscription, now: float) -> bool:
        """It is answered now. Returns whether the oldest one was dropped for it."""
        subscription.answered_until = now + LIFETIME
        transaction = subscription.request.transaction
        self._requests[transaction] = subscription
        # It may be there still: repeated after its 32 s and before the timer.
        self._requests.move_to_end(transaction)
        if len(self._requests) <= MAX_ANSWERED:
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
        """When the next Timer J is over, up to a second late: all of one second go at once.
        With a timer each, 10,000 phones wake the program 400 times a second."""
        first = next(iter(self._requests.values()), None)
        return ceil(first.answered_until) if first else None

    def expire(self, now: float) -> None:
        """Forget those whose Timer J is over."""
        while (due := self.due()) is not None and due <= now:
            self._requests.popitem(last=False)


class NotifyTransactions:
    """NOTIFYs by their branch, in the order of their timers: those under way, and those that ended
    a moment ago, whose responses may still come."""

    def __init__(self) -> None:
        self._by_branch: dict[str, NotifyTransaction] = {}
        self.get = self._by_branch.get
        """The one under way with this branch, or None."""
        self.ended: OrderedDict[str, NotifyTransaction] = OrderedDict()
        """By branch, in the order of Timer K."""
        self._sent_once: deque[NotifyTransaction] = deque()
        """In the order of their Timer E, which is that of sending."""
        self._repeated: list[tuple[float, int, NotifyTransaction]] = []
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
        notify.restart_timer(now)
        heapq.heappush(self._repeated, (notify.due, next(self._order), notify))

    def end(self, notify: NotifyTransaction) -> None:
        """Nothing of it is sent or accepted any more."""
        notify.ended = True
        del self._by_branch[notify.branch]

    def stop(self, notify: NotifyTransaction, now: float) -> None:
        """It was answered or is not wanted any more; responses to it may still come."""
        self.end(notify)
        notify.ends = now + T4
        # Without its bytes: of two thousand they would be a megabyte.
        _, remote, interface, local = notify.datagram
        notify.datagram = tuple_new(Outgoing, (b"", remote, interface, local))
        notify.other = None
        self.ended[notify.branch] = notify
        if len(self.ended) > MAX_ENDED:
            self.ended.popitem(last=False)

    def take_due(self, now: float) -> NotifyTransaction | None:
        """The next one whose Timer E is over; the timer is not set again."""
        due = self.due()
        if due is None or due > now:
            return None
        if self._sent_once and self._sent_once[0].due == due:
            return self._sent_once.popleft()
        return heapq.heappop(self._repeated)[2]

    def due(self) -> float | None:
        """When the next Timer E is over."""
        while self._sent_once and self._sent_once[0].ended:
            self._sent_once.popleft()
        while self._repeated and self._repeated[0][2].ended:
            heapq.heappop(self._repeated)
        dues = [self._sent_once[0].due] if self._sent_once else []
        if self._repeated:
            dues.append(self._repeated[0][0])
        return min(dues, default=None)

    def forget_ended(self, now: float) -> None:
        """Forget those whose Timer K is over."""
        while self.ended and next(iter(self.ended.values())).ends <= now:
            self.ended.popitem(last=False)
