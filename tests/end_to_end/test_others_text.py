"""A phone that speaks markup, under the mouse of somebody who rests on everything in the window."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.program import Program
from tests.namespace import GROUP, BenchNetwork, wait_until
from tests.net.phone import Phone, subscribe
from tests.screen import new_screen, window_has_focus, xdotool

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1280, 520
STEP_X, STEP_Y = 80, 24
"""Pixels: no column is narrower, no row lower."""
FIRST, REST = "0.8", "0.06"
"""Seconds on a spot. Qt waits 0.7 s before a first tip, and 0.02 s within 2 s after another one."""
APPROVE, PERIOD = (74, 89), (68, 23)
"""Where the main window and the history always have a tip."""
ROOM = 150 << 20
"""Bytes of memory that the program may take for all tips together; /dev/zero gives 220 MB/s."""
ASKS, SERVED = "000413A21060", "000413A2105F"


@pytest.fixture
def picture() -> Iterator[Path]:
    """One that nobody has a reason to open; its path fits into a phone's model."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    shutil.copy(ROOT / "resources" / "icons" / "arrow-dark.svg", folder / "p.svg")
    yield folder / "p.svg"
    shutil.rmtree(folder)


@contextmanager
def watched(pid: int, into: Path) -> Iterator[None]:
    """Every system call with a path is written down."""
    command = ["strace", "-f", "-qq", "-s", "200", "-e", "trace=%file", "-o", str(into)]
    tracer = subprocess.Popen([*command, "-p", str(pid)])
    try:
        status = Path(f"/proc/{pid}/status")
        wait_until(lambda: not re.search(r"TracerPid:\s*0$", status.read_text(), re.MULTILINE))
        yield
    finally:
        tracer.terminate()
        tracer.wait(30)


def hover(
    display: str,
    process: psutil.Process,
    first: tuple[int, int] = APPROVE,
    top: int = 0,
    bottom: int = HEIGHT,
) -> int:
    """Rest everywhere between two heights; in how many lines the last spot had a tip."""
    usual, tips = process.memory_info().rss, 0
    places = list(range(STEP_X // 2, WIDTH, STEP_X))
    # The last one lies in the middle of a phone's model, of the messages' arrows and of sentences.
    places = places[4:] + places[:4]
    windows = ("search", "--onlyvisible", "--pid", str(process.pid))
    alone = len(xdotool(display, *windows).split())
    for y in range(top + STEP_Y // 2, bottom, STEP_Y):
        rests = [("mousemove", *map(str, first), "sleep", FIRST)]
        rests += [("mousemove", str(x), str(y), "sleep", REST) for x in places]
        xdotool(display, *chain.from_iterable(rests))
        tips += len(xdotool(display, *windows).split()) > alone
        assert process.memory_info().rss < usual + ROOM, f"at {y}"
    return tips


def test_no_file_that_a_phone_names_is_opened_and_no_memory_eaten(
    bench: BenchNetwork, tmp_path: Path, picture: Path
) -> None:
    said = f"<img src={picture}>"
    words = f'vendor="{said}v";model="{said}m";version="<img src=/dev/zero>0123456789abc"'
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"{SERVED},approved,,{said}l\n", encoding="utf-8")
    calls = tmp_path / "calls.txt"
    address = bench.cables[0].phone_ip
    with (
        new_screen(f"{WIDTH}x{HEIGHT}") as display,
        Program(bench.tool, tmp_path, "--sheet", str(sheet), display=display) as program,
        bench.phones.udp_socket((address, 0), device="ph0") as one,
        bench.phones.udp_socket((address, 0), device="ph0") as other,
        watched(program.process.pid, calls),
    ):
        process = psutil.Process(program.process.pid)
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        served, asks = Phone(one, SERVED), Phone(other, ASKS)
        served.said = asks.said = words
        served.status = f"486 {said}r"
        served.ask()
        served.notify()
        asks.ask()
        junk = subscribe(ASKS, address, 5060).replace(b"ua-profile", f"{said}i".encode())
        other.sendto(junk, (GROUP, 5060))
        wait_until(lambda: said in program.log, 30, "all of them are heard")
        xdotool(display, "key", "ctrl+a")
        tips = [hover(display, process)]
        xdotool(display, "key", "F9")
        tips.append(hover(display, process, top=HEIGHT // 2))
        xdotool(display, "key", "ctrl+r")
        wait_until(lambda: window_has_focus(display, "History"), 30, "the history is open")
        tips.append(hover(display, process, PERIOD, bottom=HEIGHT // 3))
    seen = calls.read_text(errors="replace")
    assert "/" in seen, "nothing was watched"
    assert [line for line in seen.splitlines() if picture.parent.name in line] == []
    assert "/dev/zero" not in seen
    assert all(tips), tips
