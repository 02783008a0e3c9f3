"""What is said to whoever started the program from a command line, and to whoever clicked it.

A windowed program on Windows has standard output and error only where somebody redirected them.
Otherwise the command prompt that it was started from is written to, and where there is none
either, what must not be missed comes in a box.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

from pnp_gui import PRODUCT
from pnp_gui.system.output import guard_streams
from pnp_gui.system.printable import printable

if sys.platform == "win32":
    import msvcrt

_PARENT = -1
"""ATTACH_PARENT_PROCESS."""
_STDOUT, _STDERR = -11, -12
_DISK, _PIPE = 1, 3
_ICON_WARNING, _ICON_INFORMATION = 0x30, 0x40


def open_streams() -> None:
    """Give the program an output where it has none of its own: what it was started with, else
    that of its command prompt.

    What that output cannot spell (an adapter's name in Chinese) is escaped, and stops nothing.
    Under Windows pipes and files get UTF-8, which can spell all. May be called again.
    """
    if sys.platform == "win32":
        sys.stdout = sys.stdout or _inherited(_STDOUT)
        sys.stderr = sys.stderr or _inherited(_STDERR)
        if sys.stdout is None or sys.stderr is None:
            console = _console()
            sys.stdout = sys.stdout or console
            sys.stderr = sys.stderr or console
    for stream in (sys.stdout, sys.stderr):
        if sys.platform == "win32" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    if isinstance(sys.stderr, TextIOWrapper):
        faulthandler.enable(sys.stderr)  # until the data folder has a file for it
    guard_streams()


def _inherited(which: int) -> TextIO | None:
    """The pipe or file that the program was started with, if any."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetStdHandle.restype = ctypes.c_void_p
        handle = kernel.GetStdHandle(ctypes.c_uint32(which))
        if kernel.GetFileType(ctypes.c_void_p(handle)) in (_DISK, _PIPE):
            with suppress(OSError):
                number = msvcrt.open_osfhandle(handle, os.O_TEXT)
                return open(number, "w", encoding="utf-8", buffering=1)  # noqa: PTH123
    return None


def _console() -> TextIO | None:
    """The command prompt that the program was started from, if any."""
    if sys.platform != "win32" or not ctypes.WinDLL("kernel32").AttachConsole(_PARENT):
        return None
    with suppress(OSError):
        return open("CONOUT$", "w", encoding="utf-8", buffering=1)  # noqa: PTH123
    return None


def say(text: str) -> None:
    """A line on standard output, if there is any."""
    _write(sys.stdout, printable(text))


def answer(text: str) -> None:
    """What was asked for on the command line (--help), in a box where there is no output."""
    if not _write(sys.stdout, text):
        _show_box(text, _ICON_INFORMATION)


def complain(text: str) -> None:
    """A line on standard error; in a box where there is none."""
    text = printable(text)
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
    # Nobody may be there to close it.
    if sys.platform == "win32" and "--self-test" not in sys.argv:
        ctypes.WinDLL("user32").MessageBoxW(None, text, PRODUCT, icon)
