"""`python -m pnp_gui` is `pnp-gui`."""

from __future__ import annotations

import sys

from pnp_gui.app import main

if __name__ == "__main__":
    sys.exit(main())
