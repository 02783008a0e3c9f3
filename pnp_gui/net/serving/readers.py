"""Threads that open and read files. A drive that hangs, or a stick that is pulled out, must not
stop the main thread; a thread that hangs in the system is left behind."""

from __future__ import annotations

import logging
import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QSocketNotifier

logger = logging.getLogger(__name__)

THREADS = 4
"""More read no faster from one disk; several, since one may hang."""

T = TypeVar("T")
Job = tuple[Callable[[], Any], Callable[[Any], None]]


class Readers:
    """Runs jobs in threads and hands their results back in Qt's main thread."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._results: deque[tuple[Callable[[Any], None], Any]] = deque()
        self._woken = False
        """The main thread was told of results, and has not looked yet."""
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._deliver)
        for number in range(THREADS):
            name = f"files-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def run(self, job: Callable[[], T], done: Callable[[T | Exception], None]) -> None:
        """Do `job` in a thread, then `done` in the main thread, with its result or what it
        raised."""
        self._jobs.put((job, done))

    def close(self) -> None:
        """End the threads after the jobs that wait. Nothing more is handed back."""
        for _ in range(THREADS):
            self._jobs.put(None)
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._ours.close()
        self._theirs.close()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            do, done = job
            try:
                result = do()
            except Exception as error:
                result = error
            self._results.append((done, result))
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
