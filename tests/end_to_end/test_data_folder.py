"""The data folder with the whole program: what is in the place of its files, and whose it is."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pnp_gui.app.single_instance import LOCK_FILE
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import FILE, Kept, Store
from pnp_gui.system.crash_log import CRASH_FILE
from pnp_gui.system.log_file import LOG_FILE
from tests.end_to_end.other_user import AS_ANY_USER, NOBODY
from tests.end_to_end.program import ROOT, Program, environment, kept_in, run_program
from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork

A, B = "000413000001", "000413000002"


def fill(data: Path) -> None:
    store = Store.open(data)
    store.save_decisions(
        [Kept(A, Decision.APPROVED, "", "kept"), Kept(B, Decision.UNDECIDED, "", "")]
    )
    store.close()


def contents(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.iterdir() if path.name != LOCK_FILE}


@pytest.mark.parametrize("kind", ["pipe", "link"])
@pytest.mark.parametrize("name", [LOG_FILE, CRASH_FILE, LOCK_FILE, FILE])
def test_it_starts_and_ends_whatever_bears_its_files_names(
    bench: BenchNetwork, tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "data").mkdir()
    thesis = tmp_path / "thesis"
    thesis.write_text("years of work")
    odd = tmp_path / "data" / name
    os.mkfifo(odd) if kind == "pipe" else odd.symlink_to(thesis)
    with RemoteProgram(bench.tool, tmp_path) as run:
        assert str(odd) in run.wait_for_bar("is a link, a pipe or a folder")
        assert len(run.bar) == 1
    assert thesis.read_text() == "years of work"
    assert not stat.S_ISREG(odd.lstat().st_mode)


@pytest.mark.parametrize("name", ["pipe", "folder", "loop", "two\nlines"])
def test_a_sheet_that_is_no_file_is_one_line(
    bench: BenchNetwork, tmp_path: Path, name: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "two\nlines")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    done = run_program(bench.tool, tmp_path, "--sheet", str(tmp_path / name))
    assert done.returncode == 2, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert repr(name)[1:-1] in line


def test_only_this_user_can_read_what_it_makes(bench: BenchNetwork, tmp_path: Path) -> None:
    with Program(bench.tool, tmp_path) as program:
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in program.data.iterdir()}
        assert stat.S_IMODE(program.data.stat().st_mode) == 0o700
    assert modes.keys() >= {
        *(FILE, f"{FILE}-wal", f"{FILE}-shm", LOG_FILE, CRASH_FILE, LOCK_FILE),
    }
    assert set(modes.values()) == {0o600}


def test_the_users_own_folder_is_closed_and_one_that_was_named_stays(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    own = home / ".local" / "share" / "PnP Bench"
    named = tmp_path / "data"
    for folder in (own, named):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        (folder / FILE).touch()
        (folder / FILE).chmod(0o644)
    process = bench.tool.popen(
        *(sys.executable, "-m", "pnp_gui"), env=environment(tmp_path), cwd=ROOT
    )
    try:
        deadline = time.monotonic() + 60
        while not (own / f"{FILE}-wal").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    with Program(bench.tool, tmp_path):
        pass
    for folder, mode in ((own, 0o700), (named, 0o755)):
        assert stat.S_IMODE(folder.stat().st_mode) == mode
        assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_another_users_folder_is_said_and_left_to_him(bench: BenchNetwork, tmp_path: Path) -> None:
    data = tmp_path / "data"
    fill(data)
    with Program(bench.tool, tmp_path):
        pass
    data.chmod(0o777)
    (data / FILE).chmod(0o666)  # as earlier versions left it, and worse
    for path in data.iterdir():
        os.chown(path, NOBODY, NOBODY)
    before = contents(data)
    with RemoteProgram(bench.tool, tmp_path, before=AS_ANY_USER) as run:
        run.wait_for_bar("belongs to another user of this computer (nobody)")
        assert len(run.bar) == 1
        assert run.decisions == {A: "approved", B: "undecided"}
        run.press([B], "D")
        assert run.decisions[B] == "denied"
        assert contents(data) == before
    assert contents(data) == before


def test_a_file_system_without_locks_is_said_and_not_written(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    fill(data)
    before = contents(data)
    without = (sys.executable, "-m", "tests.end_to_end.no_locks")
    with RemoteProgram(bench.tool, tmp_path, before=without) as run:
        run.wait_for_bar("has no locks")
        assert len(run.bar) == 1
        assert run.decisions == {A: "approved", B: "undecided"}
        run.press([B], "D")
    assert contents(data) == before


def test_a_demo_in_the_folder_of_a_running_program_writes_nothing_there(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    with Program(bench.tool, tmp_path / "first") as first:
        folder = ("--data-dir", str(first.data))
        with RemoteProgram(
            bench.tool, tmp_path / "demo", *folder, "--demo", "2", "-p", "5070"
        ) as run:
            run.wait_for_bar(f"Another PnP Bench (process {first.process.pid})")
            first.kill()
            run.wait_for_no_bar()
        assert kept_in(first.data).keys()


def test_a_second_start_beside_it_ends(bench: BenchNetwork, tmp_path: Path) -> None:
    with Program(bench.tool, tmp_path):
        second: subprocess.CompletedProcess[str] = run_program(bench.tool, tmp_path)
        other = run_program(bench.tool, tmp_path, "-p", "5070", "-u", "http://h/x", "-v")
    assert (second.returncode, second.stderr) == (0, "")
    assert "already running" in second.stdout
    assert other.returncode == 0
    assert "already running" in other.stdout
    assert "not passed on to it: --url, --port, --verbose. Close its window" in other.stderr
