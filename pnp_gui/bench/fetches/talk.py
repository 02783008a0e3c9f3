"""Everything that went between a phone and us: its messages, and its requests for files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from operator import attrgetter

from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.bench.record.trace import Trace, TraceEntry

Entry = TraceEntry | FetchEntry


class Talk:
    """Both in the order of their times."""

    def __init__(self, trace: Trace, kept: KeptFetches, offset: Callable[[], float]) -> None:
        """`offset`: unix time minus the clock of the requests."""
        self._trace = trace
        self._kept = kept
        self._offset = offset

    def of(self, key: str) -> list[Entry]:
        """What is kept of one phone, oldest first."""
        return self.with_requests(self._trace.of(key), [key])

    def with_requests(self, messages: Sequence[TraceEntry], keys: Iterable[str]) -> list[Entry]:
        """These messages, and the requests of these phones."""
        offset, at = self._offset(), attrgetter("at")
        fetches = (fetch for key in keys for fetch in self._kept.of(key))
        requests = sorted((FetchEntry(each, each.at + offset) for each in fetches), key=at)
        # The messages keep their order when the clock was set back.
        return list(merge(messages, requests, key=at))

    def state_of(self, key: str) -> tuple[int, ...]:
        """A value that changes whenever `of` would give or say something else. Cheap."""
        return (*self._trace.state_of(key), self._kept.change_of(key))
