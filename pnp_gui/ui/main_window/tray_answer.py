"""Whether the desktop's tray answers. Qt waits for it, up to 25 s each time; meanwhile no phone is
answered, and a tray that hangs hangs for longer than that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject

_TRAY = "org.kde.StatusNotifierWatcher"
"""The name on the session bus of what shows tray icons."""


def when_tray_answers(do: Callable[[], None], parent: QObject) -> None:
    """Call `do` when the tray has answered, or where there is none to wait for; else never."""
    if sys.platform == "linux":
        from PySide6.QtDBus import (
            QDBusConnection,
            QDBusError,
            QDBusMessage,
            QDBusPendingCallWatcher,
        )

        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            ping = QDBusMessage.createMethodCall(_TRAY, "/", "org.freedesktop.DBus.Peer", "Ping")
            call = QDBusPendingCallWatcher(bus.asyncCall(ping), parent)

            def answered() -> None:
                call.deleteLater()
                if call.error().type() != QDBusError.ErrorType.NoReply:
                    do()

            call.finished.connect(answered)
            return
    do()
