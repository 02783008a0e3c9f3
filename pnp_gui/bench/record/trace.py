"""The phones' datagrams, kept for the eye: bounded for each phone and in all, oldest out first."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pnp_gui.pnp.datagram import Address
from pnp_gui.pnp.events import Message

MAX_BYTES = 4 * 1024 * 1024
"""Memory for all messages together, `ENTRY_BYTES` for each included."""

MAX_MESSAGES = 64
"""Messages kept of one phone."""

ENTRY_BYTES = 500
"""What a message costs beside its data: its tuples, texts and places in the tables, measured."""

MAX_COUNTED = 50_000
"""Phones for which the number of dropped messages is remembered."""


class TraceEntry(NamedTuple):
    """One datagram, in or out."""

    at: float
    """Unix seconds."""
    key: str
    outgoing: bool
    interface: str
    local: Address
    """Our own address on that interface."""
    remote: Address
    data: bytes
    to: Address | None = None
    """Where a received one was sent to, the multicast group included; None: not told."""

    @property
    def ends(self) -> tuple[Address, Address]:
        """Source and destination, as on the wire."""
        if self.outgoing:
            return self.local, self.remote
        return self.remote, self.to or self.local


class Trace:
    """The newest messages.

    Adding is on the path of every datagram, so it only appends, counts, and drops what is oldest,
    a batch at a time. What one phone has too much, and what is left of a forgotten one, goes when
    somebody looks or `trim` is called.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, max_messages: int = MAX_MESSAGES) -> None:
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        # Side by side, oldest first; a tuple for each message would be one more object to free.
        self._messages: deque[Message] = deque()
        self._times: deque[float] = deque()
        self._serials: deque[int] = deque()
        """Of the first ones, among which some are gone since `trim`; after them each is one more
        than the one before."""
        self._next = 0
        self._bytes = 0
        self._dropped = 0
        self._came: Counter[str] = Counter()
        """How many messages of each phone there were, since it was forgotten."""
        self._heard: set[str] = set()
        """Phones that any came of since `trim`."""
        self._forgotten: dict[str, int] = {}
        """Phones whose messages below this serial are to go."""
        self._forgets = 0
        """How often phones were forgotten."""
        self._index: dict[str, list[TraceEntry]] = {}
        """The entries of every phone, as of `_indexed`; made when somebody asks."""
        self._made: dict[int, TraceEntry] = {}
        """Those by their serial: a message stays the same entry."""
        self._indexed = (0, 0, 0)

    def __len__(self) -> int:
        self.trim()
        return len(self._messages)

    def __iter__(self) -> Iterator[TraceEntry]:
        """Every message that is kept, of all phones, oldest first."""
        self.trim()
        return map(_entry, list(self._times), list(self._messages))

    @property
    def bytes(self) -> int:
        """Memory that is taken, as counted against the bound."""
        self.trim()
        return self._bytes

    @property
    def dropped(self) -> int:
        """Messages that were dropped in this run, of all phones."""
        self.trim()
        return self._dropped

    def add(self, messages: Sequence[Message], clock_offset: float) -> None:
        """Keep these, oldest first. `clock_offset`: unix time minus the clock of their times."""
        # The path of every datagram: short, and Python's own loops in C where there are some.
        self._next += len(messages)
        self._messages.extend(messages)
        self._times.extend([message[0] + clock_offset for message in messages])
        keys = [message[1] for message in messages]
        self._came.update(keys)
        self._heard.update(keys)
        self._bytes += sum([len(message[6]) for message in messages]) + ENTRY_BYTES * len(keys)
        if len(self._came) > MAX_COUNTED:
            self._forget_counts()
        while self._bytes > self._max_bytes:
            self._bytes -= len(self._messages.popleft()[6]) + ENTRY_BYTES
            self._times.popleft()
            self._dropped += 1
            if self._serials:
                self._serials.popleft()

    @property
    def added(self) -> int:
        """Messages of this run so far: a view that has N of them asks `since(N)` for the rest."""
        return self._next

    def since(self, count: int) -> list[TraceEntry]:
        """The messages after the first `count` of this run that are kept, oldest first."""
        self.trim()
        start = bisect_left(self._all_serials(), count)
        times, messages = islice(self._times, start, None), islice(self._messages, start, None)
        return list(map(_entry, times, messages))

    def of(self, key: str) -> list[TraceEntry]:
        """The messages of one phone that are kept, oldest first. Takes milliseconds when any
        message came or went since the last call."""
        self.trim()
        state = (self._next, self._dropped, self._forgets)
        if self._indexed != state:
            self._indexed = state
            before, self._made, self._index = self._made, {}, {}
            for serial, at, message in zip(
                self._all_serials(), self._times, self._messages, strict=True
            ):
                entry = self._made[serial] = before.get(serial) or _entry(at, message)
                self._index.setdefault(message.key, []).append(entry)
        return list(self._index.get(key, ()))

    def state_of(self, key: str) -> tuple[int, ...]:
        """Another value after everything that came or went of this phone; costs nothing to ask."""
        return (self._came[key], self._dropped, self._forgets)

    def dropped_of(self, key: str) -> int:
        """How many older messages of this phone are gone."""
        return self._came[key] - len(self.of(key))

    def forget(self, key: str) -> None:
        """Everything of this phone goes, and is not counted as dropped."""
        if self._came.pop(key, 0):
            self._forgotten[key] = self._next
        self._forgets += 1

    def trim(self) -> None:
        """Drop what one phone has too much, and what is left of forgotten phones. To be called at
        least every few seconds."""
        chatty = {key for key in self._heard if self._came[key] > self._max_messages}
        self._heard = set()
        if not (chatty or self._forgotten):
            return
        gone, self._forgotten = self._forgotten, {}
        kept = [
            each
            for each in zip(self._all_serials(), self._times, self._messages, strict=True)
            if each[0] >= gone.get(each[2].key, 0)
        ]
        counts = Counter(message.key for _, _, message in kept if message.key in chatty)
        too_many = {key: n - self._max_messages for key, n in counts.items()}
        self._serials.clear()
        self._times.clear()
        self._messages.clear()
        self._bytes = 0
        for serial, at, message in kept:
            if too_many.get(message.key, 0) > 0:
                too_many[message.key] -= 1
                self._dropped += 1
                continue
            self._serials.append(serial)
            self._times.append(at)
            self._messages.append(message)
            self._bytes += len(message.data) + ENTRY_BYTES
        # What was made for somebody who looked goes as well, also when nobody looks any more.
        for key in gone:
            self._index.pop(key, None)
        self._made = {n: entry for n, entry in self._made.items() if n >= gone.get(entry.key, 0)}

    def _all_serials(self) -> list[int]:
        newer = len(self._messages) - len(self._serials)
        return [*self._serials, *range(self._next - newer, self._next)]

    def _forget_counts(self) -> None:
        """Of too many phones, those go of which nothing is left, the oldest first."""
        kept = {message.key for message in self._messages}
        gone = (key for key in self._came if key not in kept)
        for key in list(islice(gone, MAX_COUNTED // 10)):
            del self._came[key]


def _entry(at: float, message: Message) -> TraceEntry:
    return TraceEntry(at, *message[1:])
