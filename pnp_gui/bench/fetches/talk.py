"""Everything that went between a phone and us: its messages, and its requests for files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING

from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.bench.record.trace import Trace, TraceEntry

if TYPE_CHECKING:
    from pnp_gui.bench.fetches.folder_check import FolderCheck

Entry = TraceEntry | FetchEntry


class Talk:
    """Both in the order of their times."""

    def __init__(
        self,
        trace: Trace,
        kept: KeptFetches,
        folder: Callable[[], FolderCheck],
        phones: Mapping[str, Phone],
        offset: Callable[[], float],
    ) -> None:
        """`offset`: unix time minus the clock of the requests."""
        self._trace = trace
        self._kept = kept
        self._folder = folder
        self._phones = phones
        self._offset = offset

    def of(self, key: str) -> list[Entry]:
        """What is kept of one phone, oldest first."""
        phone, entries = self._phones.get(key), self.with_requests(self._trace.of(key), [key])
        if phone is None:
            return entries
        return [
            self._explained(each, phone) if isinstance(each, FetchEntry) else each
            for each in entries
        ]

    def with_requests(self, messages: Sequence[TraceEntry], keys: Iterable[str]) -> list[Entry]:
        """These messages, and the requests of these phones; what is missing is not explained, as
        that may take a millisecond each."""
        offset, at = self._offset(), attrgetter("at")
        fetches = (fetch for key in keys for fetch in self._kept.of(key))
        requests = sorted((FetchEntry(each, each.at + offset) for each in fetches), key=at)
        # The messages keep their order when the clock was set back.
        return list(merge(messages, requests, key=at))

    def state_of(self, key: str) -> tuple[int, ...]:
        """A value that changes whenever `of` would give or say something else. Cheap."""
        return (*self._trace.state_of(key), self._kept.change_of(key))

    def _explained(self, entry: FetchEntry, phone: Phone) -> FetchEntry:
        fetch = entry.fetch
        if fetch.status != 404 or not fetch.name:
            return entry
        folder = self._folder()
        if folder.is_normal(phone, fetch.name):
            return replace(entry, normal=True)
        why = folder.explained(fetch.name)
        return entry if why is None else replace(entry, missing=why.asked_for())
