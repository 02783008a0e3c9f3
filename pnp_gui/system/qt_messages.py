"""What Qt itself has to say goes into our log."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType

from pnp_gui.system.repeats import Repeats, worth_telling

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """For `qInstallMessageHandler`."""
    del context
    count = _repeats.count(text)
    if worth_telling(count):
        words = text if count == 1 else f"{text} (no. {count})"
        logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", words)


_repeats = Repeats()
"""A warning of Qt's may come back with every frame."""
