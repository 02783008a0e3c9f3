"""Puts what the file server reports into rows, history and log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pnp_gui.bench.fetches.folder_check import FolderCheck
from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.fetches.served import NotServed, Served
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.files.fetch import Fetch


class Fetches:
    """Knows whose request it is: that of the phone at its address."""

    def __init__(self, registry: PhoneRegistry) -> None:
        self._registry = registry
        self.served: Served = NotServed()
        self.kept = KeptFetches()
        self.folder = FolderCheck(lambda: self.served)

    def attach(self, served: Served, withdraw: Callable[[str], None]) -> None:
        """See `Bench.attach_files`."""
        self.served = served
        self._registry.askers.stop = withdraw

    def report(self, fetch: Fetch) -> None:
        """See `Bench.fetched`."""
        key = self.kept.key_of(fetch)
        if key is None:
            phone = self._registry.askers.phone_at(fetch.remote[0])
        else:
            phone = self._registry.phones.get(key)
        if phone is None:  # it was forgotten meanwhile
            return
        self.kept.note(phone.key, fetch)
        self._registry.changed.add(phone.key)

    def forget(self, key: str) -> None:
        """Keep nothing of this phone."""
        self.kept.forget(key)

    def rename(self, keys: Mapping[str, str]) -> None:
        """The requests of these phones are those of other keys."""
        for key, new in keys.items():
            self.kept.rename(key, new)
