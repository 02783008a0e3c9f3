"""The working parts put together: store, bench, responder, pump. The window is not among them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.bench import settings
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store import Store
from pnp_gui.net.neighbours import known_macs
from pnp_gui.net.pump import Pump
from pnp_gui.pnp.events import Event
from pnp_gui.pnp.responder import Responder
from pnp_gui.slices import Slices
from pnp_gui.system import clock
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.sheet import BadLine

MAX_SHEET = 16 * 1024 * 1024
"""Bytes of a sheet that are read."""


class Session:
    """One run of the program, with or without a window."""

    def __init__(self, folder: Path, changed: Callable[[], None] = lambda: None) -> None:
        """Open the store in `folder`; `changed` is called when the state of listening changes."""
        self.store = Store.open(folder, behind=True)
        self.bench = Bench(self.store, monotonic=clock.seconds)
        self.responder = Responder(self.bench.url_for, new_ids().__next__, self.bench.has_room)
        self.pump = Pump(self.responder, self._absorb, changed, clock=clock.seconds)
        self._slices = Slices()
        self.bench.attach(self.pump, self._slices.run)
        self.bench.attach_neighbours(lambda: known_macs(self.pump.state.joined))

    def listen(self, interfaces: Sequence[str], port: int) -> None:
        """Listen on these interfaces; without any, on those chosen last time."""
        self.pump.listen(
            list(interfaces) or self.store.setting(settings.INTERFACES, []) or None, port
        )

    def take_sheet(self, path: Path) -> list[BadLine]:
        """Apply the good lines of a sheet and give back the bad ones. Raises `Trouble`."""
        from pnp_gui.bench.sheet import read_sheet  # when there is one: 3 ms of every start

        try:
            with path.open("rb") as file:
                data = file.read(MAX_SHEET + 1)
        except OSError as error:
            raise Trouble(
                "The sheet {path} cannot be read: {error}.",
                code="sheet",
                path=path,
                error=error.strerror or error,
            ) from None
        if len(data) > MAX_SHEET:
            raise Trouble("The sheet {path} is larger than 16 MB.", code="sheet", path=path)
        good, bad = read_sheet(data)
        self.bench.apply_sheet(good)
        return bad

    def close(self) -> None:
        """Stop answering, then save."""
        self._slices.stop()
        self.pump.close()
        self.bench.close()

    def _absorb(self, events: Sequence[Event]) -> None:
        self.bench.absorb(events)


def new_ids() -> Iterator[str]:
    """Unguessable tokens of 16 hex digits without end. The system is asked for 256 at once, which
    takes a tenth of the time that one by one would."""
    while True:
        text = os.urandom(256 * 8).hex()
        for start in range(0, len(text), 16):
            yield text[start : start + 16]
