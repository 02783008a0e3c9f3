"""Standard output and error: what is written for the person who started the program.

A windowed program on Windows has them only where they were redirected. Otherwise it writes to the
command prompt that it was started from; where there is none, important texts appear in a box.
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
from pnp_gui.system.output import GuardedStream, guard_streams
from pnp_gui.system.printable import printable

if sys.platform == "win32":
    import msvcrt

_PARENT = -1
"""ATTACH_PARENT_PROCESS."""
_STDOUT, _STDERR = -11, -12
_DISK, _PIPE = 1, 3
_ICON_WARNING, _ICON_INFORMATION = 0x30, 0x40


def open_streams() -> None:
    """Open standard output and error where the program has none, and guard both. On Windows pipes
    and files get UTF-8. May be called again."""
    if sys.platform == "win32":
        sys.stdout = sys.stdout or _inherited(_STDOUT)
        sys.stderr = sys.stderr or _inherited(_STDERR)
        console = None if sys.stdout and sys.stderr else _console()
        sys.stdout = sys.stdout or console
        sys.stderr = sys.stderr or console
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
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


def print_line(text: str) -> None:
    """Write a line to standard output, if there is any."""
    _write(sys.stdout, printable(text))


def print_note(text: str) -> None:
    """Write a line to standard error, if there is any."""
    _write(sys.stderr, printable(text))


def print_whole(stream: TextIO | None, text: str) -> None:
    """Write a line that its reader must not miss, if there is the stream: wait for a paused pager.
    Raises OSError when it was lost."""
    if isinstance(stream, GuardedStream):
        stream.write_whole(printable(text) + "\n")
    else:
        _write(stream, printable(text))


def print_help(text: str) -> None:
    """Write what the command line asked for to standard output, or show it in a box."""
    if not _write(sys.stdout, text):
        _show_box(text, _ICON_INFORMATION)


def print_error(text: str) -> None:
    """Write a line to standard error, or show it in a box."""
    text = printable(text)
    if not _write(sys.stderr, text):
        _show_box(text, _ICON_WARNING)


def _write(stream: TextIO | None, text: str) -> bool:
    if stream is not None:
        with suppress(OSError):  # a pipe that nobody reads any more, or a console that was closed
            stream.write(text + "\n")
            stream.flush()
            return True
    return False


def _show_box(text: str, icon: int) -> None:
    # A self-test may be unattended: nobody would close the box.
    if sys.platform == "win32" and "--self-test" not in sys.argv:
        ctypes.WinDLL("user32").MessageBoxW(None, text, PRODUCT, icon)
