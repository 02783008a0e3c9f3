"""Which folder holds the data: the one that Qt names, without asking Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pnp_gui.system.paths import data_folder

ASK_QT = """
from PySide6.QtCore import QCoreApplication, QStandardPaths
from pnp_gui import PRODUCT
app = QCoreApplication([])
app.setApplicationName(PRODUCT)
print(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
"""


@pytest.mark.parametrize("share", [None, "/srv/share", "relative/share", ""])
def test_it_is_where_qt_has_it(monkeypatch: pytest.MonkeyPatch, share: str | None) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    if share is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", share)
    asked = subprocess.run(
        [sys.executable, "-c", ASK_QT], env=dict(os.environ), capture_output=True, text=True
    )
    assert data_folder(None) == Path(asked.stdout.rstrip("\n")), asked.stderr


@pytest.mark.root
def test_without_a_home_there_is_still_an_answer() -> None:
    """A container that runs it as a user that the system does not know."""
    ask = (
        "import os; from pnp_gui.system.paths import data_folder; os.setuid(54321); "
        "print(data_folder(None))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "/.local/share/PnP Bench\n", done.stderr
