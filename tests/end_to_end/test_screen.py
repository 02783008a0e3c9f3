"""Without a usable screen one line says what to do, and the exit status is 2."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from pnp_gui.app.single_instance import LOCK_FILE
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import FILE, Kept, Store
from pnp_gui.system.failed_starts import MARK_FILE, FailedStarts
from pnp_gui.system.log_file import LOG_FILE
from tests.end_to_end.program import ROOT, Program, environment, kept_in
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone
from tests.screen import new_screen

pytestmark = pytest.mark.root  # it hides libraries by mounts, and starts Xvfb

MAC = "000413A0B0C0"

WITHOUT = """
for library in $HIDDEN; do
  file=$(/sbin/ldconfig -p | awk -v name="$library" '$1 == name { print $NF; exit }')
  mount --bind /dev/null "$(realpath "$file")" || exit 99
done
ip link set lo up
exec "$@"
"""
"""Runs a command in namespaces of its own, with these libraries hidden from it."""


def run(
    folder: Path, *arguments: str, hidden: str = "", **screen: str
) -> subprocess.CompletedProcess[str]:
    """The program, run to its end in this session."""
    names = {**environment(folder), **screen, "HIDDEN": hidden}
    if "QT_QPA_PLATFORM" not in screen:
        del names["QT_QPA_PLATFORM"]
    return subprocess.run(
        [
            *("unshare", "-n", "-m", "bash", "-c", WITHOUT, "_", sys.executable, "-m", "pnp_gui"),
            *("--data-dir", str(folder / "data"), *arguments),
        ],
        env=names,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def start(folder: Path, *arguments: str, hidden: str = "", **screen: str) -> list[str]:
    """The lines that the program wrote when it ended with 2."""
    done = run(folder, *arguments, hidden=hidden, **screen)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    return done.stderr.splitlines()


@pytest.mark.parametrize(
    ("hidden", "debian", "fedora"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
        ("libGL.so.1", "libgl1", "libglvnd-glx"),
        ("libEGL.so.1 libxcb-icccm.so.4", "libegl1 libxcb-icccm4", "libglvnd-egl xcb-util-wm"),
        ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ],
)
def test_missing_libraries_are_named_with_their_packages(
    tmp_path: Path, hidden: str, debian: str, fedora: str
) -> None:
    with new_screen() as display:
        [line] = start(tmp_path, hidden=hidden, DISPLAY=display)
    assert hidden in line
    assert f"“apt install {debian}”" in line
    assert f"“dnf install {fedora}”" in line
    assert FailedStarts(tmp_path / "data", crashed=False).failed == 0, "the data is not to blame"


def test_a_self_test_needs_the_libraries_too(tmp_path: Path) -> None:
    [line] = start(tmp_path, "--self-test", hidden="libGL.so.1")
    assert "“apt install libgl1”" in line


def test_a_library_of_wayland_is_named_where_that_is_the_screen(tmp_path: Path) -> None:
    [line] = start(tmp_path, hidden="libwayland-cursor.so.0", WAYLAND_DISPLAY="wayland-0")
    assert "“apt install libwayland-cursor0”" in line


@pytest.mark.parametrize(
    "screen",
    [
        {"DISPLAY": ":99"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":99"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "nonsense", "DISPLAY": ":99"},
    ],
)
def test_a_screen_that_does_not_answer_is_named(tmp_path: Path, screen: dict[str, str]) -> None:
    # What the compositor left behind when it died.
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "wayland-0").touch()
    [line] = start(tmp_path, **screen)
    for name, value in screen.items():
        assert f"{name}={value}" in line
    assert "desktop session" in line


def test_without_a_screen_nobody_is_answered_and_nothing_is_done(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    store.save_decisions([Kept(MAC, Decision.APPROVED, "", "")])
    store.close()
    sheet = tmp_path / "phones.csv"
    sheet.write_text(f"mac,decision\n{MAC},denied\n")
    start(tmp_path, "--sheet", str(sheet), "-u", "http://192.0.2.5/new", DISPLAY=":99")
    assert kept_in(tmp_path / "data")[MAC].decision is Decision.APPROVED
    left = {path.name for path in (tmp_path / "data").iterdir()}
    assert left == {FILE, LOG_FILE, LOCK_FILE}, "it ended in order"
    log = (tmp_path / "data" / LOG_FILE).read_text()
    assert "No display can be opened (DISPLAY=:99)" in log
    assert log.rstrip().endswith("PnP Bench ends")


def test_a_demo_without_a_screen_leaves_nothing(tmp_path: Path) -> None:
    names = {**environment(tmp_path), "DISPLAY": ":99", "TMPDIR": str(tmp_path)}
    del names["QT_QPA_PLATFORM"]
    done = subprocess.run(
        ["unshare", "-n", "bash", "-c", WITHOUT, "_", sys.executable, "-m", "pnp_gui", "--demo"],
        env=names,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


CRASH_IN_QT = """
import os, sys
from pnp_gui.app import running
from pnp_gui.__main__ import start

running.open_application = lambda undo: os.abort()
start()
"""


def test_a_crash_of_qt_is_no_fault_of_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = Store.open(data)
    store.save_decisions([Kept(MAC, Decision.APPROVED, "", "")])
    store.close()
    for _ in range(3):
        command = (sys.executable, "-c", CRASH_IN_QT, "--data-dir", str(data))
        done = subprocess.run(
            ["unshare", "-n", *command],
            env=environment(tmp_path),
            cwd=ROOT,
            check=False,
            timeout=60,
            stderr=subprocess.DEVNULL,
        )
        assert done.returncode == -signal.SIGABRT
    assert FailedStarts(data, crashed=True).failed == 0
    assert list(data.glob("*failed*")) == []


def test_no_screen_at_all_points_to_the_self_test(tmp_path: Path) -> None:
    [line] = start(tmp_path)
    assert "DISPLAY" in line
    assert "--self-test" in line


def test_what_qt_says_while_it_finds_a_screen_goes_to_no_terminal(tmp_path: Path) -> None:
    """A dead session of Wayland's, and X11 in its place."""
    with new_screen() as display:
        done = run(tmp_path, "--self-test", DISPLAY=display, WAYLAND_DISPLAY="wayland-0")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_screen_that_goes_ends_it_in_order(bench: BenchNetwork, tmp_path: Path) -> None:
    """As at a log-off from X11, which asks no program."""
    with ExitStack() as stack:
        display = stack.enter_context(new_screen())
        program = Program(bench.tool, tmp_path, display=display)
        with program, bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0") as made:
            Phone(made, MAC).ask()
            wait_until(lambda: MAC in program.log, what="it was heard")
            stack.close()
            assert program.process.wait(timeout=30) == 2
    (line,) = (line for line in program.log.splitlines() if line.startswith("pnp-gui: "))
    assert "The display was lost" in line
    assert "Traceback" not in program.log
    assert program.kept()[MAC].last_seen is not None
    assert not (program.data / MARK_FILE).exists(), "it counts as a failed start"
