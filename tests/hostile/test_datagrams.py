"""A hundred thousand hostile datagrams (more: see ``python -m tests.hostile``).

In a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.families import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
DATAGRAMS = os.environ.get("PNP_HOSTILE_DATAGRAMS", "100000")


def run(*arguments: str) -> str:
    """What the command printed; fails with it."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=3600
    )
    assert done.returncode == 0, done.stdout[-9000:] + done.stderr[-9000:]
    return done.stdout + done.stderr


@pytest.mark.slow
def test_no_exception_no_undue_answer_and_bounded_tables() -> None:
    said = run("tests.hostile", DATAGRAMS)
    sys.stdout.write(said)
    assert f"{DATAGRAMS} datagrams" in said
    assert set(FAMILIES) <= {line[:24].strip() for line in said.splitlines()}
