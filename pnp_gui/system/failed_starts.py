"""Counts the starts in a row that failed while the data was read or first shown.

A start failed if an exception ended it, if faulthandler wrote down a crash, or if its watchdog did
because the window was not ready within a minute. `kill -9`, a power cut and an orderly end leave
none of these, however often they come.
"""

from __future__ import annotations

import faulthandler
import logging
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pnp_gui.system.own_files import read_own, replace_own

MARK_FILE = "starting"
"""In the data folder from the beginning of a start until its window is ready."""
HUNG_SECONDS = 60.0
"""Seconds after which a start without a ready window counts as hung."""

_MAX_READ = 64 * 1024
_RUNNING = "running"

log = logging.getLogger(__name__)


class FailedStarts:
    """The mark of this start."""

    failed: int
    """Starts in a row that failed before this one."""

    def __init__(self, folder: Path, *, crashed: bool) -> None:
        """Read the mark that the last start left. `crashed`: faulthandler wrote down a crash."""
        self._path = folder / MARK_FILE
        self._file: BinaryIO | None = None
        self._ready = False
        line, _, watchdog = self._read().partition("\n")
        count, _, running = line.partition(" ")
        self.failed = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
        if running == _RUNNING and (crashed or watchdog):
            self.failed += 1
            if watchdog:
                log.error("the window of the last start was not ready in time:\n%s", watchdog)

    def start(self) -> None:
        """Mark this start as running, and set the watchdog."""
        self._write(f"{self.failed} {_RUNNING}\n")
        if self._file is not None:
            faulthandler.dump_traceback_later(HUNG_SECONDS, file=self._file)

    def window_ready(self) -> None:
        """The window is painted: this start has not failed, whatever happens now."""
        self._ready = True
        self._remove()

    def close(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """The program ends, with this exception or in order (a callback of `ExitStack.push`)."""
        del error, trace
        if self._ready:
            return
        if kind is not None and issubclass(kind, Exception):
            self.failed += 1
        self._remove()
        if self.failed:
            self._write(f"{self.failed} ended\n")
            self._close_file()

    def _read(self) -> str:
        try:
            return read_own(self._path, _MAX_READ)
        except OSError:
            return ""

    def _write(self, text: str) -> None:
        try:
            self._file = replace_own(self._path)
            self._file.write(text.encode())
        except OSError as error:
            log.info("failed starts are not counted in %s: %s", self._path, error)

    def _remove(self) -> None:
        self._close_file()
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log.info("%s cannot be deleted: %s", self._path, error)

    def _close_file(self) -> None:
        if self._file is not None:
            faulthandler.cancel_dump_traceback_later()
            self._file.close()
            self._file = None
