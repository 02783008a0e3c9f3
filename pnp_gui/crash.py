"""A crash that Python cannot catch (in Qt, in the C library): told at the next start.

Python's faulthandler writes where each thread was into a file in the data folder, for a windowed
program has no standard error. The file is gone when the program ends in order; so one with
something in it says that the run before did not. On Windows that alone would not do: there the
handler also writes of exceptions that the system itself then mends.
"""

from __future__ import annotations

import faulthandler
import logging
import time
from pathlib import Path
from typing import IO

from pnp_gui.trouble import Trouble

CRASH_FILE = "pnp-bench-crash.log"
MAX_READ = 64 * 1024
"""Bytes of it that are read."""

log = logging.getLogger(__name__)


class CrashLog:
    """The file of this run. `trouble` tells of the run before."""

    trouble: Trouble | None
    """What the window has to say about the run before."""

    def __init__(self, folder: Path) -> None:
        """From now on crashes are written to the file in `folder`, which nobody else may use."""
        self._path = folder / CRASH_FILE
        self._file: IO[bytes] | None = None
        self.trouble = self._left()
        try:
            self._file = self._path.open("wb")
        except OSError as error:
            log.warning("No file for crashes in %s: %s", folder, error)
            return
        faulthandler.enable(self._file)

    def close(self) -> None:
        """The program ends in order."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        try:
            text = self._read()
            if text:
                log.warning("the system told of this, and the program went on:\n%s", text)
            self._path.unlink()
        except OSError as error:
            log.warning("%s stays: %s", self._path, error)

    def _left(self) -> Trouble | None:
        try:
            text = self._read()
            when = time.localtime(self._path.stat().st_mtime)
        except OSError:
            return None
        if not text:
            return None
        log.error("the last run ended with a crash:\n%s", text)
        return Trouble(
            "PnP Bench ended with a crash at {when}. What you decided is kept. Please copy the "
            "details and report them.",
            code="crashed",
            action="copy_details",
            when=time.strftime("%Y-%m-%d %H:%M", when),
            details=text,
        )

    def _read(self) -> str:
        with self._path.open("rb") as file:
            return file.read(MAX_READ).decode("utf-8", "replace").strip()
