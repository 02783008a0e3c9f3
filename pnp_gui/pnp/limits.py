"""What one source may ask of us, and which refusals are reported: the first of each burst.

A SUBSCRIBE of 500 bytes from a forged address may send a 200 and eleven NOTIFYs to the device that
has that address. So a NOTIFY is on credit until its response comes, which proves that the source is
there: nobody else knows its branch. Hundreds of phones behind one router are one source, so the
numbers are generous, and a phone beyond the credit is not lost: it gets its turn as soon as one
before it answers.

Periods are the same for all sources, so that only one number is stored for each active source.
"""

from __future__ import annotations

from collections import OrderedDict
from enum import StrEnum
from math import inf

MAX_UNCONFIRMED = 128
"""NOTIFYs to one source in `PERIOD` that it did not answer: as many as the phones behind a router
may have under way at once. To a forged address that makes some 130 KB/s."""
PERIOD = 8.0
"""Seconds. A quarter of the time for which a phone goes on asking, so that forged requests in its
name, which use up its credit, do not keep it from its URL."""
MAX_REQUESTS = 2_000
"""Requests a second from one source that get no answer, since nobody approved their phones. When
500 phones behind one router boot at once, they send 1,500 in the first second."""
MAX_NEW = 10_000
"""New phones an hour from one source that nobody approved: half of the rows that there are for such
phones (`MAX_UNDECIDED`), so that one source cannot take them all."""
HOUR = 3600.0
MAX_REPEATS = 32
"""How often the 200 to one SUBSCRIBE is repeated; a phone that follows RFC 3261 asks for it ten
times."""
MAX_RENEWALS = 5
"""How often in a row a phone that took its URL and asks again at once is answered ..."""
RENEWAL_SECONDS = 5.0
"""... before each further request waits that long. Asking within this time is *at once*."""
MAX_SOURCES = 4_096
"""Sources that are counted; beyond it the oldest is forgotten."""
QUIET = 60.0
"""Seconds without a refusal after which the next one starts a new burst."""
MAX_BURSTS = 256
"""Bursts that are remembered, so that each is reported once."""


class Limit(StrEnum):
    """Everything that is limited on the way in."""

    # Faster than Enum's own, which is a Python function.
    __hash__ = str.__hash__

    UNCONFIRMED = "unconfirmed"
    """`MAX_UNCONFIRMED`: the answer waits."""
    REQUESTS = "requests"
    """`MAX_REQUESTS`: the request is dropped."""
    REPEATS = "repeats"
    """`MAX_REPEATS`: the request is dropped."""
    RENEWALS = "renewals"
    """`MAX_RENEWALS`: the answer waits."""
    NEW = "new"
    """`MAX_NEW`: the phone is not shown."""
    PENDING = "pending"
    """`pending.MAX_PENDING`: the oldest request is forgotten."""
    PENDING_BYTES = "pending bytes"
    """`pending.MAX_BYTES`: the same."""
    CONFLICTING = "conflicting"
    """`conflicting.MAX_CONFLICTING`: what was asked first from a second address is forgotten."""
    ANSWERED = "answered"
    """`transactions.MAX_ANSWERED`: the oldest 200 is not repeated."""


DROPS = frozenset({Limit.REQUESTS, Limit.REPEATS})
"""Limits at which a datagram is dropped."""


class Pace:
    """At most so many of something in a period, for each source."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self._seconds = seconds
        self._ends = -inf
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._counts)

    def take(self, source: str, now: float) -> bool:
        """Count one more; False: the limit of this period is reached."""
        counts = self._counts
        if now >= self._ends:
            counts.clear()
            self._ends = now + self._seconds
        count = counts.get(source, 0)
        if count >= self.most:
            return False
        counts[source] = count + 1
        if not count and len(counts) > MAX_SOURCES:
            del counts[next(iter(counts))]
        return True

    def has_room(self, source: str, now: float) -> bool:
        """Whether one more could be taken."""
        return now >= self._ends or self._counts.get(source, 0) < self.most

    def give_back(self, source: str) -> None:
        """One that was taken, perhaps in an earlier period, does not count."""
        count = self._counts.get(source, 0)
        if count > 1:
            self._counts[source] = count - 1
        elif count:
            del self._counts[source]


class Credit:
    """Who may be sent a NOTIFY now, and who waits until another one of the same source answered."""

    def __init__(self) -> None:
        self._pace = Pace(MAX_UNCONFIRMED, PERIOD)
        self.waiting: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        """Keys by source, in the order in which they came."""

    def take(self, source: str, key: str, now: float) -> bool:
        """Whether the phone `key` may be sent a NOTIFY; if not, it waits for its turn."""
        if self._pace.take(source, now):
            if self.waiting:
                self._waits_no_more(source, key)
            return True
        self.wait(source, key)
        return False

    def wait(self, source: str, key: str) -> None:
        """The phone `key` waits for its turn."""
        self.waiting.setdefault(source, OrderedDict())[key] = None
        if len(self.waiting) > MAX_SOURCES:
            self.waiting.popitem(last=False)

    def rename(self, source: str, key: str, new: str) -> None:
        """The phone at this source has another key."""
        if key in self.waiting.get(source, ()):
            self._waits_no_more(source, key)
            self.wait(source, new)

    def has_room(self, source: str, now: float) -> bool:
        """Whether one more NOTIFY could be sent to this source."""
        return self._pace.has_room(source, now)

    def confirm(self, source: str) -> None:
        """The source answered one."""
        self._pace.give_back(source)

    def next(self, source: str, now: float) -> str | None:
        """The next phone at this source whose turn has come. It does not wait any more."""
        keys = self.waiting.get(source)
        if not keys or not self._pace.has_room(source, now):
            return None
        key = next(iter(keys))
        self._waits_no_more(source, key)
        return key

    def _waits_no_more(self, source: str, key: str) -> None:
        keys = self.waiting.get(source)
        if keys and key in keys:
            del keys[key]
            if not keys:
                del self.waiting[source]


class Bursts:
    """Which refusals are the first of their burst."""

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[Limit, str], float] = OrderedDict()

    def is_first(self, limit: Limit, source: str, now: float) -> bool:
        """Record a refusal; True if it is to be reported."""
        where = (limit, source)
        before = self._last.get(where)
        self._last[where] = now
        self._last.move_to_end(where)
        if len(self._last) > MAX_BURSTS:
            self._last.popitem(last=False)
        return before is None or now - before >= QUIET
