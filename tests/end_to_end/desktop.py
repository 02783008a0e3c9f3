"""A desktop on a screen and a message bus: ``python -m tests.end_to_end.desktop``, with DISPLAY and
DBUS_SESSION_BUS_ADDRESS.

It has a place for tray icons (StatusNotifierItem) and shows notices (Desktop Notifications), which
it says to read markup. What it is sent goes to standard output, a line of JSON for each. A window
of its own is there to be looked at instead of ours.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import Property, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget

WATCHER = "org.kde.StatusNotifierWatcher"
OTHER = "Another program"
"""The title of its window."""
NOTICES = "org.freedesktop.Notifications"


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Tray(QObject):
    """Where programs announce their icons."""

    @Slot(str)
    def RegisterStatusNotifierItem(self, service: str) -> None:
        tell(icon=service)

    def _true(self) -> bool:
        return True

    IsStatusNotifierHostRegistered = Property(bool, _true)


class Notices(QObject):
    """Where they show something for a moment."""

    @Slot(result="QStringList")
    def GetCapabilities(self) -> list[str]:
        return ["actions", "body", "body-markup", "body-hyperlinks", "body-images"]

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(
        self,
        program: str,
        replaces: int,
        icon: str,
        summary: str,
        body: str,
        actions: list[str],
        hints: dict[str, Any],
        milliseconds: int,
    ) -> int:
        tell(program=program, summary=summary, body=body)
        return 1


def main() -> None:
    app = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle(OTHER)
    window.show()
    bus = QDBusConnection.sessionBus()
    tray, notices = Tray(), Notices()
    everything = QDBusConnection.RegisterOption.ExportAllContents
    for name, path, one in (
        (WATCHER, "/StatusNotifierWatcher", tray),
        (NOTICES, "/org/freedesktop/Notifications", notices),
    ):
        assert bus.registerObject(path, name, one, everything), bus.lastError().message()
        assert bus.registerService(name), bus.lastError().message()
    tell(ready=True)
    app.exec()


if __name__ == "__main__":
    main()
