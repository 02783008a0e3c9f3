"""The working parts put together, without the window: store, bench, responder, pump.

Here the arrows of ARCHITECTURE.md that go up are tied: the responder asks `Bench.url_for`, and the
pump hands its events to `Bench.absorb`.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.app.served_files import ServedFiles
from pnp_gui.bench.bench import Bench
from pnp_gui.bench.record.log import Level, Log
from pnp_gui.bench.store.settings import INTERFACES, SHEET_MEANINGS
from pnp_gui.bench.store.store import Store
from pnp_gui.net.interfaces import host_for, is_outside
from pnp_gui.net.neighbours import known_macs
from pnp_gui.net.pump import Pump
from pnp_gui.net.receiver import traffic
from pnp_gui.net.timer import Timer
from pnp_gui.pnp.responder import Responder
from pnp_gui.system import clock
from pnp_gui.system.printable import printable

if TYPE_CHECKING:
    from ipaddress import IPv4Interface

    from pnp_gui.bench.sheet.reading import Reading

logger = logging.getLogger("pnp_gui.app")


class Session:
    """One run of the program, with or without a window; without Qt until `run_in_loop`."""

    def __init__(self, folder: Path, claim: Callable[[], None] = lambda: None) -> None:
        """Open the store in `folder`, which `load` reads. `claim`: see `Store.open`."""
        self.store = Store.open(folder, background=True, claim=claim)
        self.bench = bench = Bench(self.store, monotonic=clock.seconds)
        self.responder = Responder(
            bench.url_for, new_ids().__next__, bench.has_room, bench.resolve_mac
        )
        self.listening_changed: Callable[[], None] = lambda: None
        """Called when the state of listening changes."""
        self._addresses: list[tuple[IPv4Interface, ...]] = []
        """Our addresses on the joined interfaces."""
        self.pump = Pump(self.responder, bench.absorb, self._pump_changed, clock=clock.seconds)
        self._idle_work = IdleWork()
        self.bench.attach(self.pump, self._idle_work.run)
        self.bench.attach_neighbours(lambda: known_macs(self.pump.state.joined))
        self.bench.attach_ports(
            lambda *where: is_outside(self.pump.state.joined, *where),
            lambda *where: host_for(self.pump.state.joined, *where),
        )
        self.files = ServedFiles(bench, self.pump.state, self.pump.tell, folder)
        self._log_handler = BenchLogHandler(self.bench.log)
        logging.getLogger().addHandler(self._log_handler)

    def load(self) -> None:
        """See `Bench.load`."""
        self.bench.load()
        # The troubles are in the bench's log already.
        logging.getLogger().removeHandler(self._log_handler)
        for trouble in self.bench.troubles.values():
            logger.warning("%s", trouble)
        logging.getLogger().addHandler(self._log_handler)

    def run_in_loop(self) -> None:
        """Go on in Qt's loop, now that there is an application object."""
        self.pump.run_in_loop()
        self._idle_work.timer.run_in_loop()

    def chosen_interfaces(self, names: Sequence[str]) -> list[str] | None:
        """These, else the stored choice; None: those chosen by default."""
        stored = self.store.setting(INTERFACES)
        return list(names or stored) or None

    def _pump_changed(self) -> None:
        addresses = [each.addresses for each in self.pump.state.joined]
        if addresses != self._addresses:
            self._addresses = addresses
            self.bench.hosts_changed()
        self.listening_changed()

    def take_sheet(self, path: Path) -> Reading:
        """Apply the good lines of a sheet, and return what was read. Raises `Trouble`."""
        # Imported only for a sheet: it takes 3 ms.
        from pnp_gui.bench.sheet.checked import checked_sheet
        from pnp_gui.bench.sheet.choices import read_choices

        reading = checked_sheet(path, read_choices(self.bench.setting(SHEET_MEANINGS)))
        self.bench.apply_sheet(reading.good)
        logger.info("%s: %s", printable(str(path)), ", ".join(reading.described()))
        return reading

    def close(self) -> None:
        """Stop answering, then save."""
        logging.getLogger().removeHandler(self._log_handler)
        self.files.close()
        self.pump.close()
        self._idle_work.stop()
        self.bench.close()


class BenchLogHandler(logging.Handler):
    """Brings the program's own log records (an interface that goes, an error of our own) into the
    log that the window shows, between the phones' lines."""

    def __init__(self, lines: Log) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Add a line. `Log` takes only the main thread's; others are in the log file alone. The
        window shows datagrams in the trace."""
        if record.name == traffic.name or threading.current_thread() is not threading.main_thread():
            return
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = f"{text}: {type(error).__name__}: {error}"
        level = Level.ERROR if record.levelno >= logging.ERROR else Level.WARNING
        level = level if record.levelno >= logging.WARNING else Level.INFO
        # A value, not a template: it may contain braces.
        self._lines.add(record.created, level, "{text}", {"text": text})


def new_ids() -> Iterator[str]:
    """Unguessable tokens of 16 hex digits without end. They are asked of the system 256 at once,
    which takes a tenth of the time of one by one."""
    while True:
        text = os.urandom(256 * 8).hex()
        for start in range(0, len(text), 16):
            yield text[start : start + 16]


class IdleWork:
    """Long work in slices, which Qt's loop runs when it has nothing else to do."""

    def __init__(self) -> None:
        self._work: deque[Callable[[], bool]] = deque()
        self.timer = Timer(self._run_slice)

    def run(self, do: Callable[[], bool]) -> None:
        """Call `do` again and again, from Qt's loop, until it returns False."""
        self._work.append(do)
        self.timer.start(0)

    def stop(self) -> None:
        """Drop what is not finished."""
        self._work.clear()
        self.timer.stop()

    def _run_slice(self) -> None:
        do = self._work.popleft()
        try:
            if do():
                self._work.append(do)
        finally:
            if not self._work:
                self.timer.stop()
