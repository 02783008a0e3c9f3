"""Signals end the program in order, whatever it does just then, and at once where it hangs."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pnp_gui.app.single_instance import LOCK_FILE
from pnp_gui.bench.store.store import FILE
from pnp_gui.system.shutdown import SAME_REQUEST_SECONDS, TIMEOUT_SECONDS
from tests.end_to_end.hanging import HangingDisk
from tests.end_to_end.program import Program
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone
from tests.process import START_SECONDS

pytestmark = pytest.mark.root  # it compiles a library that hangs: gcc, from tests/prepare

MAC = "000413A0B0C0"
SHEET = f"mac,decision,url,label\n{MAC},approved,http://10.13.2.1/x,\n"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
IN_VAIN = f"could not end normally within {TIMEOUT_SECONDS:.0f} seconds"
TWICE = "asked to end a second time, ended at once"


def starting(folder: Path, *arguments: str, **options: Any) -> Program:
    """The program, used as soon as its process is there."""
    return Program(None, folder, *arguments, sockets=0, **options)


def wait_for(program: Program, what: Callable[[], object]) -> None:
    wait_until(lambda: not program.is_running or what(), START_SECONDS)
    assert program.is_running, program.log


def hangs_at_a_disk(process: subprocess.Popen[Any]) -> bool:
    """Whether its main thread takes no signal for half a second. A busy disk is faster."""
    for _ in range(10):
        if Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] != "D":
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_saves_what_was_heard(
    bench: BenchNetwork, tmp_path: Path, number: signal.Signals
) -> None:
    program = Program(bench.tool, tmp_path)
    with bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0") as made, program:
        Phone(made, MAC).ask()
        wait_until(lambda: MAC in program.log, what="it was heard")
        program.process.send_signal(number)
        assert program.process.wait(timeout=30) == 0
    assert program.log.rstrip().endswith("PnP Bench ends"), program.log
    assert program.kept()[MAC].last_seen is not None
    assert not list(program.data.glob("*crash*"))


def test_a_terminal_that_goes_ends_it_in_order(bench: BenchNetwork, tmp_path: Path) -> None:
    above, below = pty.openpty()
    program = Program(bench.tool, tmp_path, output=below, leads_terminal=True)
    with program:
        os.close(below)
        os.close(above)
        assert program.process.wait(timeout=30) == 0
    assert "PnP Bench ends" in program.log


def test_nohup_goes_on_without_its_terminal(bench: BenchNetwork, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        program = Program(bench.tool, tmp_path)
        with program, bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0") as made:
            program.process.send_signal(signal.SIGHUP)
            Phone(made, MAC).ask()
            wait_until(lambda: MAC in program.log, what="it goes on")
            assert program.stop() == 0
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("number", SIGNALS)
def test_while_a_sheet_is_read(tmp_path: Path, number: signal.Signals) -> None:
    sheet = tmp_path / "sheet.csv"
    lines = (f"{0x020000000000 + n:012X},approved,http://10.13.2.1/x," for n in range(99_000))
    sheet.write_text("mac,decision,url,label\n" + "\n".join(lines))
    with starting(tmp_path, "--sheet", str(sheet)) as program:
        wait_for(program, lambda: "starts, data in" in program.log)
        program.process.send_signal(number)
        assert program.process.wait(timeout=START_SECONDS) == 0
    assert "the window is shown" not in program.log, "it made no window first"
    assert program.log.rstrip().endswith("PnP Bench ends"), program.log


def test_while_it_starts_at_whatever_moment(tmp_path: Path) -> None:
    for moment in range(12):
        with starting(tmp_path) as program:
            time.sleep(0.1 * moment)
            status = program.stop()
        assert status in (0, -signal.SIGTERM), program.log
        if "starts, data in" in program.log:
            assert status == 0, program.log
        assert "Traceback" not in program.log


@pytest.mark.parametrize(
    ("files", "calls"),
    [(FILE, "open"), (FILE, "fsync"), ("sheet.csv", "open"), (LOCK_FILE, "open")],
)
def test_while_a_disk_hangs_at_the_start(tmp_path: Path, files: str, calls: str) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET)
    disk = HangingDisk(tmp_path, files, calls)
    disk.hang()
    with starting(tmp_path, "--sheet", str(sheet), variables=disk.environment) as program:
        wait_for(program, lambda: hangs_at_a_disk(program.process))
        assert program.stop() == 128 + signal.SIGTERM
    assert program.log.count("pnp-gui: ") == 1
    assert IN_VAIN in program.log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_at_once_where_the_end_hangs(
    bench: BenchNetwork, tmp_path: Path, number: signal.Signals
) -> None:
    disk = HangingDisk(tmp_path, FILE, "fsync,write")
    program = Program(bench.tool, tmp_path, variables=disk.environment)
    with bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0") as made, program:
        disk.hang()
        Phone(made, MAC).ask()
        wait_until(lambda: MAC in program.log, what="it was heard")
        program.process.send_signal(number)
        wait_until(lambda: hangs_at_a_disk(program.process), what="the end hangs")
        time.sleep(SAME_REQUEST_SECONDS)
        program.process.send_signal(number)
        assert program.process.wait(timeout=30) == 128 + number
    assert program.log.count("pnp-gui: ") == 1
    assert TWICE in program.log


def test_two_signals_at_once_are_one_wish(bench: BenchNetwork, tmp_path: Path) -> None:
    with Program(bench.tool, tmp_path) as program:
        program.process.send_signal(signal.SIGTERM)
        program.process.send_signal(signal.SIGINT)
        assert program.process.wait(timeout=30) == 0
    assert "PnP Bench ends" in program.log


def test_a_hanging_end_with_a_stopped_reader_ends_too(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 512)
    except BlockingIOError:
        os.set_blocking(writing, True)
    disk = HangingDisk(tmp_path, FILE, "open")
    disk.hang()
    try:
        with starting(tmp_path, output=writing, variables=disk.environment) as program:
            wait_until(lambda: hangs_at_a_disk(program.process), START_SECONDS)
            assert program.stop() == 128 + signal.SIGTERM
    finally:
        os.close(reading)
        os.close(writing)
