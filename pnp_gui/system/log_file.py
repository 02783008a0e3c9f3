"""Where messages about the program itself go: a file in the data folder, and with -v to standard
error. A windowed program on Windows may have no standard error at all.

Nobody waits for either: both are written by a thread each, and a disk or a reader that hangs stops
nothing else.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pnp_gui.system.mask import mask_text
from pnp_gui.system.output import Outlet, QueuedHandler
from pnp_gui.system.own_files import open_own
from pnp_gui.system.printable import printable_lines
from pnp_gui.trouble import Trouble

LOG_FILE = "pnp-bench.log"
MAX_LOG = 1_000_000
"""Bytes of one log file; two older ones are kept."""

log = logging.getLogger(__name__)


class PrintableFormatter(logging.Formatter):
    """What phones say is text, and no line of theirs poses as one of the log's."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, traceback and all."""
        return printable_lines(super().format(record))


class MaskedFormatter(PrintableFormatter):
    """User and password in URLs stay out of the file: it goes to whoever helps."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, traceback and all."""
        return mask_text(super().format(record))


class LogFile(RotatingFileHandler):
    """The file. What it will not take is lost without a word: a full disk is said in the window."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when it cannot be opened."""
        super().__init__(
            path, maxBytes=MAX_LOG, backupCount=2, encoding="utf-8", errors="backslashreplace"
        )
        self._outlet = Outlet(self._write, "log file")

    def _open(self) -> TextIOWrapper:
        """Only a file of ours is written, for this user's eyes."""
        number = open_own(Path(self.baseFilename), os.O_WRONLY | os.O_APPEND, alone=True)
        return TextIOWrapper(os.fdopen(number, "ab"), self.encoding, self.errors)

    def put(self, text: str) -> None:
        """Have a message written, which ends in a line end. Never waits."""
        self._outlet.put(text)

    def end(self) -> None:
        """Give the disk some time, then close the file, or leave it to a disk that hangs."""
        if self._outlet.settle():
            self.close()
        else:
            # The thread holds both still; Python's logging would wait for them at its end.
            self.stream = None
            self.createLock()

    def _write(self, text: str) -> None:
        # Without the handler's lock, which others would wait for: nobody else writes.
        self.emit(logging.makeLogRecord({"msg": text.removesuffix("\n")}))

    def doRollover(self) -> None:
        """Where the older ones cannot be moved (under Windows, while somebody reads one), the file
        goes on to grow instead of losing every line from now on."""
        try:
            super().doRollover()
        except OSError:
            self.maxBytes += MAX_LOG

    def handleError(self, record: logging.LogRecord) -> None:
        """Python would write a traceback for each record to standard error."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def start_logging(
    folder: Path | None, *, verbose: bool
) -> tuple[Callable[[], None], Trouble | None]:
    """Send records to `folder`/pnp-bench.log and, if verbose, with every datagram to stderr.

    What is given back ends the file, and says why there is none.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    if verbose and sys.stderr is not None:
        screen = QueuedHandler(sys.stderr.write)
        screen.setFormatter(PrintableFormatter("%(asctime)s %(message)s"))
        root.addHandler(screen)
        logging.getLogger("pnp_gui").setLevel(logging.DEBUG)
    # Without any handler, Python would write warnings to standard error in its own way.
    root.addHandler(logging.NullHandler())
    if folder is None:
        return _nothing, None
    path = folder / LOG_FILE
    try:
        file = LogFile(path)
    except OSError as error:
        trouble = Trouble(
            "The log file {path} cannot be written: {error}. All else works; what happens is only "
            "in the window's own log (F9).",
            code="log_file",
            path=path,
            error=error.strerror or error,
        )
        log.warning("%s", trouble)
        return _nothing, trouble
    handler = QueuedHandler(file.put)
    handler.setLevel(logging.INFO)
    handler.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)

    def end() -> None:
        root.removeHandler(handler)
        file.end()

    return end, None


def _nothing() -> None:
    """There is no file to end."""
