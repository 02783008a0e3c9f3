"""The screen that the window needs: where there is none, one line says what to do.

Qt does not tell its caller that it has no screen: it writes several lines and aborts the process,
under Windows behind a box of its own. But it tells its message handler first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from pnp_gui.system.console import complain
from pnp_gui.system.libraries import missing_libraries
from pnp_gui.system.qt_messages import log_message
from pnp_gui.trouble import Trouble

_VARIABLES = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")


def choose_screen(*, needed: bool) -> None:
    """Do without a screen where there is none; raises `Trouble` when one is `needed`."""
    if sys.platform != "linux" or any(map(os.environ.get, _VARIABLES)):
        return
    if needed:
        raise Trouble(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); start it in a "
            "desktop session, or try --self-test."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


@contextmanager
def opening_screen() -> Iterator[None]:
    """Around the making of the QApplication. Without a screen the program ends here, with 2.

    What Qt says of screens that it tried in vain is of no use once it has one. From then on its
    messages are in the log.
    """
    said: list[str] = []

    def listen(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        said.append(text)
        if kind == QtMsgType.QtFatalMsg or (sys.platform == "win32" and "platform plugin" in text):
            complain(f"pnp-gui: {_no_screen(' '.join(' '.join(said).split()))}")
            # There is no way back into Python: Qt aborts as soon as this returns.
            os._exit(2)

    qInstallMessageHandler(listen)
    yield
    qInstallMessageHandler(log_message)


def _no_screen(said: str) -> Trouble:
    """Why Qt, which said this, has no screen, and what to do."""
    missing = missing_libraries(wayland='plugin "wayland"' in said)
    if missing:
        return missing
    tried = " ".join(f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ)
    if sys.platform == "linux" and tried:
        return Trouble(
            "No screen answers ({tried}). Start it in a desktop session, as its user, and look "
            "whether these variables are right.",
            tried=tried,
        )
    return Trouble(
        "The window cannot be shown ({said}). Unpack the program again, whole, to a short path.",
        said=said,
    )
