"""What the program does not import while it starts."""

from __future__ import annotations

import subprocess
import sys

import pytest

NOTHING_TWICE = """
import linecache, sys
from pnp_gui.__main__ import start

sys.argv[1:] = ["--version"]
start()
import pnp_gui.ui.main_window.window
read = [name for name in linecache.cache if "pnp_gui" in name]
sys.exit(f"read again: {read}" if read else 0)
"""
WITHOUT_TLS = """
import sys
from pnp_gui.__main__ import start

sys.argv[1:] = ["--version"]
start()
import pnp_gui.ui.main_window.window
import qasync
sys.exit("with TLS" if "_ssl" in sys.modules else 0)
"""


@pytest.mark.parametrize("program", [NOTHING_TWICE, WITHOUT_TLS], ids=["nothing twice", "no TLS"])
def test_what_it_starts_without(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
