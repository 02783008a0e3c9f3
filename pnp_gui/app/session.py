"""The working parts put together, without the window: store, bench, responder, pump."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.store import Store
from pnp_gui.net.neighbours import known_macs
from pnp_gui.net.pump import Pump
from pnp_gui.pnp.responder import Responder
from pnp_gui.system import clock
from pnp_gui.system.idle_work import IdleWork

if TYPE_CHECKING:
    from pnp_gui.bench.sheet.sheet import Remark

TRAFFIC = "pnp_gui.traffic"
"""The logger of every datagram; the window shows them in the trace."""

log = logging.getLogger("pnp_gui.app")


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
        self.pump = Pump(self.responder, self.bench.absorb, changed, clock=clock.seconds)
        self._idle_work = IdleWork()
        self.bench.attach(self.pump, self._idle_work.run)
        self.bench.attach_neighbours(lambda: known_macs(self.pump.state.joined))
        for trouble in self.bench.troubles.values():
            log.warning("%s", trouble)
        # After these: they are in the bench's log already.
        self._log_handler = BenchLogHandler(self.bench.log)
        logging.getLogger().addHandler(self._log_handler)

    def take_sheet(self, path: Path) -> list[Remark]:
        """Apply the good lines of a sheet and return the bad ones. Raises `Trouble`."""
        # Imported only for a sheet: it takes 3 ms.
        from pnp_gui.bench.sheet.checked import checked_sheet

        reading = checked_sheet(path)
        self.bench.apply_sheet(reading.good)
        return reading.bad

    def close(self) -> None:
        """Stop answering, then save."""
        logging.getLogger().removeHandler(self._log_handler)
        self._idle_work.stop()
        self.pump.close()
        self.bench.close()


class BenchLogHandler(logging.Handler):
    """Brings the program's own log records into the log that the window shows.

    Network ports that come and go, a port that is taken, errors of our own: they belong between the
    phones' lines.
    """

    def __init__(self, lines: Log) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line. `Log` takes only the main thread's; others are in the log file alone."""
        if record.name == TRAFFIC or threading.current_thread() is not threading.main_thread():
            return
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = f"{text}: {type(error).__name__}: {error}"
        # A value, not a template: it may contain braces.
        self._lines.add(record.created, _level(record.levelno), "{text}", {"text": text})


def _level(number: int) -> Level:
    if number >= logging.ERROR:
        return Level.ERROR
    return Level.WARNING if number >= logging.WARNING else Level.INFO


def new_ids() -> Iterator[str]:
    """Unguessable tokens of 16 hex digits without end. They are asked of the system 256 at once,
    which takes a tenth of the time of one by one."""
    while True:
        text = os.urandom(256 * 8).hex()
        for start in range(0, len(text), 16):
            yield text[start : start + 16]
