"""-v and the log file: what phones say is text there, and who does not read or write stops nothing.

Real phones, real pipes and terminals whose reader stops, a disk that hangs as the kernel
lets it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from pnp_gui.system.log_file import LOG_FILE
from pnp_gui.system.output import MAX_QUEUED
from pnp_gui.system.printable import INDENT
from tests.end_to_end.hanging import HangingDisk
from tests.end_to_end.program import Program
from tests.namespace import GROUP, BenchNetwork, wait_until
from tests.net.phone import Phone, subscribe

pytestmark = pytest.mark.root  # it compiles a library that hangs: gcc, from tests/prepare

MAC = "000413A0B0C0"
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} "
ATTACKS = (
    b"\x1b]0;owned\x07",
    b"\x1b]52;c;cm0gLXJm\x1b\\\\",
    b"\x1b[2J\x1b[8m",
    b"\xc2\x9b2J\xc2\x85\x7f\x00",
    "\u202egpj.exe\u2066\u200b\u2028".encode(),
    b"\r2026-01-01 00:00:00,000 approved all",
    b"\xff\xfe",
    "Zürich 東京".encode(),
)


def hostile(model: bytes) -> bytes:
    """A phone that names this model, with a body that poses as a line of the log."""
    asked = subscribe(MAC, "10.13.2.20", 5060).replace(b"snomD785", model)
    return asked + b"\n2026-01-01 00:00:00,000 approved all phones\n"


def assert_only_text(text: str, beginning: str) -> None:
    for line in text.splitlines():
        assert re.match(beginning, line) or line.startswith(INDENT) or not line, line
        assert all(unicodedata.category(c)[0] not in "C" for c in line), ascii(line)
    assert not set(text) & set("\u2028\u2029")


@contextmanager
def phone_on(bench: BenchNetwork) -> Iterator[Phone]:
    """A phone at 10.13.2.20."""
    with bench.phones.udp_socket(("10.13.2.20", 5060), device="ph0") as made:
        yield Phone(made, MAC)


def sheet(folder: Path) -> str:
    """A sheet in which the phone is approved."""
    path = folder / "sheet.csv"
    path.write_text(f"mac,decision,url,label\n{MAC},approved,http://10.13.2.1/x,\n")
    return str(path)


def flood(phone: Phone, characters: int) -> None:
    """Have the program write more than `characters` of what it hears; each request is a new one."""
    written = 0
    while written < characters:
        phone.ask()
        written += 400
        while phone.receive(0.0005):
            pass


@contextmanager
def pipe() -> Iterator[tuple[int, int]]:
    """A small pipe, and who reads it stopped."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    try:
        yield reading, writing
    finally:
        os.close(reading)
        os.close(writing)


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal in which somebody pressed Ctrl+S."""
    reading, writing = pty.openpty()
    try:
        yield reading, writing
    finally:
        os.close(reading)
        os.close(writing)


def test_what_phones_say_is_text(bench: BenchNetwork, tmp_path: Path) -> None:
    with Program(bench.tool, tmp_path) as program, phone_on(bench) as phone:
        for attack in ATTACKS:
            phone.sock.sendto(hostile(attack), (GROUP, 5060))
            phone.sock.sendto(attack * 30, (GROUP, 5060))
        wait_until(lambda: "Zürich 東京" in program.log, what="all was written")
        wait_until(lambda: r"\x1b]52;c;cm0gLXJm" in program.log, what="as text")
        program.stop()
        written = (tmp_path / "stderr.txt").read_bytes().decode()
    assert_only_text(written, TIME)
    assert f"{INDENT}2026-01-01 00:00:00,000 approved all phones" in written
    assert_only_text((program.data / LOG_FILE).read_bytes().decode(), TIME + "[A-Z]+ ")


def test_a_path_with_escapes_is_text(bench: BenchNetwork, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b]0;owned\x07\nb"
    with Program(bench.tool, folder) as program:
        pass
    assert r"a\x1b]0;owned\x07\nb" in program.log or "a\\x1b]0;owned\\x07" in program.log
    assert_only_text((folder / "stderr.txt").read_bytes().decode(), TIME)


@pytest.mark.parametrize("output", [pipe, terminal])
def test_a_stopped_reader_stops_nothing(
    bench: BenchNetwork,
    tmp_path: Path,
    output: Callable[[], AbstractContextManager[tuple[int, int]]],
) -> None:
    with output() as (_, writing), phone_on(bench) as phone:
        with Program(bench.tool, tmp_path, "--sheet", sheet(tmp_path), output=writing) as program:
            flood(phone, MAX_QUEUED + 300_000)
            assert phone.served() == "10.13.2.2"
            assert program.stop() == 0
        assert "PnP Bench ends" in program.log


def test_a_reader_that_goes_on_is_told_what_it_missed(bench: BenchNetwork, tmp_path: Path) -> None:
    read = bytearray()
    with pipe() as (reading, writing), phone_on(bench) as phone:
        os.set_blocking(reading, False)

        def told() -> bool:
            with suppress(BlockingIOError):
                read.extend(os.read(reading, 65536))
            return b"dropped here, since they could not be written in time: " in read

        with Program(bench.tool, tmp_path, output=writing) as program:
            flood(phone, MAX_QUEUED + 300_000)
            wait_until(told, what="it is told")
            mark = len(read)
            phone.ask()
            wait_until(lambda: told() and MAC.encode() in read[mark:], what="it goes on")
            assert program.stop() == 0


def test_a_reader_that_went_away_stops_nothing(bench: BenchNetwork, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    program = Program(bench.tool, tmp_path, "--sheet", sheet(tmp_path), output=writing)
    with phone_on(bench) as phone, program:
        os.close(writing)
        os.close(reading)
        assert phone.served() == "10.13.2.2"
        assert program.stop() == 0


def test_a_log_file_on_a_disk_that_hangs_stops_nothing(bench: BenchNetwork, tmp_path: Path) -> None:
    disk = HangingDisk(tmp_path, LOG_FILE, "write")
    program = Program(bench.tool, tmp_path, "--sheet", sheet(tmp_path), variables=disk.environment)
    with phone_on(bench) as phone, program:
        disk.hang()
        bench.tool.link("eth0", up=False)  # the log says so
        bench.tool.link("eth0", up=True)
        assert phone.served() == "10.13.2.2"
        assert program.stop() == 0
    assert "PnP Bench ends" in program.log
    assert "PnP Bench ends" not in (program.data / LOG_FILE).read_text()
