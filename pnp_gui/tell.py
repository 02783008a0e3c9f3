"""What is said to whoever started the program from a command line, and to whoever clicked it.

A windowed program on Windows has standard output and error only where somebody redirected them.
Otherwise the command prompt that it was started from is written to, and where there is none
either, what must not be missed comes in a box.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import TextIO

from pnp_gui import PRODUCT

_PARENT = 0xFFFFFFFF
"""ATTACH_PARENT_PROCESS."""
_ICON_WARNING, _ICON_INFORMATION = 0x30, 0x40


def open_streams() -> None:
    """Give the program the output of its command prompt where it has none of its own.

    What that output cannot spell (an adapter's name in Chinese) is replaced, and stops nothing.
    """
    if sys.platform == "win32" and (sys.stdout is None or sys.stderr is None):
        with suppress(OSError):
            if ctypes.WinDLL("kernel32").AttachConsole(ctypes.c_uint32(_PARENT)):
                console = open("CONOUT$", "w", encoding="utf-8", buffering=1)  # noqa: SIM115, PTH123
                sys.stdout = sys.stdout or console
                sys.stderr = sys.stderr or console
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """A line on standard output, if there is any."""
    _write(sys.stdout, text)


def answer(text: str) -> None:
    """What was asked for on the command line (--help), in a box where there is no output."""
    if not _write(sys.stdout, text):
        _show_box(text, _ICON_INFORMATION)


def complain(text: str) -> None:
    """A line on standard error; in a box where there is none."""
    if not _write(sys.stderr, text):
        _show_box(text, _ICON_WARNING)


def _write(stream: TextIO | None, text: str) -> bool:
    if stream is None:
        return False
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError:
        # A pipe that nobody reads any more, a console that is gone.
        return False
    return True


def _show_box(text: str, icon: int) -> None:
    if sys.platform == "win32":
        ctypes.WinDLL("user32").MessageBoxW(None, text, PRODUCT, icon)
