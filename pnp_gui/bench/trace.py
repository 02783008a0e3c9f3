"""The phones' datagrams, kept for the eye: bounded for each phone and in all, oldest out first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from pnp_gui.pnp.ask import Address
from pnp_gui.pnp.events import Message

MAX_BYTES = 8 * 1024 * 1024
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
    remote: Address
    data: bytes


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
        self._serials: dict[str, list[int]] = {}  # of each phone, oldest first
        self._dropped: dict[str, int] = {}
        self._next = 0
        self._oldest = 0
        """No serial number below it is kept."""
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
        key = message.key
        serial = self._next
        self._next = serial + 1
        serials = self._serials.get(key)
        if serials is None:
            self._serials[key] = [serial]
        else:
            serials.append(serial)
            if len(serials) > self._max_messages:
                self._drop(serials[0])
        self._entries[serial] = _entry(TraceEntry, (at, *message[1:]))
        self.bytes += len(message.data) + ENTRY_BYTES
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
        """The messages of one phone that are kept, oldest first."""
        return [self._entries[serial] for serial in self._serials.get(key, ())]

    def state_of(self, key: str) -> tuple[int, ...]:
        """Another value after everything that came or went of this phone; costs nothing to ask."""
        serials = self._serials.get(key)
        return (serials[0], serials[-1]) if serials else ()

    def dropped_of(self, key: str) -> int:
        """How many older messages of this phone are gone."""
        return self._dropped.get(key, 0)

    def forget(self, key: str) -> None:
        """Everything of this phone goes, and is not counted as dropped."""
        for serial in self._serials.pop(key, ()):
            self.bytes -= len(self._entries.pop(serial).data) + ENTRY_BYTES
        self._dropped.pop(key, None)

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
        key = entry.key
        serials = self._serials[key]
        if len(serials) == 1:
            del self._serials[key]
        else:
            del serials[0]
        self.dropped += 1
        self._dropped[key] = self._dropped.get(key, 0) + 1
        if len(self._dropped) > MAX_COUNTED:
            del self._dropped[next(iter(self._dropped))]


_entry = tuple.__new__
"""Makes a NamedTuple in half the time of calling its class."""
