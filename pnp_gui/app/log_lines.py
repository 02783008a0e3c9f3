"""Brings what the program tells of itself into the log that the window shows.

Network ports that come and go, a port that is taken, faults of our own: they are written by the
rooms below with Python's logging, and belong between the phones' lines.
"""

from __future__ import annotations

import logging
import threading

from pnp_gui.bench.record.log import Level, Log

TRAFFIC = "pnp_gui.traffic"
"""Every datagram, with -v; the window has them already."""


class LogLines(logging.Handler):
    """Attach it to the root logger; `close` it before the window goes."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One line. Records of other threads are left to the log file: the log knows one thread."""
        if record.name == TRAFFIC or threading.current_thread() is not threading.main_thread():
            return
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = f"{text}: {type(error).__name__}: {error}"
        # Braces in the text are its own: it is a value, not a template.
        self._log.add(record.created, _level(record.levelno), "{text}", {"text": text})


def _level(number: int) -> Level:
    if number >= logging.ERROR:
        return Level.ERROR
    return Level.WARNING if number >= logging.WARNING else Level.INFO
