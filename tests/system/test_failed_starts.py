"""Which starts count as failed: only those that say so themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pnp_gui.system.failed_starts import MARK_FILE, FailedStarts
from pnp_gui.trouble import Trouble
from tests.namespace import wait_until


def start(folder: Path, *, crashed: bool = False) -> FailedStarts:
    made = FailedStarts(folder, crashed=crashed)
    made.start()
    return made


def lose(made: FailedStarts) -> None:
    """The process is gone, and its mark stays."""
    made._close_file()


def test_a_crash_counts_and_a_kill_does_not(tmp_path: Path) -> None:
    lose(start(tmp_path))
    lose(start(tmp_path))
    killed = start(tmp_path)
    assert killed.failed == 0
    lose(killed)
    crashed = start(tmp_path, crashed=True)
    assert crashed.failed == 1
    lose(crashed)
    killed = start(tmp_path)
    assert killed.failed == 1
    lose(killed)
    twice = start(tmp_path, crashed=True)
    assert twice.failed == 2
    twice.window_ready()
    last = start(tmp_path, crashed=True)
    assert last.failed == 0
    last.window_ready()


def test_an_exception_counts_and_an_orderly_end_does_not(tmp_path: Path) -> None:
    start(tmp_path).close(ValueError, ValueError(), None)
    second = start(tmp_path)
    assert second.failed == 1
    second.close(None, None, None)
    third = start(tmp_path)
    assert third.failed == 1
    third.close(SystemExit, SystemExit(0), None)
    fourth = start(tmp_path)
    assert fourth.failed == 1
    fourth.window_ready()
    fourth.close(ValueError, ValueError(), None)
    assert not (tmp_path / MARK_FILE).exists()


def test_while_it_is_paused_nothing_counts(tmp_path: Path) -> None:
    paused = start(tmp_path, crashed=False)
    paused.pause()
    crashed = start(tmp_path, crashed=True)
    assert crashed.failed == 0
    crashed.pause()
    crashed.close(ValueError, ValueError(), None)
    again = start(tmp_path)
    assert again.failed == 0
    again.pause()
    again.start()
    again.close(ValueError, ValueError(), None)
    last = start(tmp_path)
    assert last.failed == 1
    last.window_ready()


def test_a_window_that_never_stands_counts(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pnp_gui.system import failed_starts as f\n"
        "f.HUNG_SECONDS = 0.2\n"
        "made = f.FailedStarts(Path(sys.argv[1]), crashed=False)\n"
        "made.start()\n"
        "sys.stdout.write('begun'); sys.stdout.flush()\n"
        "time.sleep(600)\n"
    )
    mark = tmp_path / MARK_FILE
    hung = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE)
    try:
        wait_until(
            lambda: mark.exists() and b"not ready in time" in mark.read_bytes(), 60, "it says so"
        )
    finally:
        hung.kill()
        hung.communicate()
    again = start(tmp_path)
    assert again.failed == 1
    again.window_ready()


@pytest.mark.parametrize(
    "error", [OSError(24, "Too many open files"), MemoryError(), Trouble("There is no screen.")]
)
def test_what_is_no_fault_of_the_data_does_not_count(tmp_path: Path, error: Exception) -> None:
    start(tmp_path).close(type(error), error, None)
    again = start(tmp_path)
    assert again.failed == 0
    again.window_ready()


def test_a_folder_in_its_place_keeps_nothing_from_starting(tmp_path: Path) -> None:
    (tmp_path / MARK_FILE).mkdir()
    for _ in range(2):
        made = start(tmp_path)
        assert made.failed == 0
        made.window_ready()
    assert (tmp_path / MARK_FILE).is_dir()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"-1 running", b"9" * 5000 + b" running", b"2", b"\n\n\n"]
)
def test_whatever_the_mark_says_it_starts(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MARK_FILE).write_bytes(content)
    made = start(tmp_path, crashed=True)
    assert made.failed in (0, 1, 2)
    made.window_ready()


def test_a_link_or_pipe_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("2 running")
    (tmp_path / MARK_FILE).symlink_to(tmp_path / "mine")
    made = start(tmp_path, crashed=True)
    assert made.failed == 0
    made.window_ready()
    assert (tmp_path / "mine").read_text() == "2 running"
    os.mkfifo(tmp_path / MARK_FILE)
    made = start(tmp_path, crashed=True)
    assert made.failed == 0
    made.window_ready()
