"""Python's logging: into a file in the data folder, and with -v to standard error. A thread each
writes them, so that a disk or a reader that hangs stops nothing else.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pnp_gui.system.file_reading import reason
from pnp_gui.system.mask import mask_text
from pnp_gui.system.output import WriterThread
from pnp_gui.system.own_files import open_own
from pnp_gui.system.printable import printable_lines
from pnp_gui.trouble import Trouble

LOG_FILE = "pnp-bench.log"
MAX_LOG = 1_000_000
"""Bytes of one log file; two older ones are kept."""
EACH_LOGGED = 3
"""How many of the same errors are logged one by one."""

logger = logging.getLogger(__name__)


def is_worth_logging(count: int) -> bool:
    """Whether to log the `count`-th of the same errors: the first few, then the 10th, 100th …"""
    return count <= EACH_LOGGED or str(count).strip("0") == "1"


class PrintableFormatter(logging.Formatter):
    """Escapes what is not printable, and indents further lines: no text can forge a log line."""

    def format(self, record: logging.LogRecord) -> str:
        return printable_lines(super().format(record))


class MaskedFormatter(PrintableFormatter):
    """Masks user name and password in URLs: the log file is sent to those who give support."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record))


class ErrorOutputHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Standard error, which does not block (`system/output.py`)."""

    def flush(self) -> None:
        """Wait for nobody."""


class LogFile(RotatingFileHandler):
    """The file. Lines that the disk does not take are lost; the window reports a full disk."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when it cannot be opened."""
        super().__init__(
            path, maxBytes=MAX_LOG, backupCount=2, encoding="utf-8", errors="backslashreplace"
        )
        self._writer = WriterThread(self._write, "log file")

    def emit(self, record: logging.LogRecord) -> None:
        """Queue the record for the thread."""
        try:
            self._writer.put(self.format(record) + "\n")
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Write what is queued, and close the file unless the disk hangs."""
        flushed = True
        with suppress(OSError):
            flushed = self._writer.flush()
        if not flushed:
            # The thread still uses the stream, which Python's logging would close at its end.
            self.stream = None
        super().close()

    def doRollover(self) -> None:
        """Where the older files cannot be renamed (on Windows, while somebody reads one), the file
        goes on growing instead of losing every line from now on."""
        try:
            super().doRollover()
        except OSError:
            self.maxBytes += MAX_LOG

    def _open(self) -> TextIOWrapper:
        """Only a file of our own, which only this user may read."""
        number = open_own(Path(self.baseFilename), os.O_WRONLY | os.O_APPEND, alone=True)
        return TextIOWrapper(os.fdopen(number, "ab"), self.encoding, self.errors)

    def _write(self, text: str) -> None:
        """Called in the thread, which alone writes to the stream. Raises OSError."""
        stream = self._stream()
        if stream.seek(0, os.SEEK_END) + len(text) > self.maxBytes:
            self.doRollover()
            stream = self._stream()
        stream.write(text)
        stream.flush()

    def _stream(self) -> TextIOWrapper:
        """Open again after a rollover that failed, and where the file was removed or renamed; as
        long as that fails, the one that is open goes on."""
        if self.stream is None:
            self.stream = self._open()
        elif not self._has_its_name(self.stream):
            with suppress(OSError):
                old, self.stream = self.stream, self._open()
                old.close()
        return self.stream

    def _has_its_name(self, stream: TextIOWrapper) -> bool:
        with suppress(OSError):
            return os.path.samestat(Path(self.baseFilename).stat(), os.fstat(stream.fileno()))
        return False


def start_logging(
    folder: Path | None, *, verbose: bool
) -> tuple[Callable[[], None], Trouble | None]:
    """Log to `folder`/pnp-bench.log and, if verbose, log every datagram to standard error. Returns
    what closes the file, and why there is none."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    if verbose and sys.stderr is not None:
        output = ErrorOutputHandler(sys.stderr)
        output.setFormatter(PrintableFormatter("%(asctime)s %(message)s"))
        root.addHandler(output)
        logging.getLogger("pnp_gui").setLevel(logging.DEBUG)
    # Without any handler, Python itself would write warnings to standard error.
    root.addHandler(logging.NullHandler())
    if folder is None:
        return lambda: None, None
    path = folder / LOG_FILE
    try:
        file = LogFile(path)
    except OSError as error:
        trouble = Trouble(
            "The log file {path} cannot be written: {error}. Everything else works, but only the "
            "window's own log (F9) shows what happens.",
            code="log_file",
            path=path,
            error=reason(error),
        )
        logger.warning("%s", trouble)
        return lambda: None, trouble
    file.setLevel(logging.INFO)
    file.setFormatter(MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)

    def close() -> None:
        root.removeHandler(file)
        file.close()

    return close, None
