"""A crash that Python cannot catch (in Qt, in the C library) is reported at the next start.

Python's faulthandler writes the stack of each thread to a file in the data folder. An orderly end
deletes it; if it is there at the next start and not empty, the last run crashed. Its content alone
proves nothing on Windows, where faulthandler also writes about exceptions that the system handles.
"""

from __future__ import annotations

import faulthandler
import logging
import time
from pathlib import Path
from typing import BinaryIO

from pnp_gui.system.own_files import NotAFileError, read_own, replace_own
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

CRASH_FILE = "pnp-bench-crash.log"
MAX_READ = 64 * 1024
"""Bytes of it that are read."""

logger = logging.getLogger(__name__)


class CrashLog:
    """The file of this run."""

    trouble: Trouble | None
    """What to report of the last run, or why a crash in this one cannot be written down."""

    def __init__(self, folder: Path) -> None:
        """Write crashes to the file in `folder`, which this program has claimed."""
        self._path = folder / CRASH_FILE
        self._file: BinaryIO | None = None
        self.trouble = None
        try:
            self.trouble = self._last_crash()
            self._file = replace_own(self._path)
        except NotAFileError as error:
            self.trouble = Trouble(
                "{path} is a link, a pipe or a folder, not a file: a crash in this run cannot "
                "be recorded. Delete it and start the program again.",
                code="crash_file",
                path=printable(str(error.path)),
            )
            logger.warning("%s", self.trouble)
        except OSError as error:
            logger.warning("No file for crashes in %s: %s", folder, error)
        else:
            faulthandler.enable(self._file)

    def close(self) -> None:
        """The program ends in order: delete the file."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        try:
            text = self._read()
            if text:
                logger.warning("the system reported this, and the program went on:\n%s", text)
            self._path.unlink()
        except OSError as error:
            logger.warning("%s cannot be deleted: %s", self._path, error)

    def _last_crash(self) -> Trouble | None:
        try:
            text = self._read()
            when = time.localtime(self._path.lstat().st_mtime)
        except (FileNotFoundError, PermissionError):
            return None
        if not text:
            return None
        logger.error("the last run ended with a crash:\n%s", text)
        return Trouble(
            "PnP Bench crashed at {when}. Your decisions are kept. Please copy the details and "
            "report them.",
            code="crashed",
            action="copy_details",
            when=time.strftime("%Y-%m-%d %H:%M", when),
            details=text,
        )

    def _read(self) -> str:
        return read_own(self._path, MAX_READ).strip()
