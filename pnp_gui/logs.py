"""Where messages about the program itself go: a file in the data folder, and with -v to standard
error. A windowed program on Windows may have no standard error at all.
"""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from pnp_gui.bench.mask import mask_text
from pnp_gui.files.own import open_own
from pnp_gui.repeats import Repeats, worth_telling
from pnp_gui.trouble import Trouble

LOG_FILE = "pnp-bench.log"
MAX_LOG = 1_000_000
"""Bytes of one log file; two older ones are kept."""

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class MaskedFormatter(logging.Formatter):
    """User and password in URLs stay out of the file: it goes to whoever helps."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, traceback and all."""
        return mask_text(super().format(record))


class LogFile(RotatingFileHandler):
    """The file. What it will not take is lost without a word: a full disk is said in the window."""

    def _open(self) -> TextIOWrapper:
        """Only a file of ours is written, for this user's eyes."""
        number = open_own(Path(self.baseFilename), os.O_WRONLY | os.O_APPEND, alone=True)
        return TextIOWrapper(os.fdopen(number, "ab"), self.encoding, self.errors)

    def handleError(self, record: logging.LogRecord) -> None:
        """Python would write a traceback for each record to standard error."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def start_logging(folder: Path | None, *, verbose: bool) -> Trouble | None:
    """Send records to `folder`/pnp-bench.log and, if verbose, with every datagram to stderr.

    What is given back says why there is no file.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    form = MaskedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    if verbose and sys.stderr is not None:
        screen = logging.StreamHandler(sys.stderr)
        screen.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        root.addHandler(screen)
        logging.getLogger("pnp_gui").setLevel(logging.DEBUG)
    qInstallMessageHandler(_qt_message)
    if folder is None:
        return None
    path = folder / LOG_FILE
    try:
        file = LogFile(
            path, maxBytes=MAX_LOG, backupCount=2, encoding="utf-8", errors="backslashreplace"
        )
    except OSError as error:
        trouble = Trouble(
            "The log file {path} cannot be written: {error}. All else works; what happens is only "
            "in the window's own log (F9).",
            code="log_file",
            path=path,
            error=error.strerror or error,
        )
        logging.getLogger(__name__).warning("%s", trouble)
        return trouble
    file.setLevel(logging.INFO)
    file.setFormatter(form)
    root.addHandler(file)
    return None


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    del context
    count = _qt_repeats.count(text)
    if worth_telling(count):
        words = text if count == 1 else f"{text} (no. {count})"
        logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", words)


_qt_repeats = Repeats()
"""A warning of Qt's may come back with every frame."""
