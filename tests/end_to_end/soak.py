"""Hours of a bench in minutes: phones come, ask, are decided about, fetch files, and go.

    python -m tests.end_to_end.soak FOLDER HOURS

The whole program but `app`'s start: store with its thread, bench, responder, pump and file server
with real sockets on loopback, and the window, offscreen. One clock for all of them goes by hand;
Qt's own timers run in true time. Prints one JSON line for each full hour: what there is of
everything that could pile up.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pnp_gui.system import clock


class Clock:
    """Goes by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        """As monotonic time."""
        begin = time.time() - self.now
        time.time = lambda: begin + self.now
        time.monotonic = lambda: self.now
        clock.seconds = time.monotonic  # type: ignore[assignment]


def main() -> None:
    """The program keeps the functions of `time` from when it is imported: so it is so late here."""
    import logging  # noqa: F401
    import threading  # noqa: F401

    clock = Clock()
    from tests.end_to_end.hours_of_work import work

    work(Path(sys.argv[1]), int(sys.argv[2]), clock)


if __name__ == "__main__":
    main()
