"""Counts the starts in a row that failed while the data was read or first shown.

A start counts as failed only where something of its own says so: an exception that ended it, a
crash that faulthandler wrote down, or its watchdog, when the window did not stand within a minute.
`kill -9`, a power cut and an orderly end leave none of these, however often they come.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import IO

MARK_FILE = "starting"
"""In the data folder from the beginning of a start until its window stands."""

HUNG_SECONDS = 60.0
"""Seconds until a start whose window does not stand counts as hung."""

_MAX_READ = 64 * 1024
_RUNNING = "running"
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

log = logging.getLogger(__name__)


class FailedStarts:
    """The mark of this start."""

    failed: int
    """Starts in a row that failed before this one."""

    def __init__(self, folder: Path, *, crashed: bool) -> None:
        """Read the mark that is left. `crashed`: faulthandler wrote of the run before."""
        self._path = folder / MARK_FILE
        self._file: IO[bytes] | None = None
        self._stood = False
        line, _, watchdog = self._read().partition("\n")
        count, _, running = line.partition(" ")
        self.failed = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
        if running == _RUNNING and (crashed or watchdog):
            self.failed += 1
            if watchdog:
                log.error("the window of the last start did not stand:\n%s", watchdog)

    def begin(self) -> None:
        """From now on this start may fail."""
        self._write(f"{self.failed} {_RUNNING}\n")
        if self._file is not None:
            faulthandler.dump_traceback_later(HUNG_SECONDS, file=self._file)

    def stood(self) -> None:
        """The window was painted and stands: this start has not failed, whatever comes."""
        self._stood = True
        self._remove()

    def end(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """The program ends, by this exception or in order (an exit callback)."""
        del error, trace
        if self._stood:
            return
        if kind is not None and issubclass(kind, Exception):
            self.failed += 1
        self._remove()
        if self.failed:
            self._write(f"{self.failed} ended\n")
            self._close()

    def _read(self) -> str:
        try:
            number = os.open(self._path, _FLAGS)
        except OSError:
            return ""
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                return ""
            return file.read(_MAX_READ).decode("utf-8", "replace")

    def _write(self, text: str) -> None:
        try:
            self._path.unlink(missing_ok=True)
            # A new file: never one that a link leads to.
            number = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(number, "wb", buffering=0)
            self._file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            log.info("failed starts are not counted in %s: %s", self._path, error)

    def _remove(self) -> None:
        self._close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            log.info("%s stays: %s", self._path, error)

    def _close(self) -> None:
        if self._file is not None:
            faulthandler.cancel_dump_traceback_later()
            self._file.close()
            self._file = None
