"""What ends the program: one line on the pipe and in the log, a box for persons alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.namespace import BenchNetwork, bench_network, wait_until
from tests.screen import xdotool
from tests.windows.exe import (
    KIT,
    boxes,
    clicked,
    run_windows,
    windows_path,
    wine_environment,
    wine_is_over,
)

MAX_FOLDER = 243
"""Characters of the longest folder that it starts from, where Windows allows long paths."""
WHOLE = "Unpack the whole zip again"
NO_TEMPORARY = """
import os, subprocess, sys
os.environ["TEMP"] = os.environ["TMP"] = r"C:\\nowhere"
os.chdir(r"C:\\windows\\temp")
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
print(done.stdout.decode("utf-8"), "status", done.returncode)
"""
READ_ONLY = """
. "${1%/*}/environment"; c=$WINEPREFIX/drive_c
for folder in "$c"/windows/temp "$c"/users/*/AppData/Local/Temp; do
  if [[ -d $folder ]]; then mount -t tmpfs -o ro tmpfs "$folder" || exit 99; fi
done
exec "$@"
"""
"""Runs a command for which the last folders that Python tries cannot be written."""


@pytest.fixture(params=["refused", "unanswered"])
def cut_off(request: pytest.FixtureRequest) -> Iterator[BenchNetwork]:
    """A computer whose programs cannot connect to themselves: an event loop cannot be made."""
    with bench_network() as network:
        if request.param == "refused":
            network.tool.remove_address("lo", "127.0.0.1/8")
        network.tool.link("lo", up=False)
        yield network


@pytest.fixture
def copy(exe: Path, tmp_path: Path) -> Path:
    """The unpacked program once more, to be spoiled."""
    return shutil.copytree(exe.parent, tmp_path / "copy", copy_function=os.link) / exe.name


def lines_of(said: str) -> list[str]:
    return [line for line in map(str.strip, said.splitlines()) if line]


def test_an_uncaught_error_is_one_line_on_the_pipe_and_in_the_log(
    cut_off: BenchNetwork, exe: Path, display: str, tmp_path: Path
) -> None:
    where = ("--data-dir", windows_path(tmp_path / "data"))
    done = run_windows(cut_off.tool, display, str(exe), "--self-test", *where)
    assert done.returncode == 1, done.stdout
    [line] = lines_of(done.stdout)
    assert line.startswith("pnp-gui: PnP Bench cannot continue (ConnectionError")
    assert "127.0.0.1" in line
    log = tmp_path / "data" / "pnp-bench.log"
    assert f"The details are in {windows_path(log)}." in line
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(("wrong", "status"), [([], 1), (["--nonsense"], 2)])
def test_a_self_test_without_any_output_opens_no_box(
    cut_off: BenchNetwork,
    exe: Path,
    display: str,
    tmp_path: Path,
    wrong: list[str],
    status: int,
) -> None:
    """A scheduled task: a box would block it forever."""
    with clicked(cut_off.tool, display, tmp_path, exe, "--self-test", *wrong) as start:
        said, _ = start.communicate(timeout=60)
    assert f"status {status}" in said


def test_a_person_who_started_it_gets_a_box(
    cut_off: BenchNetwork, exe: Path, display: str, tmp_path: Path
) -> None:
    where = ("--data-dir", windows_path(tmp_path / "data"))
    with clicked(cut_off.tool, display, tmp_path, exe, *where) as start:
        wait_until(lambda: boxes(display), 60, "a box is shown")
        xdotool(display, "windowfocus", "--sync", boxes(display)[-1])
        xdotool(display, "key", "Return")
        said, _ = start.communicate(timeout=60)
    assert "status 1" in said
    assert "Traceback" in (tmp_path / "data" / "pnp-bench.log").read_text(encoding="utf-8")


def test_a_self_test_without_a_temporary_folder_says_so(
    bench: BenchNetwork, exe: Path, display: str, tmp_path: Path
) -> None:
    script = tmp_path / "no_temporary.py"
    script.write_text(NO_TEMPORARY)
    wine_is_over()
    done = bench.tool.run(
        *("bash", "-c", READ_ONLY, "_", str(KIT / "run")),
        *("python", windows_path(script), windows_path(exe), "--self-test"),
        env=wine_environment(display),
    )
    line, status = lines_of(done.stdout)
    assert "No folder for temporary files is writable" in line
    assert "TEMP" in line
    assert status == "status 2"


def test_a_pipe_gets_utf_8(bench: BenchNetwork, exe: Path, display: str, tmp_path: Path) -> None:
    missing = windows_path(tmp_path / "Prüfstand Łódź ☎ 電話.csv")
    where = ("--data-dir", windows_path(tmp_path / "data"), "--sheet", missing)
    done = run_windows(bench.tool, display, str(exe), *where)
    assert done.returncode == 2
    assert missing in done.stdout


@pytest.mark.parametrize(
    ("part", "status", "says"),
    [
        ("_internal/PySide6/Qt6Core.dll", 1, WHOLE),
        ("_internal/PySide6/Qt6Widgets.dll", 1, WHOLE),
        ("_internal/PySide6/plugins/platforms/qwindows.dll", 2, "not unpacked completely"),
    ],
)
@pytest.mark.parametrize("damaged", [False, True])
def test_a_part_that_is_missing_or_damaged_is_said_in_one_line(
    bench: BenchNetwork,
    copy: Path,
    display: str,
    tmp_path: Path,
    part: str,
    status: int,
    says: str,
    damaged: bool,
) -> None:
    file = copy.parent / part
    file.unlink()
    if damaged:
        file.write_bytes(b"no program")
        says = WHOLE
    where = ("--data-dir", windows_path(tmp_path / "data"))
    done = run_windows(bench.tool, display, str(copy), "--self-test", *where)
    assert done.returncode == status, done.stdout
    [line] = lines_of(done.stdout)
    assert line.startswith("pnp-gui: ")
    assert says in line
    assert status == 2 or "Traceback" in (tmp_path / "data" / "pnp-bench.log").read_text()


@pytest.mark.parametrize(
    ("length", "status", "says"),
    [
        (MAX_FOLDER, 0, "PnP Bench "),
        *((n, 2, f"path is too long ({n} characters)") for n in (MAX_FOLDER + 1, 247, 252)),
    ],
)
def test_a_path_that_is_too_long_is_said_in_one_line(
    bench: BenchNetwork, copy: Path, display: str, length: int, status: int, says: str
) -> None:
    base = copy.parent.parent
    filled = "x" * (length - len(windows_path(base)) - len("////z") + 1)
    folder = base / filled[:100] / filled[100:] / "z"
    folder.parent.mkdir(parents=True)
    copy.parent.rename(folder)
    assert len(windows_path(folder)) == length
    done = run_windows(bench.tool, display, windows_path(folder / copy.name), "--version")
    assert done.returncode == status, done.stdout
    [line] = lines_of(done.stdout)
    assert says in line
