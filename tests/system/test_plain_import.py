"""No module of the program is read a second time while it starts, by PySide6's own import."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import linecache, sys
from pnp_gui.__main__ import start

sys.argv[1:] = ["--version"]
start()
import pnp_gui.ui.main_window.window
read = [name for name in linecache.cache if "pnp_gui" in name]
sys.exit(f"read again: {read}" if read else 0)
"""


def test_that_no_module_of_the_program_is_read_a_second_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=False, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
