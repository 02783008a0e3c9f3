"""Counts the starts in a row that failed while the data was opened, read or first shown.

A start failed if an exception ended it, if faulthandler wrote down a crash, or if the watchdog
wrote that the window was not ready within a minute. `kill -9`, a power cut and an orderly end leave
none of these; `_NOT_THE_DATA` does not count.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from pnp_gui.system.own_files import read_own, replace_own
from pnp_gui.trouble import Trouble

MARK_FILE = "starting"
"""In the data folder from the beginning of a start until its window is ready."""
HUNG_SECONDS = 60.0
"""Seconds after which a start without a ready window counts as hung."""

_MAX_READ = 64 * 1024
_RUNNING = "running"

_NOT_THE_DATA = (OSError, MemoryError, Trouble)
"""What the system refuses, and what the technician is told in a sentence."""

logger = logging.getLogger(__name__)


class FailedStarts:
    """The mark of this start."""

    failed: int
    """Starts in a row that failed before this one."""

    def __init__(self, folder: Path, *, crashed: bool) -> None:
        """Read the mark that the last start left. `crashed`: faulthandler wrote down a crash."""
        self._path = folder / MARK_FILE
        self._file: BinaryIO | None = None
        self._ready = False
        self._paused = False
        self._watchdog: threading.Timer | None = None
        left = ""
        with suppress(OSError):
            left = read_own(self._path, _MAX_READ)
        line, _, watchdog = left.partition("\n")
        count, _, running = line.partition(" ")
        self.failed = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
        if running == _RUNNING and (crashed or watchdog):
            self.failed += 1
            if watchdog:
                logger.error("the window of the last start was not ready in time:\n%s", watchdog)

    def start(self) -> None:
        """Mark this start as running, and set the watchdog."""
        self._paused = False
        self._write(f"{self.failed} {_RUNNING}\n")
        if self._file is not None:
            # Not faulthandler's: it reads the stack of a thread that runs, which can crash.
            self._watchdog = threading.Timer(HUNG_SECONDS, self._write_stack, [self._file])
            self._watchdog.daemon = True
            self._watchdog.start()

    def pause(self) -> None:
        """What fails from now on, until `start` is called again, is not the data's fault."""
        self._paused = True
        self._close_file()
        self._write(f"{self.failed} paused\n")
        self._close_file()

    def window_ready(self) -> None:
        """The window is painted: this start has not failed, whatever happens now."""
        self._ready = True
        self._remove()

    def close(self, _: object, error: BaseException | None, __: object) -> None:
        """The program ends, with this exception or in order (a callback of `ExitStack.push`)."""
        if self._ready:
            return
        of_the_data = not self._paused and not isinstance(error, _NOT_THE_DATA)
        if isinstance(error, Exception) and of_the_data:
            self.failed += 1
        self._remove()
        if self.failed:
            self._write(f"{self.failed} ended\n")
            self._close_file()

    def _write(self, text: str) -> None:
        try:
            self._file = replace_own(self._path)
            self._file.write(text.encode())
        except OSError as error:
            logger.info("failed starts are not counted in %s: %s", self._path, error)

    def _write_stack(self, file: BinaryIO) -> None:
        frame = sys._current_frames().get(threading.main_thread().ident or 0)
        text = "".join(traceback.format_stack(frame)) if frame else ""
        try:
            file.write(b"not ready in time\n" + text.encode())
        except (OSError, ValueError) as error:  # ValueError: closed meanwhile
            logger.info("the watchdog cannot write: %s", error)

    def _remove(self) -> None:
        self._close_file()
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            logger.info("%s cannot be deleted: %s", self._path, error)

    def _close_file(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None
        if self._file is not None:
            self._file.close()
            self._file = None
