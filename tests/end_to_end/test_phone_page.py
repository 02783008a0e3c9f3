"""The system's own way to a browser: Qt calls `xdg-open`, which is ours here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.namespace import wait_until
from tests.screen import new_screen

pytestmark = pytest.mark.root  # it starts Xvfb

SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
from pnp_gui.ui.widgets.desktop import open_page_of
app = QApplication([])
print([open_page_of(address) for address in sys.argv[1:]])
"""


def opened_by(tmp_path: Path, *addresses: str) -> tuple[str, list[str]]:
    """What the program says, and what the browser was given."""
    seen = tmp_path / "seen"
    seen.touch()
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {seen}\n')
    browser.chmod(0o755)
    with new_screen() as display:
        env = {
            **{name: value for name, value in os.environ.items() if name != "BROWSER"},
            **{"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_CURRENT_DESKTOP": ""},
            "PATH": f"{browser.parent}:{os.environ['PATH']}",
        }
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, *addresses],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    wait_until(seen.read_text)
    return done.stdout.strip(), seen.read_text().splitlines()


def test_the_desktop_is_given_the_phones_address_alone(tmp_path: Path) -> None:
    said, given = opened_by(tmp_path, "192.0.2.101", "192.0.2.101/;touch x", "--version")
    assert said == "[True, False, False]"
    assert given == ["http://192.0.2.101/"]
