"""Phones that were sent another URL than the one they would get now. That is checked when a URL
changes, never to paint a row, and in slices: to fill in ten thousand URLs takes 100 ms.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from pnp_gui.bench.decisions.sending import SLICE_SECONDS, Later
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.registry import PhoneRegistry
from pnp_gui.bench.urls.urls import Urls
from pnp_gui.pnp.url import KNOWN_LATER
from pnp_gui.trouble import Trouble


class OlderUrls:
    """Keeps `Phone.older`."""

    def __init__(self, registry: PhoneRegistry, urls: Urls) -> None:
        self._registry = registry
        self._urls = urls
        self._waiting: set[str] = set()
        self.later: Later | None = None
        """None: everything is checked at once."""
        self.changes = 0
        """How often a URL of phones that were sent one has changed in this run."""

    @property
    def checking(self) -> bool:
        """Whether phones are still to be checked."""
        return bool(self._waiting)

    def check(self, phones: Iterable[Phone]) -> None:
        """These phones may have another URL now."""
        idle = not self._waiting
        self._waiting |= {phone.key for phone in phones if phone.has_url}
        if not self._waiting or not idle:
            return
        if self.later is not None:
            self.later(self._slice)
        while self.later is None and self._slice():
            pass

    def _slice(self) -> bool:
        """Check for a moment; whether there is more to check."""
        end = time.monotonic() + SLICE_SECONDS
        while self._waiting:
            phone = self._registry.phones.get(self._waiting.pop())
            if phone is None:  # it was forgotten meanwhile
                continue
            try:
                older = self._urls.for_phone(phone) != phone.sent_url
            except Trouble as trouble:
                # Our own address is not known for the moment: a cable is out, or F5 was pressed.
                older = phone.older or trouble.code != KNOWN_LATER
            if older is not phone.older and phone.has_url:
                phone.outdated(older)
                self._registry.changed.add(phone.key)
            if time.monotonic() > end:
                break
        return bool(self._waiting)
