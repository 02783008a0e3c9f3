"""Everything that went between a phone and us: its messages, and its requests for files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import merge
from operator import attrgetter

from pnp_gui.bench.fetches.folder_check import FolderCheck
from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.fetches.make_files import is_normal
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.bench.record.trace import Trace, TraceEntry
from pnp_gui.bench.urls.urls import known_make
from pnp_gui.files.fetch import Fetch

Entry = TraceEntry | FetchEntry


class Talk:
    """Both in the order of their times."""

    def __init__(
        self,
        trace: Trace,
        kept: KeptFetches,
        folder: FolderCheck,
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
        return self.with_requests(self._trace.of(key), [key])

    def with_requests(self, messages: Sequence[TraceEntry], keys: Iterable[str]) -> list[Entry]:
        """These messages, and the requests of these phones."""
        offset, at = self._offset(), attrgetter("at")
        requests = [self._entry(key, each, offset) for key in keys for each in self._kept.of(key)]
        # The messages keep their order when the clock was set back.
        return list(merge(messages, sorted(requests, key=at), key=at))

    def state_of(self, key: str) -> tuple[int, ...]:
        """A value that changes whenever `of` would give or say something else. Cheap."""
        return (*self._trace.state_of(key), self._kept.change_of(key))

    def _entry(self, key: str, fetch: Fetch, offset: float) -> FetchEntry:
        phone = self._phones.get(key)
        if fetch.status != 404 or not fetch.name or phone is None:
            return FetchEntry(fetch, fetch.at + offset)
        normal = is_normal(known_make(phone), phone.model, phone.mac, fetch.name)
        why = None if normal else self._folder.explained(fetch.name)
        return FetchEntry(
            fetch, fetch.at + offset, None if why is None else why.asked_for(), normal
        )
