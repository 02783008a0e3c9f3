"""The phones' datagrams, kept for the eye: bounded for each phone and in all, oldest out first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from pnp_gui.pnp.ask import Address
from pnp_gui.pnp.events import Message

MAX_BYTES = 6 * 1024 * 1024
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
    """The newest messages. `dropped` says how many older ones are gone."""

    dropped: int
    """Messages that were dropped in this run, of all phones."""
    bytes: int
    """Memory that is taken, as counted against the bound."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_messages: int = MAX_MESSAGES) -> None:
        self._max_bytes = max_bytes
        self._max_messages = max_messages
        self._entries: dict[int, TraceEntry] = {}  # by serial number, in its order
        self._numbers: dict[str, int] = {}
        """Of each phone how many are kept, and `_ONE_DROPPED` for each that is gone: one look-up
        for a message that comes and one for a message that goes."""
        self._chatty: dict[str, deque[int]] = {}
        """The serials of phones that have as many as are kept of one, oldest first."""
        self._index: dict[str, list[int]] = {}
        """The serials of every phone, as of `_indexed`; made when somebody asks."""
        self._indexed = (0, 0, 0)
        self._next = 0
        self._oldest = 0
        """No serial number below it is kept."""
        self._forgotten = 0
        """How often phones were forgotten."""
        self.dropped = 0
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[TraceEntry]:
        """Every message that is kept, of all phones, oldest first."""
        return iter(self._entries.values())

    def add(self, message: Message, at: float) -> None:
        """Keep a message that crossed the wire at `at`, unix seconds."""
        # The path of every datagram: kept short.
        _, key, outgoing, interface, local, remote, data, to = message
        serial = self._next
        self._next = serial + 1
        entry = (at, key, outgoing, interface, local, remote, data, to)
        self._entries[serial] = _new(TraceEntry, entry)
        self.bytes += len(data) + ENTRY_BYTES
        number = self._numbers.get(key, 0) + 1
        self._numbers[key] = number
        if number % _ONE_DROPPED >= self._max_messages:
            self._add_chatty(key, serial)
        while self.bytes > self._max_bytes:
            self._drop_oldest()

    @property
    def added(self) -> int:
        """Messages of this run so far: a view that has N of them asks `since(N)` for the rest."""
        return self._next

    def since(self, count: int) -> list[TraceEntry]:
        """The messages after the first `count` of this run that are kept, oldest first."""
        newer = takewhile(lambda item: item[0] >= count, reversed(self._entries.items()))
        found = [entry for _, entry in newer]
        found.reverse()
        return found

    def of(self, key: str) -> list[TraceEntry]:
        """The messages of one phone that are kept, oldest first. Takes a millisecond when any
        message came or went since the last call."""
        return [self._entries[serial] for serial in self._serials().get(key, ())]

    def state_of(self, key: str) -> tuple[int, ...]:
        """Another value after everything that came or went of this phone; costs nothing to ask."""
        return (self._numbers.get(key, 0), self._forgotten)

    def dropped_of(self, key: str) -> int:
        """How many older messages of this phone are gone."""
        return self._numbers.get(key, 0) // _ONE_DROPPED

    def forget(self, key: str) -> None:
        """Everything of this phone goes, and is not counted as dropped."""
        if self._numbers.get(key, 0) % _ONE_DROPPED:
            for serial in self._serials().get(key, ()):
                self.bytes -= len(self._entries.pop(serial).data) + ENTRY_BYTES
        self._numbers.pop(key, None)
        self._chatty.pop(key, None)
        self._forgotten += 1

    def _serials(self) -> dict[str, list[int]]:
        state = (self._next, self.dropped, self._forgotten)
        if self._indexed != state:
            self._indexed = state
            self._index = {}
            for serial, entry in self._entries.items():
                self._index.setdefault(entry.key, []).append(serial)
        return self._index

    def _add_chatty(self, key: str, serial: int) -> None:
        """One more of a phone that has its full number, or more than that."""
        serials = self._chatty.get(key)
        if serials is None:
            found = (number for number, entry in self._entries.items() if entry.key == key)
            serials = self._chatty[key] = deque(found)
        else:
            serials.append(serial)
        if len(serials) > self._max_messages:
            self._drop(serials[0])

    def _drop_oldest(self) -> None:
        # Counted on, since finding the first key of a dict that is emptied from its front takes
        # ever longer.
        while self._oldest not in self._entries:
            self._oldest += 1
        self._drop(self._oldest)

    def _drop(self, serial: int) -> None:
        """Drop the message `serial`, which is the oldest of its phone."""
        entry = self._entries.pop(serial)
        self.bytes -= len(entry.data) + ENTRY_BYTES
        self.dropped += 1
        key = entry.key
        self._numbers[key] += _ONE_DROPPED - 1
        if self._chatty and key in self._chatty:
            serials = self._chatty[key]
            serials.popleft()
            if len(serials) < self._max_messages // 2:
                del self._chatty[key]
        if len(self._numbers) > MAX_COUNTED:
            self._forget_numbers()

    def _forget_numbers(self) -> None:
        """Of too many phones, those go of which nothing is left, the oldest first."""
        gone = (key for key, number in self._numbers.items() if not number % _ONE_DROPPED)
        for key in list(islice(gone, MAX_COUNTED // 10)):
            del self._numbers[key]


_ONE_DROPPED = 1 << 20

_new = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""
