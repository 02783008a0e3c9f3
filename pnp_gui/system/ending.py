"""The end that somebody outside asks for: a signal, or on Windows a command prompt that closes.

It is the ordered end, as if the window had been closed: SIGTERM, SIGINT (Ctrl+C) and SIGHUP (a
terminal or a session that goes). It works whatever the program does just then. Where the main
thread hangs, on a disk say, and cannot come to its end, the program ends without it: after
`PATIENCE_SECONDS`, or at once when it is asked a second time. One line says so.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from PySide6.QtCore import QObject, Signal

if sys.platform == "win32":
    import ctypes

PATIENCE_SECONDS = 5.0
"""What an ordered end may take. Windows itself gives no more at a log-off."""
ONE_WISH_SECONDS = 0.5
"""Signals so close together are one wish: timeout(1) and shells send theirs twice."""
LOOK_SECONDS = 1.0
"""Between two looks for a signal that waits for a main thread which cannot take it."""

_HASTY = frozenset({signal.SIGTERM, signal.SIGINT})
"""Those of which a second one ends at once. A terminal that goes is told by the system and by its
shell, and means no haste."""
_CLOSING = frozenset({2, 5, 6})
"""CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT: it is over when we return."""
if sys.platform != "win32":
    _SIGNALS = _HASTY | {signal.SIGHUP}


class Ending(QObject):
    """Takes the signals from its making on, for as long as the program runs."""

    _wish = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._loops = False
        """Whether Qt can be told: not before `then`, and no more when Qt goes."""
        self._do: Callable[[], None] = lambda: None
        self._over = threading.Event()
        if sys.platform == "win32":
            self._take_console_events()
        else:
            self._take_signals()

    def then(self, do: Callable[[], None]) -> None:
        """Call this in Qt's loop when the end is asked for, or was."""
        # Imported now, when the program listens: Qt's enumerations take 14 ms.
        from PySide6.QtCore import Qt

        self._do = do
        self._wish.connect(self._then, Qt.ConnectionType.QueuedConnection)
        with self._lock:
            self._loops = True
            if self._asked_at is not None:
                self._wish.emit()

    def asked(self) -> bool:
        """Whether it was asked for, for who does not run in Qt's loop yet."""
        return self._asked_at is not None

    def over(self) -> None:
        """All is saved: whoever waits to end the program may do so."""
        with self._lock:
            self._loops = False
        self._over.set()

    def _then(self) -> None:
        self._do()

    def _take_signals(self) -> None:
        if sys.platform != "win32":
            awake, wake = os.pipe()
            os.set_blocking(wake, False)
            signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
            for number in _SIGNALS:
                # nohup(1) has it ignored, and means it.
                if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, _leave_it_to_the_thread)
            watch = threading.Thread(target=self._watch, args=(awake,), name="signals", daemon=True)
            watch.start()

    def _watch(self, awake: int) -> None:
        """See signals also while the main thread does not come to Python.

        The system hands one to the main thread, whose C handler writes it to `awake`. A thread that
        waits for a disk may not even be able to take it; then it still lies here for us.
        """
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            while True:
                if select.select([awake], [], [], LOOK_SECONDS)[0]:
                    numbers = os.read(awake, 64)
                else:
                    found = signal.sigtimedwait(_SIGNALS, 0)
                    numbers = bytes([found.si_signo]) if found else b""
                for number in _SIGNALS.intersection(numbers):
                    self._ask(number)

    def _take_console_events(self) -> None:
        if sys.platform == "win32":
            self._handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint32)(self._in_console)
            ctypes.WinDLL("kernel32").SetConsoleCtrlHandler(self._handler, 1)

    def _in_console(self, event: int) -> int:
        """Windows calls it in a thread of its own."""
        self._ask(signal.SIGTERM if event in _CLOSING else signal.SIGINT)
        if event in _CLOSING:
            self._over.wait(PATIENCE_SECONDS)
        return 1

    def _ask(self, number: int) -> None:
        now = time.monotonic()
        with self._lock:
            if self._asked_at is None:
                self._asked_at = now
                late = threading.Timer(PATIENCE_SECONDS, self._too_late, (number,))
                late.daemon = True
                late.start()
                if self._loops:
                    self._wish.emit()
                return
        if number in _HASTY and now - self._asked_at > ONE_WISH_SECONDS:
            _end_at_once("asked a second time, ended at once", number)

    def _too_late(self, number: int) -> None:
        _end_at_once(f"could not end in order within {PATIENCE_SECONDS:.0f} seconds", number)


def _leave_it_to_the_thread(number: int, frame: FrameType | None) -> None:
    """An exception from here, at whatever line, would lose files or vanish in a slot."""


def _end_at_once(why: str, number: int) -> NoReturn:
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(
                f"pnp-gui: {why}; what phones said in the last seconds may not be saved.\n"
            )
            sys.stderr.flush()
    os._exit(128 + number)
