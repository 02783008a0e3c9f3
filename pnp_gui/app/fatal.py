"""What ends the program: one line on standard error, the log, and an exit status. No exception
leaves it: PyInstaller would show it in a box, which blocks an unattended start forever.
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
from pnp_gui.system.console import open_streams, print_error
from pnp_gui.trouble import Trouble

logger = logging.getLogger(__name__)


def run(program: Callable[[], int]) -> int:
    """The exit status: that of `program`, 2 for a `Trouble`, 1 for any other exception."""
    open_streams()
    try:
        return program()
    except Trouble as trouble:
        print_error(f"pnp-gui: {trouble}")
        return 2
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        print_error(f"pnp-gui: {ended.code}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BaseException as error:
        _report(error)
        return 1


def _report(error: BaseException) -> None:
    # The destructors of half-made objects (an event loop) have nothing to add.
    sys.unraisablehook = lambda _: None
    try:
        file = _log(error)
        more = f" The details are in {file}." if file else ""
        print_error(f"pnp-gui: {_sentence(error)}{more}")
    except BaseException:
        # Out of memory, most likely.
        with suppress(OSError):
            os.write(2, f"pnp-gui: {PRODUCT} cannot continue\n".encode())


def _sentence(error: BaseException) -> str:
    from pnp_gui.system.mask import mask_text

    if isinstance(error, MemoryError):
        return f"{PRODUCT} cannot continue: there is not enough memory."
    what = mask_text(" ".join(f"{type(error).__name__}: {error}".split())).rstrip(".")
    if isinstance(error, ImportError) and getattr(sys, "frozen", False):
        return (
            f"A part of {PRODUCT} cannot be loaded ({what}). Unpack the whole zip again to a "
            "short path, and keep pnp-gui.exe beside its folder _internal."
        )
    return f"{PRODUCT} cannot continue ({what})."


def _log(error: BaseException) -> Path | None:
    """Write the traceback to the log file; its path, or None where there is none."""
    try:
        from pnp_gui.app.arguments import parse_arguments
        from pnp_gui.system.log_file import LOG_FILE, start_logging
        from pnp_gui.system.own_files import make_folder
        from pnp_gui.system.paths import data_folder

        args = parse_arguments(sys.argv[1:])
        if args.leaves_nothing:
            return None
        folder = data_folder(args.data_dir)
        make_folder(folder)
        # If there was a log, it has been closed on the way here.
        close, trouble = start_logging(folder, verbose=False)
        if trouble:
            return None
        logger.critical("%s cannot continue", PRODUCT, exc_info=error)
        close()
    except (OSError, ImportError, RuntimeError, Trouble):
        return None
    return folder / LOG_FILE
