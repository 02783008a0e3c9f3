"""Starting, and what can be in the way: self-test, bad arguments, taken ports, a second start."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.namespace import BenchNetwork, wait_until
from tests.screen import xdotool
from tests.windows.conftest import Start
from tests.windows.exe import (
    KIT,
    boxes,
    clicked,
    run_windows,
    windows_path,
    wine_environment,
)

WORKBOOKS = Path(__file__).parents[1] / "bench" / "sheet" / "workbooks"
HOLD = """
import socket, sys, time
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
if sys.argv[2] == "alone":
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
sock.bind((sys.argv[1], 5060))
print("held", flush=True)
time.sleep(float(sys.argv[3]))
"""


def test_the_self_test_reaches_the_pipe_and_the_log(
    bench: BenchNetwork, exe: Path, display: str, tmp_path: Path
) -> None:
    data = tmp_path / "Daten für PnP"
    where = ("--data-dir", windows_path(data))
    done = run_windows(bench.tool, display, str(exe), "--self-test", *where)
    assert done.returncode == 0, done.stdout
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[-1] == "ok"
    assert "listening: eth0 10.13.2.2, UDP 5060" in lines
    assert "listening: eth1 10.13.3.2, UDP 5060" in lines
    fetched = [line for line in lines if line.startswith("files: the phone fetched ")]
    assert [line.split()[4].partition(":")[0] for line in fetched] == ["http", "tftp"]
    log = (data / "pnp-bench.log").read_text(encoding="utf-8")
    assert all(f"self-test: {line}\n" in log for line in lines)


def test_a_drive_that_is_not_there_is_said(bench: BenchNetwork, exe: Path, display: str) -> None:
    done = run_windows(bench.tool, display, str(exe), "--self-test", "--data-dir", r"Q:\data")
    assert done.returncode == 1, done.stdout
    assert r"Q:\data\bench.sqlite cannot be written (" in done.stdout


def test_the_self_test_fails_when_the_port_is_taken(
    bench: BenchNetwork, exe: Path, display: str
) -> None:
    with bench.tool.udp_socket(("0.0.0.0", 5060)):
        done = run_windows(bench.tool, display, str(exe), "--self-test")
    assert done.returncode == 1, done.stdout
    assert "UDP port 5060" in done.stdout
    assert done.stdout.strip().splitlines()[-1] != "ok"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["-u", "not a url"], 2, "URL"),
        (["-i", "Ethernet 99"], 2, "Ethernet 99"),
        (["--nonsense"], 2, "--nonsense"),
        (["--version"], 0, "PnP Bench "),
        (["--help"], 0, "--self-test"),
    ],
)
def test_what_is_wrong_or_asked_for_reaches_the_pipe(
    bench: BenchNetwork,
    exe: Path,
    display: str,
    tmp_path: Path,
    arguments: list[str],
    status: int,
    says: str,
) -> None:
    where = ("--data-dir", windows_path(tmp_path / "data"))
    done = run_windows(bench.tool, display, str(exe), *where, *arguments)
    assert done.returncode == status, done.stdout
    assert says in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("three_sheets.xlsx", 0, "000413103123,,,Nils Lund 202"),
        ("three_sheets.xls", 0, "000413103123,,,Nils Lund 202"),
        ("three_sheets.ods", 0, "000413103123,,,Nils Lund 202"),
        ("password.xlsx", 2, "protected by a password"),
    ],
)
def test_workbooks_are_read_by_a_second_process_of_the_program(
    bench: BenchNetwork, exe: Path, display: str, name: str, status: int, says: str
) -> None:
    sheet = windows_path(WORKBOOKS / name)
    done = run_windows(bench.tool, display, str(exe), "--check-sheet", sheet)
    assert done.returncode == status, done.stdout
    assert says in done.stdout


def test_without_any_output_what_is_wrong_comes_in_a_box(
    bench: BenchNetwork, exe: Path, display: str, tmp_path: Path
) -> None:
    """As when a shortcut with a wrong argument is clicked."""
    with clicked(bench.tool, display, tmp_path, exe, "--nonsense") as start:
        wait_until(lambda: boxes(display), 60, "a box is shown")
        xdotool(display, "windowfocus", "--sync", boxes(display)[-1])
        xdotool(display, "key", "Return")
        said, _ = start.communicate(timeout=60)
    assert "status 2" in said


def test_a_port_that_another_program_has_is_said_and_taken_when_it_is_free(
    bench: BenchNetwork, start: Start
) -> None:
    held = bench.tool.udp_socket(("10.13.2.2", 5060))
    try:
        with start(bench.tool) as exe:
            wait_until(lambda: exe.wrote("UDP port 5060 is already in use by"), 30, "it is said")
            assert not exe.joined()
            held.close()
            exe.listens("eth0", "eth1")
    finally:
        held.close()


@pytest.mark.parametrize("how", ["shared", "alone"])
def test_a_windows_softphone_on_the_port_is_noticed(
    bench: BenchNetwork, exe: Path, display: str, tmp_path: Path, how: str
) -> None:
    """It has one address only, so a bind of all addresses that is not exclusive would succeed."""
    script = tmp_path / "softphone.py"
    script.write_text(HOLD)
    command = (str(KIT / "run"), "python", windows_path(script), "10.13.2.2", how, "12")
    with bench.tool.popen(
        *command, stdout=subprocess.PIPE, text=True, env=wine_environment(display)
    ) as softphone:
        assert softphone.stdout is not None
        assert softphone.stdout.readline().strip() == "held"
        done = run_windows(bench.tool, display, str(exe), "--self-test", fresh=False)
        assert softphone.poll() is None, "the softphone ended too early"
        softphone.wait(timeout=60)
    assert done.returncode == 1, done.stdout
    assert "UDP port 5060 is already in use by" in done.stdout, done.stdout


def test_a_second_start_shows_the_window_of_the_first(
    bench: BenchNetwork, exe: Path, display: str, start: Start, tmp_path: Path
) -> None:
    data = tmp_path / "Daten"
    where = ("--data-dir", windows_path(data))
    with start(bench.tool, data=data) as first:
        first.listens("eth0")
        window = first.window()
        xdotool(display, "windowminimize", "--sync", window)
        second = run_windows(bench.tool, display, str(exe), *where, fresh=False)
        assert second.returncode == 0, second.stdout
        assert "already running" in second.stdout
        wait_until(lambda: first.wrote("showing the window"), what="the first one was told")
        wait_until(lambda: first.window() == window, what="its window is shown")
        told = run_windows(bench.tool, display, str(exe), *where, "-u", "http://x/", fresh=False)
        assert told.returncode == 0
        assert "not passed on to it: --url" in told.stdout
        # A self-test beside it is another thing: it finds the port taken.
        tested = run_windows(bench.tool, display, str(exe), "--self-test", *where, fresh=False)
        assert tested.returncode == 1
        assert "5060 is already in use by" in tested.stdout


def test_after_a_crash_it_starts_again(bench: BenchNetwork, start: Start) -> None:
    with start(bench.tool) as crashed:
        crashed.listens("eth0")
        crashed.kill()
    with start(bench.tool) as again:
        again.listens("eth0", "eth1")


def test_a_portable_copy_keeps_its_data_beside_itself(
    bench: BenchNetwork, exe: Path, start: Start
) -> None:
    mark = exe.parent / "portable"
    mark.touch()
    data = exe.parent / "data"
    try:
        with start(bench.tool, data=None, portable=True) as program:
            program.listens("eth0")
        assert (data / "bench.sqlite").is_file()
        assert (data / "pnp-bench.log").is_file()
    finally:
        mark.unlink()


def test_a_portable_copy_that_cannot_write_says_so(
    bench: BenchNetwork, exe: Path, start: Start
) -> None:
    mark, data = exe.parent / "portable", exe.parent / "data"
    moved = data.with_name("data moved away")
    if data.exists():
        data.rename(moved)
    mark.touch()
    data.write_text("a file where the folder should be")
    try:
        with start(bench.tool, data=None, portable=True) as program:
            program.listens("eth0")
            assert program.wrote("not a folder"), program.output
    finally:
        mark.unlink()
        data.unlink()
