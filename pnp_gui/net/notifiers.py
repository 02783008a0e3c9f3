"""Beginning and end of Qt's notifiers for sockets."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier

    from pnp_gui.net.channels import Channel


def when_readable(sock: socket.socket, call: Callable[..., None]) -> QSocketNotifier:
    """From now on Qt's loop calls this while there is something to read."""
    from PySide6.QtCore import QSocketNotifier  # sockets are open before Qt is loaded

    notifier = QSocketNotifier(sock.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(call)
    return notifier


def release(*notifiers: QSocketNotifier | None) -> None:
    """To be called before their sockets close: Qt has to let go of the descriptors before their
    numbers are used again."""
    for notifier in filter(None, notifiers):
        notifier.setEnabled(False)
        notifier.deleteLater()


class ChannelNotifiers:
    """One for each open channel, from `run_in_loop` on."""

    def __init__(self, readable: Callable[[Channel], None]) -> None:
        self._readable = readable
        self._in_loop = False
        self._open: dict[Channel, QSocketNotifier | None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def run_in_loop(self) -> None:
        """To be called once, when there is an application object."""
        self._in_loop = True
        for channel in self._open:
            self.add(channel)

    def add(self, channel: Channel) -> None:
        """It was opened."""
        readable = partial(self._readable, channel)
        self._open[channel] = when_readable(channel.socket, readable) if self._in_loop else None

    def remove(self, channel: Channel) -> None:
        """It is about to close."""
        release(self._open.pop(channel))

    def silence(self, channel: Channel) -> None:
        """It is broken, and would be readable for ever."""
        release(self._open[channel])
        self._open[channel] = None
