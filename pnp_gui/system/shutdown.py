"""The end that comes from outside: a signal, or on Windows a command prompt that closes.

It is the orderly end, as if the window had been closed. Where the main thread hangs, on a disk for
example, the program ends without it: after `TIMEOUT_SECONDS`, or at once at a second signal.
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
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from pnp_gui.system.main_thread import MainThread

if sys.platform == "win32":
    import ctypes

TIMEOUT_SECONDS = 5.0
"""How long the orderly end may take. Windows itself allows no more at a log-off."""
SAME_REQUEST_SECONDS = 0.5
"""Signals this close together are one request: timeout(1) and shells send theirs twice."""
POLL_SECONDS = 1.0
"""How often to check for a signal that the main thread cannot take."""

_URGENT = frozenset({signal.SIGTERM, signal.SIGINT})
"""A second one of these ends the program at once. SIGHUP comes twice when a terminal closes, from
the system and from the shell."""
_CLOSING = frozenset({2, 5, 6})
"""CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT: Windows ends the process as soon as the
handler returns."""
if sys.platform != "win32":
    _SIGNALS = _URGENT | {signal.SIGHUP}


class ShutdownRequest:
    """Handles the signals from its construction until the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requested_at: float | None = None
        self._call: Callable[[], None] | None = None
        """From `connect_to` until `finish`."""
        self._main_thread: MainThread | None = None
        """From `connect_to` on."""
        self._finished = threading.Event()
        if sys.platform == "win32":
            self._handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint32)(self._on_event)
            ctypes.WinDLL("kernel32").SetConsoleCtrlHandler(self._handler, 1)
        else:
            self._handle_signals()

    def connect_to(self, call: Callable[[], None]) -> None:
        """Call this in Qt's loop at the request, or now if it was made already."""
        from pnp_gui.system.main_thread import MainThread  # Qt is loaded last

        with self._lock:
            self._main_thread = MainThread()
            self._call = call
            if self._requested_at is not None:
                self._main_thread.call_soon(self._deliver)

    def is_made(self) -> bool:
        """Whether it was made; for code that runs before Qt's loop."""
        return self._requested_at is not None

    def finish(self) -> None:
        """Everything is saved: Windows may end the process."""
        with self._lock:
            self._call = None
        self._finished.set()

    def _deliver(self) -> None:
        if self._call is not None:
            self._call()

    def _handle_signals(self) -> None:
        if sys.platform != "win32":
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
            for number in _SIGNALS:
                # nohup(1) has SIGHUP ignored, and it stays so.
                if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, _leave_to_thread)
            watch = partial(self._watch, reader)
            threading.Thread(target=watch, name="signals", daemon=True).start()

    def _watch(self, reader: int) -> None:
        """See signals even while the main thread runs no Python. Its C handler writes their numbers
        to the pipe; where it waits for a disk and cannot run even that, they are still pending."""
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            while True:
                if select.select([reader], [], [], POLL_SECONDS)[0]:
                    numbers = os.read(reader, 64)
                else:
                    pending = signal.sigtimedwait(_SIGNALS, 0)
                    numbers = bytes([pending.si_signo]) if pending else b""
                for number in _SIGNALS.intersection(numbers):
                    self._request(number)

    def _on_event(self, event: int) -> int:
        """Windows calls it in a thread of its own."""
        self._request(signal.SIGTERM if event in _CLOSING else signal.SIGINT)
        if event in _CLOSING:
            self._finished.wait(TIMEOUT_SECONDS)
        return 1

    def _request(self, number: int) -> None:
        now = time.monotonic()
        with self._lock:
            if self._requested_at is None:
                self._requested_at = now
                why = f"could not end normally within {TIMEOUT_SECONDS:.0f} seconds"
                timer = threading.Timer(TIMEOUT_SECONDS, _exit_at_once, (why, number))
                timer.daemon = True
                timer.start()
                if self._call is not None and self._main_thread is not None:
                    self._main_thread.call_soon(self._deliver)
                return
        if number in _URGENT and now - self._requested_at > SAME_REQUEST_SECONDS:
            _exit_at_once("asked to end a second time, ended at once", number)


def _leave_to_thread(number: int, frame: FrameType | None) -> None:
    """An exception from here, at any line, would lose files or vanish in a slot."""


def _exit_at_once(why: str, number: int) -> NoReturn:
    if sys.stderr is not None:
        with suppress(Exception):  # nothing may keep it from ending
            sys.stderr.write(
                f"pnp-gui: {why}; what phones sent in the last seconds may not be saved.\n"
            )
            sys.stderr.flush()
    os._exit(128 + number)
