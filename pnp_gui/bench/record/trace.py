"""The phones' datagrams, kept to be shown. Limited for each phone and in total.

Of one phone its first exchange and its last messages stay; what lies between them is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.events import Message

MAX_BYTES = 4 * 1024 * 1024
"""Memory for all messages, including `ENTRY_BYTES` for each."""

MAX_MESSAGES = 64
"""Messages of one phone."""

FIRST_MESSAGES = 8
"""Of these, those of its first exchange: the messages up to its first response."""

ALMOST_FULL, ROOM = 0.9, 0.75
"""Parts of the memory in use: from the first on, each phone keeps fewer messages, until the second
is reached. So a few that ask all day do not push the first exchanges of the others out."""

ENTRY_BYTES = 500
"""Memory of a message besides its data, measured."""

MAX_COUNTED = 50_000
"""Phones whose number of dropped messages is remembered."""


class TraceEntry(Message):
    """One datagram, in or out; `at` is in unix seconds."""

    __slots__ = ()

    @property
    def ends(self) -> tuple[Address, Address]:
        """Source and destination on the wire."""
        if self.outgoing:
            return self.local, self.remote
        return self.remote, self.to or self.local


class Trace:
    """The newest messages. `add`, on the path of every datagram, drops only the oldest; surplus
    ones of one phone and those of forgotten phones go with `trim`, or when the trace is read."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_messages: int = MAX_MESSAGES) -> None:
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        # Parallel deques, oldest first: a tuple for each message would be one more object to free.
        self._messages: deque[Message] = deque()
        self._times: deque[float] = deque()
        self._serials: deque[int] = deque()
        """Numbers of the messages, counted up in this run."""
        self.added = 0
        """Messages of this run so far. A view that has N of them gets the rest from `since(N)`."""
        self._bytes = 0
        self._dropped = 0
        self._came: Counter[str] = Counter()
        """Messages of each phone so far, since it was forgotten."""
        self._active: set[str] = set()
        """Phones with new messages since `trim`."""
        self._forgotten: dict[str, int] = {}
        """Forgotten phones: their messages below this serial number go."""
        self._forgets = 0
        """How often a phone was forgotten."""
        self._index: dict[str, list[TraceEntry]] = {}
        """The entries of each phone, as of `_indexed`; made on demand."""
        self._made: dict[int, TraceEntry] = {}
        """The same entries by serial number, so that a message keeps its entry."""
        self._indexed = (0, 0, 0)

    def __len__(self) -> int:
        self.trim()
        return len(self._messages)

    def __iter__(self) -> Iterator[TraceEntry]:
        """Every kept message of all phones, oldest first."""
        self.trim()
        return map(_entry, list(self._times), list(self._messages))

    @property
    def bytes(self) -> int:
        """Memory in use, as counted against the limit."""
        self.trim()
        return self._bytes

    @property
    def dropped(self) -> int:
        """Messages of all phones that were dropped in this run."""
        self.trim()
        return self._dropped

    def add(self, messages: Sequence[Message], clock_offset: float) -> None:
        """Keep these, oldest first. `clock_offset`: unix time minus the clock of their times."""
        # On the path of every datagram, hence the loops in C.
        self._serials.extend(range(self.added, self.added + len(messages)))
        self.added += len(messages)
        self._messages.extend(messages)
        self._times.extend([message[0] + clock_offset for message in messages])
        keys = [message[1] for message in messages]
        self._came.update(keys)
        self._active.update(keys)
        self._bytes += sum([len(message[6]) for message in messages]) + ENTRY_BYTES * len(keys)
        if len(self._came) > MAX_COUNTED:
            self._forget_counts()
        while self._bytes > self._max_bytes:
            self._bytes -= len(self._messages.popleft()[6]) + ENTRY_BYTES
            self._times.popleft()
            self._serials.popleft()
            self._dropped += 1

    def since(self, count: int) -> list[TraceEntry]:
        """The messages after the first `count` of this run that are still kept, oldest first."""
        self.trim()
        start = bisect_left(self._serials, count)
        times, messages = islice(self._times, start, None), islice(self._messages, start, None)
        return list(map(_entry, times, messages))

    def of(self, key: str) -> list[TraceEntry]:
        """The kept messages of one phone, oldest first. Takes milliseconds if any message came or
        went since the last call."""
        self.trim()
        state = (self.added, self._dropped, self._forgets)
        if self._indexed != state:
            self._indexed = state
            before, self._made, self._index = self._made, {}, {}
            for serial, at, message in self._all():
                entry = self._made[serial] = before.get(serial) or _entry(at, message)
                self._index.setdefault(message.key, []).append(entry)
        return list(self._index.get(key, ()))

    def state_of(self, key: str) -> tuple[int, ...]:
        """A value that changes whenever a message of this phone comes or goes. Cheap."""
        return (self._came[key], self._dropped, self._forgets)

    def dropped_of(self, key: str) -> int:
        """How many older messages of this phone are no longer kept."""
        return self._came[key] - len(self.of(key))

    def forget(self, key: str) -> None:
        """Drop all messages of this phone, without counting them as dropped."""
        if self._came.pop(key, 0):
            self._forgotten[key] = self.added
        self._forgets += 1

    def rename(self, keys: Mapping[str, str]) -> None:
        """The messages of these phones are those of other keys."""
        self.trim()
        for key, new in keys.items():
            self._came[new] += self._came.pop(key, 0)
        for place, message in enumerate(self._messages):
            if message.key in keys:
                self._messages[place] = message._replace(key=keys[message.key])
        self._made.clear()
        self._forgets += 1

    def trim(self) -> None:
        """Drop surplus messages of one phone and those of forgotten phones. Call it at least every
        few seconds."""
        full = bool(self._active) and self._bytes > ALMOST_FULL * self._max_bytes
        chatty = any(self._came[key] > self._max_messages for key in self._active)
        self._active = set()
        if not (chatty or full or self._forgotten):
            return
        gone, self._forgotten = self._forgotten, {}
        kept = [each for each in self._all() if each[0] >= gone.get(each[2].key, 0)]
        theirs: dict[str, list[tuple[int, float, Message]]] = {}
        for each in kept:
            theirs.setdefault(each[2].key, []).append(each)
        most, left = self._max_messages, kept
        while True:
            surplus = {one[0] for each in theirs.values() for one in _between(each, most)}
            if surplus:
                left = [each for each in kept if each[0] not in surplus]
            taken = sum(len(message.data) + ENTRY_BYTES for _, _, message in left)
            if not full or taken <= ROOM * self._max_bytes or most <= 2 * FIRST_MESSAGES:
                break
            most //= 2
        self._dropped += len(kept) - len(left)
        self._serials = deque(serial for serial, _, _ in left)
        self._times = deque(at for _, at, _ in left)
        self._messages = deque(message for _, _, message in left)
        self._bytes = taken
        # Their entries go as well, even if nobody reads the trace any more.
        for key in gone:
            self._index.pop(key, None)
        self._made = {n: entry for n, entry in self._made.items() if n >= gone.get(entry.key, 0)}

    def _all(self) -> Iterator[tuple[int, float, Message]]:
        return zip(self._serials, self._times, self._messages, strict=True)

    def _forget_counts(self) -> None:
        """Forget the oldest counts of phones without messages."""
        kept = {message.key for message in self._messages}
        gone = (key for key in self._came if key not in kept)
        for key in list(islice(gone, MAX_COUNTED // 10)):
            del self._came[key]


def _between(
    messages: list[tuple[int, float, Message]], most: int
) -> list[tuple[int, float, Message]]:
    """Which messages of one phone, oldest first, are to go so that `most` are left."""
    if len(messages) <= most:
        return []
    first = min(FIRST_MESSAGES, most // 2)
    ends = (
        place
        for place, (_, _, message) in enumerate(messages, start=1)
        if not message.outgoing and message.data.startswith(b"SIP/2.0 ")
    )
    # Of what it asked before somebody approved it, the last request belongs to the exchange.
    end = min(max(next(ends, first), first), len(messages) - (most - first))
    return messages[: end - first] + messages[end : len(messages) - (most - first)]


def _entry(at: float, message: Message) -> TraceEntry:
    return TraceEntry(at, *message[1:])
