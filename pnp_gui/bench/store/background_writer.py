"""Writes sightings and history in a thread of its own, so that no phone waits for the disk.

What is handed over is written in slices; between two of them whoever else needs the file gets it.
What cannot be written stays here, and `trouble` says why; nothing is tried again until more is
handed over or the rest is taken back.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from pnp_gui.trouble import Trouble

Row = Sequence[object]

SLICE_ROWS = 2048
"""Rows, and as many lines, that are written at once, some 15 ms: of 512 each, the transactions took
as long as the lines."""
PAUSE = 0.001
"""Seconds between two slices: a lock is not given to whoever waits, but to whoever comes."""


class BackgroundWriter:
    """What waits for the disk, and the thread that takes it there."""

    def __init__(
        self,
        write: Callable[[Iterable[Row], Sequence[Row]], None],
        file: threading.RLock,
        most_lines: int,
    ) -> None:
        """`write` is called in the thread: all of it is in the file when it returns, or none of it
        and it raises `Trouble`. `file` is held by whoever uses the file, also while a slice is
        neither here nor there. Of more than `most_lines` the oldest are lost."""
        self._write = write
        self._file = file
        self._rows: dict[str, Row] = {}
        self._lines: deque[Row] = deque(maxlen=most_lines)
        self._lock = threading.Lock()
        """Over what waits; held for a moment only, never while anything is written."""
        self._due = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None
        self._trouble: Trouble | None = None

    @property
    def trouble(self) -> Trouble | None:
        """Why the last slice could not be written."""
        return self._trouble

    def hand(self, rows: Mapping[str, Row], lines: Iterable[Row]) -> None:
        """Have these written. A row takes the place of an older one with its key."""
        with self._lock:
            self._rows.update(rows)
            self._lines.extend(lines)
            self._trouble = None
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="store", daemon=True)
            self._thread.start()
        self._due.set()

    def take_back(self) -> tuple[dict[str, Row], list[Row]]:
        """What is not written yet. The caller holds the file."""
        with self._lock:
            rows, lines = self._rows, list(self._lines)
            self._rows = {}
            self._lines.clear()
            self._trouble = None
        return rows, lines

    def keep(self, rows: Mapping[str, Row], lines: Sequence[Row], trouble: Trouble | None) -> None:
        """These could not be written, and wait again, before what came since."""
        with self._lock:
            self._rows = {**rows, **self._rows}
            room = (self._lines.maxlen or 0) - len(self._lines)
            self._lines.extendleft(reversed(lines[max(0, len(lines) - room) :]))
            self._trouble = trouble

    def drop(self, keys: Iterable[str]) -> None:
        """Write no row of these. The caller holds the file."""
        with self._lock:
            for key in keys:
                self._rows.pop(key, None)

    def waiting_lines(self) -> list[Row]:
        """The lines that wait, the oldest first. The caller holds the file."""
        with self._lock:
            return list(self._lines)

    def end(self) -> None:
        """Stop the thread; what was not written is lost."""
        self._ending = True
        self._due.set()
        if self._thread is not None:
            self._thread.join()

    def _write_slice(self) -> bool:
        """Write the next slice; False when there is none or it could not be written."""
        with self._lock:
            rows = dict(islice(self._rows.items(), SLICE_ROWS))
            lines = list(islice(self._lines, SLICE_ROWS))
            for key in rows:
                del self._rows[key]
            if not self._rows:
                self._rows = {}  # one that was emptied keeps its room
            for _ in lines:
                self._lines.popleft()
        if not (rows or lines):
            return False
        try:
            self._write(rows.values(), lines)
        except Trouble as trouble:
            self.keep(rows, lines, trouble)
            return False
        except BaseException:
            # A fault of our own ends the thread; the next that is handed over begins another.
            self.keep(rows, lines, None)
            raise
        return True

    def _run(self) -> None:
        while not self._ending:
            self._due.wait()
            self._due.clear()
            more = True
            while more and not self._ending:
                with self._file:
                    more = self._write_slice()
                time.sleep(PAUSE)
