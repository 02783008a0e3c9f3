"""Uncaught exceptions: into the log with their traceback, into the problem bar; they end nothing.

Python reports them in four places, and all meet here. An error that comes back with every frame
takes one line in the bar and a few in the log.
"""

from __future__ import annotations

import logging
import math
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pnp_gui.system.log_file import is_worth_logging
from pnp_gui.system.mask import mask_text
from pnp_gui.trouble import Trouble

if TYPE_CHECKING:
    import asyncio

    from pnp_gui.system.main_thread import MainThread

MAX_PLACES = 20
"""Different errors that are kept with their traceback; further ones are in the log only."""
MAX_TEXT = 20_000
"""Characters of a traceback that are kept, from its end, where the exception is."""
MAX_SENTENCE = 200
"""Characters of the message in the bar."""
QUIET_SECONDS = 60.0
"""An error that comes back after this time is shown again, even if its line was dismissed."""

Place = tuple[str, str, int]
"""Type, file and line of an exception: the same place is the same error."""
_OTHERS: Place = ("", "", -1)
"""Where errors beyond `MAX_PLACES` are counted together."""
_BY_QT = re.compile(r"Error calling Python override of [\w:]+\(\): ")
"""PySide puts it before the message, once for each method that Qt called on the way."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Error:
    """All exceptions of one place."""

    where: str
    """In which of Python's hooks it was reported, in words."""
    text: str
    """Traceback and message of the first one, with passwords in URLs masked."""
    first_at: float
    last_at: float = -math.inf
    count: int = 0

    def __str__(self) -> str:
        first, last = (
            time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
            for at in (self.first_at, self.last_at)
        )
        when = f"{self.count:,} times, first {first}, last {last}"
        return f"{self.where}, {f'once, {first}' if self.count == 1 else when}\n{self.text}"


class UncaughtErrors:
    """Replaces Python's hooks until `close`. Lives in the main thread. As text: all errors so far,
    for the one who copies the details."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._errors: dict[Place, _Error] = {}
        self._waiting: list[Trouble] = []
        self._show: Callable[[Trouble], None] = self._waiting.append
        self._main_thread: MainThread | None = None
        """While a window shows them."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._in_qt
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def __str__(self) -> str:
        return "\n".join(map(str, list(self._errors.values())))

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Report the tasks of this loop too."""
        loop.set_exception_handler(self._in_task)

    def connect_to(self, show: Callable[[Trouble], None]) -> None:
        """Call this for each error from now on, and for those that came before."""
        from pnp_gui.system.main_thread import MainThread  # Qt is loaded last

        # An error while painting must not change the window meanwhile, and another thread must not
        # touch it at all.
        self._main_thread = MainThread()
        self._show = show
        for trouble in self._waiting:
            show(trouble)
        self._waiting.clear()

    def close(self) -> None:
        """Restore the hooks. Nothing is shown any more."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self._main_thread = None
        self._show = self._waiting.append

    def report(self, error: BaseException, where: str) -> None:
        """Log the error and show it. Raises nothing; may be called in any thread."""
        try:
            self._report(error, where)
        except Exception:
            logger.exception("reporting an error failed as well")

    def _report(self, error: BaseException, where: str) -> None:
        place = _place(error)
        now = self._clock()
        with self._lock:
            if place not in self._errors and len(self._errors) >= MAX_PLACES:
                place = _OTHERS
            if place not in self._errors:
                text = mask_text("".join(traceback.format_exception(error)))
                self._errors[place] = _Error(where, text[-MAX_TEXT:], now)
            same = self._errors[place]
            fresh = now - same.last_at >= QUIET_SECONDS
            same.count += 1
            same.last_at = now
            count = same.count
        if is_worth_logging(count):
            logger.error("uncaught %s (no. %d)", where, count, exc_info=error)
        if fresh:
            in_main = threading.current_thread() is threading.main_thread()
            show = partial(self._show_error, error, "" if in_main else where)
            main_thread = self._main_thread
            if main_thread is None:
                show()
            else:
                main_thread.call_soon(show)

    def _show_error(self, error: BaseException, thread: str) -> None:
        # Masked before it is cut: without its @ no URL shows that it has a password.
        message = mask_text(_BY_QT.sub("", str(error)))
        text = " ".join(f"{type(error).__name__}: {message}".split())
        if len(text) > MAX_SENTENCE:
            text = text[: MAX_SENTENCE - 1] + "…"
        trouble = Trouble(
            "Something went wrong inside PnP Bench ({error}). PnP Bench keeps listening. Please "
            "copy the details and report them.",
            code="fault",
            action="copy_details",
            error=text,
            details=self,
        )
        if thread:
            # The window's log shows no lines of other threads.
            logger.error("uncaught %s: %s; the traceback is in the log file", thread, text)
        self._show(trouble)

    # Python's hooks.

    def _in_qt(self, _: object, error: BaseException, __: object) -> None:
        """Slots, timers and virtual methods."""
        self.report(error, "in a Qt callback")

    def _in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            name = found.thread.name if found.thread else "?"
            self.report(found.exc_value, f"in the thread {name}")

    def _unraisable(self, found: sys.UnraisableHookArgs) -> None:
        if found.exc_value is not None:
            words = found.err_msg or "Exception ignored in"
            self.report(found.exc_value, f"({words} {_shown(found.object)})")

    def _in_task(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        message = str(context.get("message", "?"))
        error = context.get("exception") or RuntimeError(message)
        self.report(error, f"in the event loop ({message})")


def _shown(thing: object) -> str:
    with suppress(Exception):
        return repr(thing)[:MAX_SENTENCE]  # which may be what failed
    return type(thing).__name__


def _place(error: BaseException) -> Place:
    walked = traceback.walk_tb(error.__traceback__)
    places = [("", 0), *((frame.f_code.co_filename, line) for frame, line in walked)]
    return type(error).__name__, *places[-1]
