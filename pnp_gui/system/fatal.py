"""What ends the program: one line to whoever started it, the log, and an exit status.

PyInstaller shows an exception that leaves the program in a box of its own, which would hold up an
unattended start for ever. So none leaves it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pnp_gui import PRODUCT
from pnp_gui.system.console import complain, open_streams
from pnp_gui.system.log_file import LOG_FILE, start_logging
from pnp_gui.trouble import Trouble

log = logging.getLogger(__name__)


def run(program: Callable[[], int], log_folder: Callable[[], Path | None]) -> int:
    """The exit status: that of `program`, 2 for a `Trouble`, 1 for any other exception.

    `log_folder` is asked where a program that had no log yet may write one; None: nowhere.
    """
    open_streams()
    try:
        return program()
    except Trouble as trouble:
        complain(f"pnp-gui: {trouble}")
        return 2
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        complain(f"pnp-gui: {end.code}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BaseException as error:
        _tell(error, log_folder)
        return 1


def _tell(error: BaseException, log_folder: Callable[[], Path | None]) -> None:
    # Half-made objects that are taken down now (an event loop) have nothing to add.
    sys.unraisablehook = lambda _: None
    try:
        file = _log(error, log_folder)
        more = f" The details are in {file}." if file else ""
        complain(f"pnp-gui: {_sentence(error)}{more}")
    except BaseException:
        # Out of memory, most likely.
        with suppress(OSError):
            os.write(2, f"pnp-gui: {PRODUCT} cannot go on\n".encode())


def _sentence(error: BaseException) -> str:
    from pnp_gui.system.mask import mask_text

    if isinstance(error, MemoryError):
        return f"{PRODUCT} cannot go on: there is not enough memory."
    what = mask_text(" ".join(f"{type(error).__name__}: {error}".split())).rstrip(".")
    if isinstance(error, ImportError) and getattr(sys, "frozen", False):
        return (
            f"A part of {PRODUCT} cannot be loaded ({what}). Unpack the zip again, whole, to a "
            "short path, and keep pnp-gui.exe beside its folder _internal."
        )
    return f"{PRODUCT} cannot go on ({what})."


def _log(error: BaseException, log_folder: Callable[[], Path | None]) -> Path | None:
    """The log that holds the details now, if any."""
    try:
        folder = log_folder()
        if folder is None:
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # If there was a log, it has ended with what led to the error.
        end, trouble = start_logging(folder, verbose=False)
        if trouble:
            return None
        log.critical("%s cannot go on", PRODUCT, exc_info=error)
        end()
    except (OSError, ImportError, RuntimeError, Trouble):
        return None
    return folder / LOG_FILE
