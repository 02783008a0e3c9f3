"""Real keys in the real window: Ctrl+A, A serves every phone that is asking."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pnp_gui.bench.phone import Decision
from pnp_gui.demo.shapes import SHAPES
from tests.namespace import BenchNetwork, wait_until
from tests.system.floors import FloorOfPhones
from tests.system.program import Program, kept_in

URL = "http://10.13.2.2/{mac}.xml"
ROWS_APPEAR_SECONDS = 0.5


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24"),
            *("-nolisten", "tcp", "-noreset"),
        ],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb does not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def xdotool(display: str, *arguments: str) -> str:
    """Run xdotool; what it printed."""
    done = subprocess.run(
        ["xdotool", *arguments],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stdout


def window_has_focus(display: str) -> bool:
    """Give the window the keyboard, as a window manager would; there is none on this screen."""
    found = xdotool(display, "search", "--onlyvisible", "--name", "PnP Bench").split()
    if not found:
        return False
    xdotool(display, "windowfocus", "--sync", found[-1])
    return xdotool(display, "getwindowfocus").split() == found[-1:]


def test_ctrl_a_and_a_serve_all_phones_inside_their_own_requests(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    floor = FloorOfPhones(bench, list(SHAPES))
    with Program(bench.tool, tmp_path, "-u", URL, display=display) as program:
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        asking = floor.start("--seconds", "30")
        addresses = [part.address for part in floor.parts]
        wait_until(
            lambda: all(re.search(rf"{address}\b", program.log) for address in addresses),
            30,
            "all phones are heard",
        )
        # The table shows what is new every 100 ms; a person would not press earlier either.
        time.sleep(ROWS_APPEAR_SECONDS)
        xdotool(display, "key", "ctrl+a")
        xdotool(display, "key", "a")
        reports = floor.finish(asking)
        program.kill()
    for report in reports:
        assert report.faults == [], report.shape
        assert (report.served, report.oks, report.offers) == (True, 1, 1), report
        assert report.url == URL
    kept = kept_in(program.data)
    keys = {part.shape.expected_of(part.mac, part.address).key for part in floor.parts}
    assert {key for key, phone in kept.items() if phone.decision is Decision.APPROVED} == keys
