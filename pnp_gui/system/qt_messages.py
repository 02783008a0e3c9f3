"""Qt's own messages go to our log."""

from __future__ import annotations

import logging
from collections import Counter

from PySide6.QtCore import QMessageLogContext, QtMsgType

from pnp_gui.system.log_file import is_worth_logging

MAX_MESSAGES = 200
"""Different messages that are counted; with more, counting starts again."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_counts: Counter[str] = Counter()
"""A warning may come back with every frame or every move of the mouse."""


def log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """For `qInstallMessageHandler`."""
    del context
    if len(_counts) >= MAX_MESSAGES:
        _counts.clear()
    _counts[text] += 1
    count = _counts[text]
    if is_worth_logging(count):
        shown = text if count == 1 else f"{text} (no. {count})"
        logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", shown)
