"""Output through a queue and a thread, so that a paused pager, Ctrl+S in a terminal, a full pipe or
a disk that hangs blocks nothing else. Text that finds no room is dropped and counted.
"""

from __future__ import annotations

import atexit
import io
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

from pnp_gui.system.printable import printable_lines

MAX_QUEUED = 1024 * 1024
"""Characters in the queue. Beyond that, text is dropped until the queue is half empty, so that a
slow reader gets whole passages instead of every second message."""
FLUSH_SECONDS = 1.0
"""How long a flush, and the end of the program, wait for the reader."""
RETRY_SECONDS = 0.05
"""Until the next attempt on a non-blocking pipe that is full."""


class WriterThread:
    """A bounded queue of texts and the thread that writes them."""

    def __init__(self, write: Callable[[str], object], name: str) -> None:
        """`write` is called in the thread; what it raises loses that text alone."""
        self._write = write
        self._queue: deque[str] = deque()
        self._size = 0
        self._dropped = 0
        self._stuck = False
        self._failure: OSError | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def put(self, text: str) -> None:
        """Queue a text, or drop and count it where there is no room. Never blocks."""
        with self._changed:
            if self._size >= (MAX_QUEUED // 2 if self._dropped else MAX_QUEUED):
                self._dropped += 1
            elif text:
                self._append(text)
                if self._thread.ident is None:
                    self._thread.start()

    def flush(self, *, for_good: bool = False) -> bool:
        """Wait up to `FLUSH_SECONDS` until all is written; whether it is. Does not wait for a
        reader that did not go on since the last wait. `for_good`: wait as long as the reader
        takes. Raises the OSError of a text that was lost."""
        with self._changed:
            seconds = None if for_good else 0 if self._stuck else FLUSH_SECONDS
            self._stuck = not self._changed.wait_for(lambda: not self._size, seconds)
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
            return not self._stuck

    def _append(self, text: str) -> None:
        if self._dropped:
            count = f"{self._dropped:,}"
            self._dropped = 0
            self._append(f"... dropped here, since they could not be written in time: {count}\n")
        if text:
            self._queue.append(text)
            self._size += len(text)
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._queue))
                text = self._queue.popleft()
            failure = None
            try:
                self._write(text)
            except Exception as error:  # ValueError: a closed stream, for example
                failure = error if isinstance(error, OSError) else OSError(str(error))
            with self._changed:
                self._failure = failure
                self._size -= len(text)
                self._stuck = False
                if not self._queue:
                    self._append("")
                self._changed.notify_all()


class GuardedStream(io.TextIOBase):
    """Replaces standard output or error: escapes what is not printable, and never blocks."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        stream.flush()
        self._stream = stream
        # Past the buffer: Python flushes it when it exits, and aborts if a thread still writes.
        buffer: Any = stream.buffer  # python -u has no buffer around the raw stream
        self._raw: io.RawIOBase = getattr(buffer, "raw", buffer)
        self._writer = WriterThread(self._write_raw, stream.name)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        """Queue the text. Line ends stay: who writes a message indents its further lines."""
        self._writer.put(printable_lines(text, indent=""))
        return len(text)

    def flush(self) -> None:
        """See `WriterThread.flush`. Raises OSError when text was lost."""
        self._writer.flush()

    def write_whole(self, text: str) -> None:
        """Write the text, as long as the reader takes. Raises OSError when it was lost."""
        self.write(text)
        self._writer.flush(for_good=True)

    def release(self) -> TextIO | None:
        """Flush, and give the stream back; None while its thread is still blocked."""
        with suppress(OSError):
            return self._stream if self._writer.flush() else None
        return None

    def _write_raw(self, text: str) -> None:
        data = text.replace("\n", os.linesep).encode(self._stream.encoding, "backslashreplace")
        while data:
            written = self._raw.write(data)
            if written is None:
                time.sleep(RETRY_SECONDS)
            else:
                data = data[written:]


def guard_streams() -> None:
    """Put a `GuardedStream` in the place of standard output and error."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            guarded = GuardedStream(stream)
            setattr(sys, name, guarded)
            atexit.register(_release, name, guarded)


def _release(name: str, guarded: GuardedStream) -> None:
    # Python flushes its streams once more when no thread can write any longer.
    setattr(sys, name, guarded.release())
