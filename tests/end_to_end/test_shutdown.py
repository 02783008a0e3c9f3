"""Signals end the program in order, whatever it does just then, and at once where it hangs."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pnp_gui.app.single_instance import LOCK_FILE
from pnp_gui.bench.store.store import FILE
from pnp_gui.system.shutdown import SAME_REQUEST_SECONDS, TIMEOUT_SECONDS
from tests.end_to_end.hanging import HangingDisk
from tests.end_to_end.program import ROOT, START_SECONDS, Program, environment
from tests.namespace import BenchNetwork, wait_until
from tests.net.phone import Phone

pytestmark = pytest.mark.root  # it compiles a library that hangs: gcc, from tests/prepare

MAC = "000413A0B0C0"
SHEET = f"mac,decision,url,label\n{MAC},approved,http://10.13.2.1/x,\n"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
IN_VAIN = f"could not end in order within {TIMEOUT_SECONDS:.0f} seconds"
TWICE = "asked to end a second time, ended at once"


class Starting:
    """The program while it starts; its output by line."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.data = folder / "data"
        self._errors = folder / "stderr.txt"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "pnp_gui", "--data-dir", str(self.data), "-v"),
                    *arguments,
                ],
                env={**environment(folder), **variables},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stderr=errors,
            )

    @property
    def said(self) -> str:
        """All of it so far."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, what: Callable[[], object]) -> None:
        wait_until(lambda: self.process.poll() is not None or what(), START_SECONDS)
        assert self.process.poll() is None, self.said

    def end(self, *numbers: signal.Signals) -> int:
        """Its exit status after these signals."""
        for place, number in enumerate(numbers):
            if place:
                time.sleep(2 * SAME_REQUEST_SECONDS)
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=START_SECONDS)
        finally:
            self.process.kill()
            self.process.wait()


def sleeps_at_a_disk(process: subprocess.Popen[bytes]) -> bool:
    """Whether its main thread can take no signal."""
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "D"


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
    program = Starting(tmp_path, "--sheet", str(sheet))
    program.wait_for(lambda: "starts, data in" in program.said)
    assert program.end(number) == 0
    assert "network port" not in program.said, "it did not listen first"
    assert program.said.rstrip().endswith("PnP Bench ends"), program.said


def test_while_it_starts_at_whatever_moment(tmp_path: Path) -> None:
    for moment in range(12):
        program = Starting(tmp_path)
        time.sleep(0.1 * moment)
        status = program.end(signal.SIGTERM)
        assert status in (0, -signal.SIGTERM), program.said
        if "starts, data in" in program.said:
            assert status == 0, program.said
        assert "Traceback" not in program.said


@pytest.mark.parametrize(
    ("files", "calls"),
    [(FILE, "open"), (FILE, "fsync"), ("sheet.csv", "open"), (LOCK_FILE, "open")],
)
def test_while_a_disk_hangs_at_the_start(tmp_path: Path, files: str, calls: str) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET)
    disk = HangingDisk(tmp_path, files, calls)
    disk.hang()
    program = Starting(tmp_path, "--sheet", str(sheet), **disk.environment)
    program.wait_for(lambda: sleeps_at_a_disk(program.process))
    assert program.end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert program.said.count("pnp-gui: ") == 1
    assert IN_VAIN in program.said


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
        wait_until(lambda: sleeps_at_a_disk(program.process), what="the end hangs")
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
    program = subprocess.Popen(
        [sys.executable, "-m", "pnp_gui", "--data-dir", str(tmp_path / "data"), "-v"],
        env={**environment(tmp_path), **disk.environment},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    try:
        wait_until(lambda: sleeps_at_a_disk(program), START_SECONDS)
        program.terminate()
        assert program.wait(timeout=30) == 128 + signal.SIGTERM
    finally:
        program.kill()
        program.wait()
        os.close(reading)
        os.close(writing)
