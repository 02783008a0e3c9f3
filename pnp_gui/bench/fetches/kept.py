"""The phones' requests for files, kept to be shown. Limited for each phone and in total; the oldest
go first."""

from __future__ import annotations

from collections import OrderedDict

from pnp_gui.files.fetch import Fetch

MAX_BYTES = 4 * 1024 * 1024
"""Memory for all requests, including `FETCH_BYTES` for each."""

MAX_FETCHES = 64
"""Requests of one phone."""

FETCH_BYTES = 900
"""Memory of a request besides what it sent and got, measured."""


class KeptFetches:
    """The newest requests of each phone."""

    def __init__(self, max_bytes: int = MAX_BYTES, most: int = MAX_FETCHES) -> None:
        self._max_bytes = max_bytes
        self._most = most
        self._all: OrderedDict[Fetch, tuple[str, int, str]] = OrderedDict()
        """The phone, the bytes that it is counted as, and the URL; oldest first."""
        self._of: dict[str, dict[Fetch, None]] = {}
        """By phone, oldest first."""
        self._changes = 0
        self._changed: dict[str, int] = {}
        """By phone, the number of its last change."""
        self.bytes = 0
        """Memory in use, as counted against the limit."""

    def __len__(self) -> int:
        return len(self._all)

    def key_of(self, fetch: Fetch) -> str | None:
        """Whose request it is, if it is kept."""
        kept = self._all.get(fetch)
        return None if kept is None else kept[0]

    def url_of(self, fetch: Fetch) -> str | None:
        """The URL that the phone was sent last when it began, if it is kept."""
        kept = self._all.get(fetch)
        return None if kept is None else kept[2]

    def note(self, key: str, fetch: Fetch, url: str = "") -> None:
        """A request of this phone began, went on or ended. `url`: the one it was sent last."""
        _, before, url = self._all.get(fetch, (key, 0, url))
        size = _size(fetch)
        self._all[fetch] = key, size, url
        self.bytes += size - before
        theirs = self._of.setdefault(key, {})
        theirs[fetch] = None
        self._note_change(key)
        if len(theirs) > self._most:
            # A long download stays as long as it goes on.
            self._drop(next((one for one in theirs if one.ended is not None), next(iter(theirs))))
        while self.bytes > self._max_bytes:
            self._drop(next(iter(self._all)))

    def of(self, key: str) -> list[Fetch]:
        """The kept requests of a phone, oldest first."""
        return list(self._of.get(key, ()))

    def change_of(self, key: str) -> int:
        """A number that changes with every request of this phone that comes, goes on, or goes."""
        return self._changed.get(key, 0)

    def forget(self, key: str) -> None:
        """Keep nothing of this phone."""
        for fetch in self.of(key):
            self._drop(fetch)

    def rename(self, key: str, new: str) -> None:
        """The requests of this phone are those of another key."""
        for fetch in self._of.pop(key, ()):
            self._all[fetch] = new, *self._all[fetch][1:]
            self._of.setdefault(new, {})[fetch] = None
            self._note_change(new)
        self._changed.pop(key, None)

    def _drop(self, fetch: Fetch) -> None:
        key, size, _ = self._all.pop(fetch)
        self.bytes -= size
        del self._of[key][fetch]
        self._note_change(key)
        if not self._of[key]:
            del self._of[key], self._changed[key]

    def _note_change(self, key: str) -> None:
        self._changes += 1
        self._changed[key] = self._changes


def _size(fetch: Fetch) -> int:
    texts = len(fetch.target) + len(fetch.name) + len(fetch.agent)
    return FETCH_BYTES + texts + len(fetch.request) + len(fetch.answer)
