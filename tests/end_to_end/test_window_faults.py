"""Faults of our own in the whole program: said, told with all details, and phones go on being
served."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pnp_gui import __version__
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.system.crash_log import CRASH_FILE
from tests.end_to_end.program import kept_in
from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone

MAC = "000413A2105F"


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "sheet.csv"
    path.write_text(f"mac,decision\n{MAC},approved\n")
    return str(path)


@pytest.fixture
def program(bench: BenchNetwork, tmp_path: Path, sheet: str) -> Iterator[RemoteProgram]:
    with RemoteProgram(bench.tool, tmp_path, "--sheet", sheet) as made:
        yield made


def serve(bench: BenchNetwork) -> None:
    with bench.phones.udp_socket((bench.cables[0].phone_ip, 0), device="ph0") as sock:
        assert Phone(sock, MAC).served() == "10.13.2.2"


FAULTS = {
    "slot": "in a Qt callback",
    "timer": "in a Qt callback",
    "painting": "in a Qt callback",
    "virtual": "in a Qt callback",
    "task": "in the event loop (Task exception was never retrieved",
    "callback": "in the event loop (Exception in callback",
    "other_thread": "in the thread another",
    "thread": "in the thread store",
    "unraisable": "Exception ignored in <function Unraisable.__del__",
    "absorb": "internal fault no. 1",
}
"""What is hurt -> how the log calls it."""


@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_of_our_own_is_said_and_told_and_phones_are_served(
    bench: BenchNetwork, program: RemoteProgram, how: str
) -> None:
    serve(bench)
    program.until(lambda state: state["rows"] == 1, "the phone is in the table")
    program.do("hurt", how=how)
    serve(bench)
    code = "internal" if how == "absorb" else "fault"
    state = program.until(lambda state: code in state["problems"], "it is said")
    assert list(state["problems"]) == [code]
    assert "(ZeroDivisionError: on purpose)" in state["problems"][code]
    assert state["actions"] == {code: "Copy details"}
    assert FAULTS[how] in program.log_file
    assert "Traceback (most recent call last)" in program.log_file
    assert re.search(r"^ *ZeroDivisionError: .*on purpose", program.log_file, re.M)
    assert any("on purpose" in line for line in state["log"]), "not in the window's log"
    if how == "painting":
        wait_until(lambda: "(no. 1000)" in program.log_file, what="the thousandth is told of")
    # A fault that comes a thousand times is no thousand lines.
    assert program.log_file.count("Traceback") <= 10
    assert sum("on purpose" in line for line in state["log"]) <= 10
    for by in ("mouse", "keyboard"):
        copied = program.do("act", code=code, by=by)["clipboard"]
        assert copied.startswith(f"PnP Bench {__version__}\n")
        assert re.search(r"^Qt 6\S+, PySide6 6\S+, Python 3\S+$", copied, re.M)
        assert re.search(r"Linux-\d", copied)
        assert "Traceback (most recent call last)" in copied
        assert re.search(r"^ZeroDivisionError: .*on purpose", copied, re.M)
        if how == "painting":
            assert "1,000 times" in copied
    # It was heard all the while, and it ends in order.
    serve(bench)


def test_what_the_saving_thread_was_about_to_write_is_written_by_the_next(
    bench: BenchNetwork, program: RemoteProgram
) -> None:
    program.do("hurt", how="thread")
    serve(bench)
    program.until(lambda state: "fault" in state["problems"], "it is said")
    serve(bench)
    program.until(lambda state: "store" in state["threads"], "there is a thread again")

    def lines() -> int:
        with sqlite3.connect(program.data / "bench.sqlite") as connection:
            return int(
                connection.execute("SELECT count(*) FROM history WHERE url <> ''").fetchone()[0]
            )

    wait_until(lambda: lines() == 4, what="offered and accepted, twice")


def test_warnings_of_qt_stand_in_the_log_a_few_times(program: RemoteProgram) -> None:
    program.do("hurt", how="qt_warning")
    wait_until(lambda: "a warning of Qt (no. 1000)" in program.log_file)
    assert "WARNING qt: a warning of Qt" in program.log_file
    assert program.log_file.count("a warning of Qt") == 6


def test_a_crash_is_told_at_the_next_start(bench: BenchNetwork, tmp_path: Path, sheet: str) -> None:
    with RemoteProgram(bench.tool, tmp_path, "--sheet", sheet) as program:
        program.do("hurt", how="crash")
        assert program.process.wait(timeout=30) < 0
    with RemoteProgram(bench.tool, tmp_path) as program:
        state = program.until(lambda state: "crashed" in state["problems"], "it is said")
        assert "PnP Bench crashed at" in state["problems"]["crashed"]
        assert "Fatal Python error: Segmentation fault" in program.log_file
        copied = program.do("act", code="crashed", by="keyboard")["clipboard"]
        assert "remote_window.py" in copied
        serve(bench)
    assert not (program.data / CRASH_FILE).exists()
    with RemoteProgram(bench.tool, tmp_path) as program:
        assert "crashed" not in program.do("refresh")["problems"]
        # What the system mended by itself is no crash.
        (program.data / CRASH_FILE).write_text("Windows fatal exception: code 0x8001010d")
    assert "the system reported this" in program.log_file
    with RemoteProgram(bench.tool, tmp_path) as program:
        assert "crashed" not in program.do("refresh")["problems"]
        program.kill()
    with RemoteProgram(bench.tool, tmp_path) as program:
        # Killed, or the power went: nothing is known, and nothing is said.
        assert "crashed" not in program.do("refresh")["problems"]


def test_a_program_without_any_output_tells_of_faults_all_the_same(
    bench: BenchNetwork, tmp_path: Path, sheet: str
) -> None:
    """As a windowed program on Windows: sys.stderr is None."""
    with RemoteProgram(bench.tool, tmp_path, "--sheet", sheet, NO_STDERR="1") as program:
        program.do("hurt", how="slot")
        state = program.until(lambda state: "fault" in state["problems"], "it is said")
        assert "on purpose" in state["problems"]["fault"]
        serve(bench)
    assert "Traceback (most recent call last)" in program.log_file


def test_a_program_that_cannot_go_on_says_so_in_its_log(
    bench: BenchNetwork, tmp_path: Path, sheet: str
) -> None:
    broken = RemoteProgram(bench.tool, tmp_path, "--sheet", sheet, BROKEN_WINDOW="1")
    with pytest.raises(AssertionError, match="ZeroDivisionError: on purpose"), broken:
        pass
    assert "CRITICAL pnp_gui.app.fatal: PnP Bench cannot continue" in broken.log_file
    assert "ZeroDivisionError: on purpose" in broken.log_file
    # It ended in order: what was decided is kept, and there was no crash.
    assert kept_in(broken.data)[MAC].decision is Decision.APPROVED
    assert not (broken.data / CRASH_FILE).exists()
