"""Threads that open and read files. A drive that hangs, or a stick that is pulled out, must not
stop the main thread; a thread that hangs in the system is left behind.

Jobs go to the threads, and results come back, in batches: a thread and the main thread that run at
the same time take Python's lock from each other at every system call.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QSocketNotifier, QTimer

logger = logging.getLogger(__name__)

THREADS = 4
"""All but one may hang. More read no faster from one disk."""
BATCH_SECONDS = 0.002
"""Longest wait of a result for those of the jobs behind it."""

T = TypeVar("T")


class Readers:
    """Runs jobs in threads and hands their results back in Qt's main thread."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[Callable[[], Any], Callable[[Any], None]]] = deque()
        self._calls: queue.SimpleQueue[bool] = queue.SimpleQueue()
        """Each wakes a thread: True to work until no job is left, False to end."""
        self._results: deque[tuple[Callable[[Any], None], Any]] = deque()
        self._woken = False
        """The main thread was told of results, and has not looked yet."""
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._deliver)
        self._calling = QTimer()
        self._calling.setSingleShot(True)
        self._calling.setInterval(0)
        self._calling.timeout.connect(lambda: self._calls.put(True))
        for number in range(THREADS):
            name = f"files-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def run(self, job: Callable[[], T], done: Callable[[T | Exception], None]) -> None:
        """Do `job` in a thread, then `done` in the main thread, with its result or what it
        raised."""
        self._jobs.append((job, done))
        if not self._calling.isActive():
            self._calling.start()

    def close(self) -> None:
        """End the threads after the jobs that wait. Nothing more is handed back."""
        self._calling.stop()
        self._calls.put(True)
        for _ in range(THREADS):
            self._calls.put(False)
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._ours.close()
        self._theirs.close()

    def _work(self) -> None:
        while self._calls.get():
            began = time.perf_counter()
            while True:
                try:
                    do, done = self._jobs.popleft()
                except IndexError:
                    break
                try:
                    result = do()
                except Exception as error:
                    result = error
                self._results.append((done, result))
                if not self._jobs or time.perf_counter() - began >= BATCH_SECONDS:
                    self._wake()
                    began = time.perf_counter()

    def _wake(self) -> None:
        if not self._woken:
            self._woken = True
            with suppress(OSError):  # closed meanwhile
                self._theirs.send(b"!")

    def _deliver(self, *_: object) -> None:
        with suppress(OSError):
            self._ours.recv(4096)
        self._woken = False  # before looking: what comes now wakes again
        while self._results:
            done, result = self._results.popleft()
            try:
                done(result)
            except Exception:
                logger.exception("taking what was read from the disk")
