"""The working parts put together: store, bench, responder, pump. The window is not among them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.store import settings
from pnp_gui.bench.store.store import Store
from pnp_gui.net.neighbours import known_macs
from pnp_gui.net.pump import Pump
from pnp_gui.pnp.events import Event
from pnp_gui.pnp.responder import Responder
from pnp_gui.system import clock
from pnp_gui.system.file_reading import read_file
from pnp_gui.system.idle_work import IdleWork
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from pnp_gui.bench.sheet.sheet import BadLine


class Session:
    """One run of the program, with or without a window."""

    def __init__(
        self,
        folder: Path,
        changed: Callable[[], None] = lambda: None,
        claim: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the store in `folder`; `changed` is called when the state of listening changes.
        `claim`: see `Store.open`."""
        self.store = Store.open(folder, background=True, claim=claim)
        self.bench = Bench(self.store, monotonic=clock.seconds)
        self.responder = Responder(self.bench.url_for, new_ids().__next__, self.bench.has_room)
        self.pump = Pump(self.responder, self._absorb, changed, clock=clock.seconds)
        self._slices = IdleWork()
        self.bench.attach(self.pump, self._slices.run)
        self.bench.attach_neighbours(lambda: known_macs(self.pump.state.joined))

    def listen(self, interfaces: Sequence[str], port: int) -> None:
        """Listen on these interfaces; without any, on those chosen last time."""
        self.pump.listen(
            list(interfaces) or self.store.setting(settings.INTERFACES, []) or None, port
        )

    def take_sheet(self, path: Path) -> list[BadLine]:
        """Apply the good lines of a sheet and give back the bad ones. Raises `Trouble`."""
        # When there is one: 3 ms of every start.
        from pnp_gui.bench.sheet.sheet import MAX_BYTES, read_sheet

        good, bad = read_sheet(read_file(path, MAX_BYTES, code="sheet"))
        if bad and not bad[0].number:
            raise Trouble(
                "{path}: {reason}", code="sheet", path=printable(str(path)), reason=bad[0].reason
            )
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
