"""The end of Qt's notifiers for sockets."""

from __future__ import annotations

from PySide6.QtCore import QSocketNotifier


def release(*notifiers: QSocketNotifier | None) -> None:
    """To be called before their sockets close: Qt has to let go of the descriptors before their
    numbers are used again."""
    for notifier in filter(None, notifiers):
        notifier.setEnabled(False)
        notifier.deleteLater()
