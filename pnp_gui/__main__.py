"""`python -m pnp_gui` is `pnp-gui`."""

from __future__ import annotations

import gc
import sys

from pnp_gui.app.fatal import run
from pnp_gui.bench.sheet import READ_WORKBOOK


def start() -> int:
    """Import the program and run it; the exit status."""
    if sys.argv[1:2] == [READ_WORKBOOK]:
        # No error of it may open PyInstaller's box: who started it sees the exit status.
        try:
            from pnp_gui.bench.sheet.workbook_process import main

            return main(*sys.argv[2:])
        except BaseException:
            return 1
    # Collecting garbage takes a twentieth of the time to listening; gc_pauses.py does it later.
    gc.disable()
    # asyncio does without TLS, as in the bundle, which has none: 4 MB and 5 ms.
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]
    return run(_program)


def _program() -> int:
    from pnp_gui.app.main import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
