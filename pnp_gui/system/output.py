"""Output that nobody waits for: a thread writes it, and a reader that stops stops nothing else.

A paused pager, Ctrl+S in a terminal, a full pipe or a disk that hangs would otherwise hold whoever
says something: the responder, the window, and an ordered end. What finds no room is left out,
counted, and said where it is missing.
"""

from __future__ import annotations

import atexit
import io
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from pnp_gui.system.printable import printable_lines

MAX_WAITING = 1024 * 1024
"""Characters that wait for the reader. Once they are exceeded, nothing more is taken until half of
them are gone, so that a slow reader gets whole stretches instead of every second message."""
WAIT_SECONDS = 1.0
"""How long somebody who asks for it, and the end of the program, wait for the reader."""
RETRY_SECONDS = 0.05
"""Until a pipe that takes nothing, and was made not to block, is tried again."""


class Outlet:
    """A bounded queue of texts and the thread that writes them."""

    def __init__(self, write: Callable[[str], object], name: str) -> None:
        """`write` is called in the thread; what it raises loses that text alone."""
        self._write = write
        self._waiting: deque[str] = deque()
        self._size = 0
        self._left_out = 0
        self._stuck = False
        self._failure: OSError | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = False

    def put(self, text: str) -> None:
        """Have it written, or count it where there is no room. Never waits."""
        with self._changed:
            if self._size >= (MAX_WAITING // 2 if self._left_out else MAX_WAITING):
                self._left_out += 1
            elif text:
                self._say_left_out()
                self._append(text)
                if not self._started:
                    self._started = True
                    self._thread.start()

    def settle(self) -> bool:
        """Wait until all is written, at most `WAIT_SECONDS`, and not at all for a reader that was
        waited for in vain and did not go on since. Raises the OSError of a text that was lost."""
        with self._changed:
            seconds = 0 if self._stuck else WAIT_SECONDS
            self._stuck = not self._changed.wait_for(lambda: not self._size, seconds)
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
            return not self._stuck

    def _append(self, text: str) -> None:
        self._waiting.append(text)
        self._size += len(text)
        self._changed.notify_all()

    def _say_left_out(self) -> None:
        if self._left_out:
            count = f"{self._left_out:,}"
            self._append(f"... left out here, since they could not be written in time: {count}\n")
            self._left_out = 0

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting))
                text = self._waiting.popleft()
            failure = None
            try:
                self._write(text)
            except OSError as error:
                failure = error
            except Exception as error:  # a stream that was closed, say
                failure = OSError(str(error))
            with self._changed:
                self._failure = failure
                self._size -= len(text)
                self._stuck = False
                if not self._waiting:
                    self._say_left_out()
                self._changed.notify_all()


class PrintableStream(io.TextIOBase):
    """Stands before standard output or error: lets only text pass, and never waits to write."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        stream.flush()
        self._stream = stream
        # Past the buffer: Python flushes it at its end, and aborts when a thread still writes.
        buffer: Any = stream.buffer  # without a buffer around it, where Python runs with -u
        self._raw: io.RawIOBase = getattr(buffer, "raw", buffer)
        self._outlet = Outlet(self._write_raw, stream.name)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        """Escaped, except for line ends: whoever writes a message indents its further lines."""
        self._outlet.put(printable_lines(text, indent=""))
        return len(text)

    def flush(self) -> None:
        """Give the reader some time (see `Outlet.settle`). Raises OSError: it was not written."""
        self._outlet.settle()

    def end(self) -> TextIO | None:
        """Give the reader some time, and give the stream back; None: it still is not free."""
        with suppress(OSError):
            return self._stream if self._outlet.settle() else None
        return None

    def _write_raw(self, text: str) -> None:
        data = text.replace("\n", os.linesep).encode(self._stream.encoding, "backslashreplace")
        while data:
            written = self._raw.write(data)
            if written is None:
                time.sleep(RETRY_SECONDS)
            else:
                data = data[written:]


class QueuedHandler(logging.Handler):
    """Hands each record, formatted, to something that takes text and does not wait."""

    def __init__(self, put: Callable[[str], object]) -> None:
        super().__init__()
        self._put = put

    def emit(self, record: logging.LogRecord) -> None:
        """One message, with the end of its line."""
        try:
            self._put(self.format(record) + "\n")
        except Exception:
            self.handleError(record)


def guard_streams() -> None:
    """From now on all that is written to standard output and error passes here."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            guarded = PrintableStream(stream)
            setattr(sys, name, guarded)
            atexit.register(_release, name, guarded)


def _release(name: str, guarded: PrintableStream) -> None:
    # Python flushes its streams once more, when no thread can write any longer.
    setattr(sys, name, guarded.end())
