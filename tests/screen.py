"""A screen of its own for a run of the program, and hands on its keyboard."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def new_screen(size: str = "1280x900", *options: str) -> Iterator[str]:
    """Xvfb, with `options`, on a number that nobody has; the name of the display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24"),
            *("-nolisten", "tcp", "-noreset", *options),
        ],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb does not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def xdotool(display: str, *arguments: str) -> str:
    """Run xdotool; what it printed."""
    done = subprocess.run(
        ["xdotool", *arguments],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout


def window_has_focus(display: str, name: str = "PnP Bench") -> bool:
    """Give the window the keyboard, as a window manager would; there is none on this screen."""
    found = xdotool(display, "search", "--onlyvisible", "--name", name).split()
    if not found:
        return False
    xdotool(display, "windowfocus", "--sync", found[-1])
    return xdotool(display, "getwindowfocus").split() == found[-1:]
