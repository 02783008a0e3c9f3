"""Every write and every sync of the store fails once, while decisions are made."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCE = Path(__file__).with_name("failing_disk.c")


@pytest.mark.slow
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
def test_no_decision_that_is_shown_as_saved_is_lost(tmp_path: Path, error: int) -> None:
    library = tmp_path / "failing_disk.so"
    command = ("gcc", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl")
    subprocess.run(command, check=True, timeout=60)
    (folder := tmp_path / "work").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.store.failing", str(folder), str(error)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    calls, *wrong = done.stdout.splitlines()
    assert int(calls) > 50, "the disk is really in between"
    assert wrong == []
