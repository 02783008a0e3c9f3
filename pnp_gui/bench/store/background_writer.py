"""Writes sightings and history in a thread of its own, so that no phone waits for the disk: slice
by slice, between which others may use the file. What cannot be written stays here.
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
"""Rows, and as many history lines, of one transaction: some 15 ms. In smaller slices the
transactions themselves take most of the time."""
PAUSE = 0.001
"""Seconds between two slices: without a pause, this thread takes the lock again at once."""


class BackgroundWriter:
    """What waits to be written, and the thread that writes it."""

    def __init__(
        self,
        write: Callable[[Iterable[Row], Sequence[Row]], None],
        file_lock: threading.RLock,
        max_lines: int,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """`write` is called in the thread. It writes everything, or nothing and raises `Trouble`.
        Whoever uses the file holds `file_lock`. Of more than `max_lines` the oldest are lost.
        `before` is called in the thread before it writes, without the lock."""
        self._write = write
        self._before = before
        self._file_lock = file_lock
        self._rows: dict[str, Row] = {}
        self._lines: deque[Row] = deque(maxlen=max_lines)
        self._lock = threading.Lock()
        """Guards what waits; held for a moment only, never during a write."""
        self._work = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.trouble: Trouble | None = None
        """Why the last slice could not be written: none is until more is submitted."""

    def submit(self, rows: Mapping[str, Row], lines: Iterable[Row]) -> None:
        """Have these written. A row replaces an older one with the same key."""
        with self._lock:
            self._rows.update(rows)
            self._lines.extend(lines)
            self.trouble = None
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="store", daemon=True)
            self._thread.start()
        self._work.set()

    def take_all(self) -> tuple[dict[str, Row], list[Row]]:
        """Everything that is not written yet; the caller writes it. The caller holds the file."""
        with self._lock:
            rows, lines = self._rows, list(self._lines)
            self._rows = {}
            self._lines.clear()
            self.trouble = None
        return rows, lines

    def put_back(
        self, rows: Mapping[str, Row], lines: Sequence[Row], trouble: Trouble | None
    ) -> None:
        """These could not be written: they wait again, before what came since."""
        with self._lock:
            self._rows = {**rows, **self._rows}
            self._lines = deque([*lines, *self._lines], self._lines.maxlen)
            self.trouble = trouble

    def discard(self, keys: Iterable[str]) -> None:
        """Do not write the rows of these keys. The caller holds the file."""
        with self._lock:
            for key in keys:
                self._rows.pop(key, None)

    def waiting_lines(self) -> list[Row]:
        """The history lines that wait, oldest first. The caller holds the file."""
        with self._lock:
            return list(self._lines)

    def stop(self) -> None:
        """End the thread; what is not written is lost."""
        self._stopping = True
        self._work.set()
        if self._thread is not None:
            self._thread.join()

    def _write_slice(self) -> bool:
        """Write the next slice. False: there is none, or it could not be written."""
        with self._lock:
            rows = dict(islice(self._rows.items(), SLICE_ROWS))
            for key in rows:
                del self._rows[key]
            if not self._rows:
                self._rows = {}  # an emptied dict keeps its memory
            lines = [self._lines.popleft() for _ in range(min(SLICE_ROWS, len(self._lines)))]
        if not (rows or lines):
            return False
        try:
            self._write(rows.values(), lines)
        except Trouble as trouble:
            self.put_back(rows, lines, trouble)
            return False
        except BaseException:
            # A bug of ours ends the thread; the next `submit` starts another.
            self.put_back(rows, lines, None)
            raise
        return True

    def _run(self) -> None:
        while not self._stopping:
            self._work.wait()
            self._work.clear()
            self._before()
            more = True
            while more and not self._stopping:
                with self._file_lock:
                    more = self._write_slice()
                time.sleep(PAUSE)
