"""The screen that the window needs, and Qt's messages about it and everything else.

Qt raises no error without a screen: it writes several lines and aborts the process, on Windows
after showing a box. But it calls its message handler first.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pnp_gui.system.console import print_error
from pnp_gui.system.libraries import missing_libraries
from pnp_gui.system.log_file import is_worth_logging
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtGui import QGuiApplication

logger = logging.getLogger(__name__)

_VARIABLES = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
MAX_MESSAGES = 200
"""Different messages that are counted; with more, counting starts again."""

_counts: Counter[str] = Counter()
"""A warning may come back with every frame or every move of the mouse."""


def choose_screen(*, needed: bool) -> None:
    """Draw into memory where there is no screen; raises `Trouble` if one is `needed`."""
    if sys.platform != "linux" or any(map(os.environ.get, _VARIABLES)):
        return
    if needed:
        raise Trouble(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start the "
            "program in a desktop session, or try --self-test."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


@contextmanager
def opening_screen(undo: Callable[[], None]) -> Iterator[None]:
    """To be entered while QApplication is made. Without a screen the program ends here, with 2,
    after `undo`; with one, what Qt wrote about others is dropped, and from then on its messages go
    to the log."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    messages: list[str] = []

    def handle(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        messages.append(text)
        if kind == QtMsgType.QtFatalMsg or (sys.platform == "win32" and "platform plugin" in text):
            trouble = _no_screen(" ".join(" ".join(messages).split()))
            print_error(f"pnp-gui: {trouble}")
            logger.error("%s", trouble)
            with suppress(Exception):
                undo()
            # There is no way back into Python: Qt aborts as soon as this returns.
            os._exit(2)

    qInstallMessageHandler(handle)
    yield
    qInstallMessageHandler(log_message)


def log_message(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
    """Write a message of Qt to our log (for `qInstallMessageHandler`)."""
    if len(_counts) >= MAX_MESSAGES:
        _counts.clear()
    _counts[text] += 1
    count = _counts[text]
    if is_worth_logging(count):
        shown = text if count == 1 else f"{text} (no. {count})"
        level: int = getattr(logging, kind.name[2:-3].upper())  # QtWarningMsg: WARNING
        logging.getLogger("qt").log(level, "%s", shown)


def check_screen(app: QGuiApplication) -> None:
    """Raises `Trouble` where Qt started without any screen (linuxfb without a frame buffer)."""
    if app.primaryScreen() is None:
        raise _no_screen(Text("no display found"))


def _no_screen(message: str) -> Trouble:
    """Why there is no screen, after Qt's `message`, and what to do."""
    missing = missing_libraries(wayland='plugin "wayland"' in message)
    if missing:
        return missing
    tried = " ".join(f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ)
    if sys.platform == "linux" and tried:
        return Trouble(
            "No display can be opened ({tried}). Start the program in a desktop session, as "
            "the user of that session, and check these variables.",
            tried=tried,
        )
    return Trouble(
        "The window cannot be shown ({message}). Unpack the whole zip again to a short path.",
        message=message,
    )
