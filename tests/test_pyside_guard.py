"""PySide6 6.12.0 loses a reference on None in every call of a void method and so ends the process.

Measured on Python 3.11: abort after some 8,000 turns of the event loop. 6.11 does not.
From Python 3.12 on None is immortal: its count stands still whatever is called, and that is
what is asked for here, with every Python.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement

CALLS = 20_000

# A process of its own: where the reference is lost, this one must not pay for it. It holds enough
# of them that it lives to tell, and ends without a clean-up that would count them down.
PROGRAM = f"""
import os, sys
from PySide6.QtCore import QObject
held = [None] * {4 * CALLS}
thing = QObject()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    thing.setObjectName("x")
print(before - sys.getrefcount(None), flush=True)
os._exit(0)
"""


def requirement() -> Requirement:
    """What pyproject.toml asks for."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    wanted = [Requirement(line) for line in project["project"]["dependencies"]]
    (pyside,) = [one for one in wanted if one.name.lower().startswith("pyside6")]
    return pyside


def test_the_installed_pyside_is_one_that_the_project_asks_for() -> None:
    assert requirement().name == "PySide6-Essentials"
    installed = version("PySide6-Essentials")
    assert requirement().specifier.contains(installed), installed


def test_the_version_that_loses_references_is_kept_out() -> None:
    assert not requirement().specifier.contains("6.12.0")


def test_a_void_call_loses_no_reference_on_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) < CALLS // 10
