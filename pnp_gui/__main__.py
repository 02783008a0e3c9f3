"""`python -m pnp_gui` is `pnp-gui`."""

from __future__ import annotations

import gc
import sys


def start() -> int:
    """Import the program and run it."""
    # Looking for garbage takes a twentieth of the time to listening; garbage.py does it later.
    gc.disable()
    from pnp_gui.plain_import import import_plainly

    import_plainly()
    from pnp_gui.app import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
