"""Whatever ends the program says so in one line, in the log, and by its exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.program import ROOT, environment, kept_in
from tests.namespace import BenchNetwork

BROKEN = {
    "error": "raise RuntimeError('no http://bob:secret@pbx/\\n\\x1b[2J here')",
    "memory": "raise MemoryError",
    "part": "raise ImportError('DLL load failed while importing it')",
    "text": "raise SystemExit('it does not want to')",
    "exit": "raise SystemExit(7)",
    # A job in the background ignores SIGINT until it says otherwise.
    "interrupted": "import os, signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "os.kill(os.getpid(), signal.SIGINT)",
}
"""What stands in a module that is imported on the way, as after a disk fault."""


def run_with(
    side: BenchNetwork, folder: Path, module: str, text: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end with `module` replaced by this text."""
    spoiled = folder / "spoiled"
    spoiled.mkdir(exist_ok=True)
    (spoiled / f"{module}.py").write_text(text)
    names = environment(folder)
    names["PYTHONPATH"] = f"{spoiled}:{names['PYTHONPATH']}"
    names["XDG_DATA_HOME"] = str(folder / "share")
    command = (sys.executable, "-m", "pnp_gui", *arguments)
    return side.tool.run(*command, check=False, timeout=30, env=names, cwd=ROOT)


@pytest.mark.parametrize("module", ["PySide6", "qasync"])
@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("error", 1, r"(RuntimeError: no http://xxx:xxxxxx@pbx/ \x1b[2J here). The details are in"),
        ("memory", 1, "there is not enough memory. The details are in"),
        ("part", 1, "DLL load failed while importing it"),
        ("text", 1, "pnp-gui: it does not want to"),
    ],
)
def test_what_nobody_caught_is_one_line_and_in_the_log(
    bench: BenchNetwork, tmp_path: Path, module: str, how: str, status: int, says: str
) -> None:
    data = tmp_path / "data"
    done = run_with(bench, tmp_path, module, BROKEN[how], "--data-dir", str(data))
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert says in line
    if "details" in line:
        assert f"The details are in {data / 'pnp-bench.log'}." in line
        log = (data / "pnp-bench.log").read_text()
        assert "Traceback (most recent call last)" in log
        assert "secret" not in log
    assert how != "error" or "Traceback" in log


@pytest.mark.parametrize("module", ["PySide6", "qasync"])
def test_an_exit_status_stays_what_it_is(bench: BenchNetwork, tmp_path: Path, module: str) -> None:
    done = run_with(bench, tmp_path, module, BROKEN["exit"], "--data-dir", str(tmp_path / "data"))
    assert (done.returncode, done.stdout, done.stderr) == (7, "", "")


def test_ctrl_c_before_anything_is_there_ends_it_without_a_word(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    done = run_with(bench, tmp_path, "PySide6", BROKEN["interrupted"])
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_without_a_folder_named_the_log_of_a_failed_start_is_where_it_always_is(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    done = run_with(bench, tmp_path, "PySide6", BROKEN["error"])
    log = tmp_path / "share" / "PnP Bench" / "pnp-bench.log"
    assert f"The details are in {log}." in done.stderr
    assert "RuntimeError" in log.read_text()


def test_a_self_test_that_fails_so_leaves_nothing_behind(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    done = run_with(bench, tmp_path, "PySide6", BROKEN["error"], "--self-test")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "RuntimeError" in line
    assert not (tmp_path / "share").exists()


def test_what_was_decided_before_is_kept(bench: BenchNetwork, tmp_path: Path) -> None:
    """It ended in order but for the one thing."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("000413102030,approved,,kept")
    data = ("--data-dir", str(tmp_path / "data"))
    done = run_with(bench, tmp_path, "qasync", BROKEN["error"], *data, "--sheet", str(sheet))
    assert done.returncode == 1
    assert [phone.label for phone in kept_in(tmp_path / "data").values()] == ["kept"]
    assert not (tmp_path / "data" / "pnp-bench-crash.log").exists()


def test_too_few_open_files_are_said_in_one_line(bench: BenchNetwork, tmp_path: Path) -> None:
    """A real one: there are not enough of them for the event loop."""
    command = f"ulimit -n 8; exec {sys.executable} -m pnp_gui --self-test"
    done = bench.tool.run(
        "bash", "-c", command, check=False, timeout=30, env=environment(tmp_path), cwd=ROOT
    )
    assert done.returncode == 1, done.stderr
    [line] = done.stderr.splitlines()
    assert "Too many open files" in line
