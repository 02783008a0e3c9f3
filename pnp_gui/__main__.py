"""`python -m pnp_gui` is `pnp-gui`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from pnp_gui.system.fatal import run


def start() -> int:
    """Import the program and run it."""
    # Looking for garbage takes a twentieth of the time to listening; garbage.py does it later.
    gc.disable()
    return run(_program, log_folder)


def _program() -> int:
    try:
        from pnp_gui.system.plain_import import import_plainly

        import_plainly()
        from pnp_gui.app.main import main
    except ImportError as error:
        from pnp_gui.system.libraries import missing_libraries

        raise (missing_libraries() or error) from None
    return main()


def log_folder() -> Path | None:
    """Where a program that could not start may leave its log."""
    from pnp_gui.app.arguments import parse_arguments
    from pnp_gui.system.paths import data_folder

    args = parse_arguments(sys.argv[1:])
    return None if args.leaves_nothing else data_folder(args.data_dir)


if __name__ == "__main__":
    sys.exit(start())
