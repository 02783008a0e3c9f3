"""Real keys in the real window: Ctrl+A, A serves every phone that is asking."""

from __future__ import annotations

import re
import time
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.demo.shapes import SHAPES
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program, kept_in
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

URL = "http://10.13.2.2/{mac}.xml"
ROWS_APPEAR_SECONDS = 0.5


def test_ctrl_a_and_a_serve_all_phones_inside_their_own_requests(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    simulated = SimulatedPhones(bench, list(SHAPES))
    with Program(bench.tool, tmp_path, "-u", URL, display=display) as program:
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        asking = simulated.start("--seconds", "30")
        addresses = [part.address[0] for part in simulated.parts]
        wait_until(
            lambda: all(re.search(rf"{address}\b", program.log) for address in addresses),
            30,
            "all phones are heard",
        )
        # The table shows what is new every 100 ms; a person would not press earlier either.
        time.sleep(ROWS_APPEAR_SECONDS)
        xdotool(display, "key", "ctrl+a")
        xdotool(display, "key", "a")
        reports = simulated.finish(asking)
        program.kill()
    for report in reports:
        assert report.faults == [], report.shape
        assert (report.served, report.oks, report.offers) == (True, 1, 1), report
        assert report.url == URL
    kept = kept_in(program.data)
    keys = {part.key for part in simulated.parts}
    assert {key for key, phone in kept.items() if phone.decision is Decision.APPROVED} == keys


def test_a_denied_phone_among_them_gets_not_one_byte(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    denied = SimulatedPhones(bench, ["htek"], first=20)
    others = SimulatedPhones(bench, [name for name in SHAPES if name != "htek"])
    sheet = str(denied.sheet(tmp_path / "denied.csv", "denied"))
    [address] = [part.address[0] for part in denied.parts]
    capture = Capture(bench.phones, "ph0", tmp_path / "denied.pcap")
    with (
        Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL, display=display) as program,
        capture,
    ):
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        asking = [each.start("--seconds", "30") for each in (denied, others)]
        everyone = [part.address[0] for part in (*denied.parts, *others.parts)]
        wait_until(
            lambda: all(re.search(rf"{one}\b", program.log) for one in everyone),
            30,
            "all phones are heard",
        )
        time.sleep(ROWS_APPEAR_SECONDS)
        xdotool(display, "key", "ctrl+a")
        xdotool(display, "key", "a")
        refused, served = denied.finish(asking[0]), others.finish(asking[1])
        program.kill()
    assert [(each.served, each.oks, each.offers) for each in refused] == [(False, 0, 0)]
    assert all(each.served for each in served)
    assert capture.count(f"ip.src == {address}") > 0, "it asked"
    assert capture.count(f"ip.dst == {address}") == 0
    decided = {phone.address: phone.decision for phone in kept_in(program.data).values()}
    assert decided.pop(address) is Decision.DENIED
    assert set(decided.values()) == {Decision.APPROVED}
