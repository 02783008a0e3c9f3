"""What nobody caught: into the log with all details, into the problem bar, and it ends nothing.

Python tells of such an exception in five places: a slot, a timer or a virtual method that Qt called
(`sys.excepthook`), a thread, an object's end and the like (`sys.unraisablehook`), a task of the
event loop, and one that nobody asked for its result. All of them come together here. A fault that
comes back with every frame takes one line in the bar and a bounded number in the log.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pnp_gui.system.mask import mask_text
from pnp_gui.system.repeats import worth_telling
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    import asyncio

MAX_KINDS = 20
"""Different faults that are kept with all details; further ones are in the log alone."""
OTHERS = ("", "", -1)
"""Where the further ones are counted together."""
MAX_TEXT = 20_000
"""Characters of one fault's details: the end of a longer text is kept, where the exception is."""
MAX_SENTENCE = 200
"""Characters of it in the bar."""
QUIET_SECONDS = 60.0
"""A fault that comes back after so long is shown again, also if its line was put away."""

BY_QT = re.compile(r"Error calling Python override of [\w:]+\(\): ")
"""PySide puts it before the message for each method that Qt called on the way."""

log = logging.getLogger(__name__)


class Kind:
    """All faults of one type at one place."""

    __slots__ = ("count", "first_at", "last_at", "text", "where")

    def __init__(self, where: str, text: str, at: float) -> None:
        self.where = where
        """What Python was doing, in words."""
        self.text = text
        """Traceback and message of the first one."""
        self.first_at = at
        self.last_at = -QUIET_SECONDS
        self.count = 0

    def __str__(self) -> str:
        times = "once" if self.count == 1 else f"{self.count:,} times"
        first, last = (
            time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
            for at in (self.first_at, self.last_at)
        )
        when = first if self.count == 1 else f"first {first}, last {last}"
        return f"{self.where}, {times}, {when}\n{self.text}"


class Details:
    """Everything about the faults so far, written down when somebody copies it."""

    def __init__(self, kinds: dict[tuple[str, str, int], Kind]) -> None:
        self._kinds = kinds

    def __str__(self) -> str:
        return mask_text("\n".join(map(str, list(self._kinds.values()))))


class UncaughtErrors(QObject):
    """Takes Python's hooks from its making until `end`. Lives in the main thread."""

    _found = Signal(object, str)

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._kinds: dict[tuple[str, str, int], Kind] = {}
        self._details = Details(self._kinds)
        self._waiting: list[Trouble] = []
        self._show: Callable[[Trouble], None] = self._waiting.append
        self._has_window = False
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._in_qt
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """The tasks of this loop too."""
        loop.set_exception_handler(self._in_task)

    def show_by(self, show: Callable[[Trouble], None]) -> None:
        """Show them by this from now on, and those that were found before."""
        # Imported now, when the program listens: Qt's enumerations take 14 ms.
        from PySide6.QtCore import Qt

        # In a turn of its own: a fault of painting must not change the window while it paints,
        # and one of another thread may not touch it at all.
        self._found.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._has_window = True
        self._show = show
        for trouble in self._waiting:
            show(trouble)
        self._waiting.clear()

    def end(self) -> None:
        """Give the hooks back. Nothing is shown any more."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._has_window:
            self._found.disconnect(self._tell)

    def note(self, error: BaseException, where: str) -> None:
        """Log the fault and have it shown. Raises nothing, and may be called in any thread."""
        try:
            self._note(error, where)
        except Exception:
            log.exception("noting a fault failed as well")

    def _note(self, error: BaseException, where: str) -> None:
        place = _place(error)
        now = self._clock()
        with self._lock:
            if place not in self._kinds and len(self._kinds) >= MAX_KINDS:
                place = OTHERS
            kind = self._kinds.get(place)
            if kind is None:
                text = "".join(traceback.format_exception(error))
                kind = self._kinds[place] = Kind(where, text[-MAX_TEXT:], now)
            fresh = now - kind.last_at >= QUIET_SECONDS or not kind.count
            kind.count += 1
            kind.last_at = now
            count = kind.count
        if worth_telling(count):
            log.error("not caught %s (no. %d)", where, count, exc_info=error)
        if fresh:
            elsewhere = threading.current_thread() is not threading.main_thread()
            tell = self._found.emit if self._has_window else self._tell
            tell(error, where if elsewhere else "")

    def _tell(self, error: BaseException, thread: str) -> None:
        message = BY_QT.sub("", str(error))
        text = " ".join(f"{type(error).__name__}: {message}".split())
        if len(text) > MAX_SENTENCE:
            text = text[: MAX_SENTENCE - 1] + "…"
        trouble = Trouble(
            "Something went wrong inside PnP Bench ({error}). Listening goes on; please copy the "
            "details and report them.",
            code="fault",
            action="copy_details",
            error=mask_text(text),
            details=self._details,
        )
        if thread:
            # The window's log takes no lines of other threads.
            log.error("not caught %s: %s; the traceback is in the log file", thread, text)
        self._show(trouble)

    # Where Python tells of them.

    def _in_qt(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        self.note(error, "in what Qt called")

    def _in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            name = found.thread.name if found.thread else "?"
            self.note(found.exc_value, f"in the thread {name}")

    def _unraisable(self, found: sys.UnraisableHookArgs) -> None:
        if found.exc_value is not None:
            words = found.err_msg or "Exception ignored in"
            self.note(found.exc_value, f"({words} {_shown(found.object)})")

    def _in_task(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        message = str(context.get("message", "?"))
        error = context.get("exception") or RuntimeError(message)
        self.note(error, f"in the event loop ({message})")


def _shown(thing: object) -> str:
    """It is about to go, and its own words may be what failed."""
    try:
        return repr(thing)[:MAX_SENTENCE]
    except Exception:
        return type(thing).__name__


def _place(error: BaseException) -> tuple[str, str, int]:
    """Type, file and line: what makes two faults the same one."""
    trace = error.__traceback__
    if trace is None:
        return type(error).__name__, "", 0
    while trace.tb_next is not None:
        trace = trace.tb_next
    return type(error).__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno
