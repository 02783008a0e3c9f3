"""What is served of a folder on Windows: real long names alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.end_to_end.program import ROOT
from tests.namespace import BenchNetwork
from tests.windows.exe import run_windows, windows_path


def test_only_files_by_their_real_names(bench: BenchNetwork, display: str, tmp_path: Path) -> None:
    program = windows_path(Path(__file__).with_name("served_folder.py"))
    done = run_windows(
        *(bench.tool, display, "python", program, windows_path(ROOT), windows_path(tmp_path))
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stdout
    found = json.loads(lines[0])
    assert "~" in found["short"]
    assert set(found["opened"].values()) == {True}
    assert found["wrong"] == []
    assert (found["change"], found["locked"], found["gone"]) == ("seen", "refused", "said")
