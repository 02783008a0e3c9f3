"""What the program does not import while it starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

AFTER_A_SELF_TEST = """
import linecache, sys
from pnp_gui.__main__ import start

status = start()
import pnp_gui.ui.main_window.window
read = [name for name in linecache.cache if "pnp_gui" in name]
if status or read or "_ssl" in sys.modules:
    sys.exit(f"status {status}, read again: {read}, TLS: {'_ssl' in sys.modules}")
"""
LISTENING = """
import sys
from pathlib import Path
from pnp_gui.app import startup
from pnp_gui.app.arguments import parse_arguments
from contextlib import ExitStack

with ExitStack() as stack:
    started = startup.start(parse_arguments(sys.argv[1:]), stack, lambda: False)
    if not started.session.pump.state.listening:
        sys.exit("not listening")
    qt = [name for name in sys.modules if name.startswith(("PySide6", "qasync"))]
    sys.exit(f"imported: {qt}" if qt else 0)
"""


@pytest.mark.parametrize(
    ("program", "arguments"),
    [(AFTER_A_SELF_TEST, ["--self-test"]), (LISTENING, ["--demo"])],
    ids=["nothing twice, no TLS", "listening without Qt"],
)
def test_what_it_starts_without(program: str, arguments: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "-i", "lo", "--port", port],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
