"""A crash that Python cannot catch (in Qt, in the C library): told at the next start.

Python's faulthandler writes where each thread was into a file in the data folder, for a windowed
program has no standard error. The file is gone when the program ends in order; so one with
something in it says that the run before did not. On Windows that alone would not do: there the
handler also writes of exceptions that the system itself then mends.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import time
from pathlib import Path
from typing import IO

from pnp_gui.system.own_files import NotAFileError, open_own, read_own
from pnp_gui.system.printable import printable
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
        self.trouble = None
        try:
            self.trouble = self._left()
            # Never emptied, but made anew: it may bear another name besides.
            self._path.unlink(missing_ok=True)
            self._file = os.fdopen(open_own(self._path, os.O_WRONLY), "wb")
        except NotAFileError as error:
            self.trouble = _not_a_file(error.path)
            log.warning("%s", self.trouble)
        except OSError as error:
            log.warning("No file for crashes in %s: %s", folder, error)
        else:
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
            when = time.localtime(self._path.lstat().st_mtime)
        except (FileNotFoundError, PermissionError):
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
        return read_own(self._path, MAX_READ).decode("utf-8", "replace").strip()


def _not_a_file(path: Path) -> Trouble:
    return Trouble(
        "{path} is a link, a pipe or a folder, not a file: a crash in this run cannot be noted. "
        "Delete it and start the program again.",
        code="crash_file",
        path=printable(str(path)),
    )
