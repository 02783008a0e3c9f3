"""The demo's phones fetch their files once they took a URL, each in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from pnp_gui.demo.fetching import fetch
from pnp_gui.demo.phone import SimulatedPhone

logger = logging.getLogger(__name__)

DELAY = 1.5
"""Seconds from taking a URL to the first request; a real phone takes some more."""
SLOW_PACE = 250_000.0
"""Bytes a second of a phone that writes to its flash what it loads."""


class Fetchers:
    """Starts the threads, and ends them."""

    def __init__(self, files: Callable[[SimulatedPhone, str], Sequence[tuple[str, bool]]]) -> None:
        """`files`: what a phone asks for when it took this URL, in order, and whether slowly. It
        is called in a thread."""
        self._files = files
        self._stop = threading.Event()
        self._threads: dict[str, threading.Thread] = {}
        """By the phone's address: it does not fetch twice at once."""

    def attach(self, phone: SimulatedPhone) -> None:
        """From now on it fetches."""
        phone.took = partial(self._took, phone)

    def stop(self) -> None:
        """End all; returns when they have ended, or after some seconds."""
        self._stop.set()
        for thread in self._threads.values():
            thread.join(timeout=2)

    def _took(self, phone: SimulatedPhone, url: str) -> None:
        running = self._threads.get(phone.address[0])
        if running is not None and running.is_alive():
            return
        thread = threading.Thread(
            target=self._run, args=(phone, url), name="demo files", daemon=True
        )
        self._threads[phone.address[0]] = thread
        thread.start()

    def _run(self, phone: SimulatedPhone, url: str) -> None:
        shape = phone.shape
        agent = f"{shape.make} {shape.model} {shape.version} {phone.mac.lower()}"
        if self._stop.wait(DELAY):
            return
        for each, slowly in self._files(phone, url):
            try:
                pace = SLOW_PACE if slowly else 0.0
                fetch(each, phone.address[0], agent, stop=self._stop, pace=pace)
            except (OSError, ValueError) as error:
                # Nothing is served, or it is not approved any more: as a phone, it goes on.
                logger.debug("%s: %s: %s", phone.mac, each, error)
            if self._stop.is_set():
                return
