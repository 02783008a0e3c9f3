"""Threads that open and read files. A drive that hangs, or a stick that is pulled out, must not
stop the main thread; a thread that hangs in the system is left behind.

Jobs go to the threads, and results come back, in batches: a thread and the main thread that run at
the same time take Python's lock from each other at every system call.
"""

from __future__ import annotations

import itertools
import logging
import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QTimer

from pnp_gui.net.notifiers import release, when_readable

logger = logging.getLogger(__name__)

THREADS = 4
"""All but one may hang. More read no faster from one disk."""
BATCH_SECONDS = 0.002
"""Longest wait of a result for those of the jobs behind it."""

T = TypeVar("T")


class _Work:
    """What the threads know: nothing of Qt, whose objects must not be deleted in a thread."""

    def __init__(self, wake: socket.socket) -> None:
        self.jobs: deque[tuple[int, Callable[[], object]]] = deque()
        self.calls: queue.SimpleQueue[bool] = queue.SimpleQueue()
        """Each wakes a thread: True to work until no job is left, False to end."""
        self.results: deque[tuple[int, Any]] = deque()
        self.woken = False
        """The main thread was told of results, and has not looked yet."""
        self._wake = wake

    def run(self) -> None:
        while self.calls.get():
            began = time.perf_counter()
            while True:
                try:
                    number, do = self.jobs.popleft()
                except IndexError:
                    break
                try:
                    self.results.append((number, do()))
                except Exception as error:
                    self.results.append((number, error))
                if not self.jobs or time.perf_counter() - began >= BATCH_SECONDS:
                    self.tell()
                    began = time.perf_counter()
        self.results.clear()  # nobody takes these: a file that was opened closes

    def tell(self) -> None:
        if not self.woken:
            self.woken = True
            with suppress(OSError):  # closed meanwhile
                self._wake.send(b"!")


class Readers:
    """Runs jobs in threads and hands their results back in Qt's main thread."""

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._work = _Work(self._theirs)
        self._waiting: dict[int, Callable[[Any], None]] = {}
        """Who gets the result, by the job's number."""
        self._numbers = itertools.count()
        self._notifier = when_readable(self._ours, self._deliver)
        self._calling = QTimer()
        self._calling.setSingleShot(True)
        self._calling.setInterval(0)
        self._calling.timeout.connect(partial(self._work.calls.put, True))
        for number in range(THREADS):
            name = f"files-{number}"
            threading.Thread(target=self._work.run, name=name, daemon=True).start()

    def run(
        self, job: Callable[[], T], done: Callable[[T | Exception], None] = lambda result: None
    ) -> None:
        """Do `job` in a thread, then `done` in the main thread, with its result or what it raised;
        without `done` nobody hears of it.
        `job` must not refer to anything of Qt, as a method of an object with a timer would."""
        number = next(self._numbers)
        self._waiting[number] = done
        self._work.jobs.append((number, job))
        if not self._calling.isActive():
            self._calling.start()

    def wait(self, seconds: float) -> None:
        """Without Qt's loop: do what was asked for, and hand back what is done first, if it is done
        within this time."""
        if self._calling.isActive():
            self._calling.stop()
            self._work.calls.put(True)
        self._ours.settimeout(seconds)
        self._deliver()
        self._ours.setblocking(False)

    def close(self) -> None:
        """End the threads after the jobs that wait. Nothing more is handed back."""
        self._calling.stop()
        self._work.calls.put(True)
        for _ in range(THREADS):
            self._work.calls.put(False)
        self._waiting.clear()
        release(self._notifier)
        self._ours.close()
        self._theirs.close()

    def _deliver(self, *_: object) -> None:
        with suppress(OSError):
            self._ours.recv(4096)
        work = self._work
        work.woken = False  # before looking: what comes now wakes again
        while work.results:
            number, result = work.results.popleft()
            try:
                self._waiting.pop(number)(result)
            except Exception:
                logger.exception("taking what was read from the disk")
