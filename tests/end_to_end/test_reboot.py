"""R in the real window, on a real cable: who is asked, and what is kept of what they answered."""

from __future__ import annotations

import time
from pathlib import Path

from pnp_gui.bench.store.store import Store
from tests.end_to_end.capture import SEVERITY_WARN, Capture
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

URL = "http://10.13.2.2/{mac}.xml"
SHAPES = ["snom", "yealink", "grandstream", "fanvil", "htek"]
ANSWERS = ["accept", "accept+reboot:401", "accept+reboot:481", "accept+reboot:0", "accept"]
"""The last phone is denied."""
READ_SECONDS = 0.5
"""A person reads the question before they answer it."""
OUTCOMES = [
    ("rebooting", 200),
    ("reboot: wants a password", 401),
    ("reboot: refused", 481),
    ("reboot: no answer", 0),
]


def history(data: Path) -> list[tuple[str, str, int]]:
    """Key, outcome and code of every history line, the oldest first."""
    store = Store.open(data)
    try:
        return [(line.key, line.outcome, line.code) for line in reversed(store.history())]
    finally:
        store.close()


def test_r_asks_the_approved_phones_alone_and_keeps_what_each_answered(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    simulated = SimulatedPhones(bench, SHAPES, ANSWERS)
    keys = [part.key for part in simulated.parts]
    lines = simulated.sheet(tmp_path / "all.csv").read_text().splitlines()
    lines[-1] = lines[-1].replace(",approved,", ",denied,")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("\n".join([*lines, ""]))
    capture = Capture(bench.phones, "ph0", tmp_path / "reboot.pcap")
    arguments = ("--sheet", str(sheet), "-u", URL)
    with capture, Program(bench.tool, tmp_path, *arguments, display=display) as program:
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        asking = simulated.start("--seconds", "50", "--whole-time", url=URL)

        def told(word: str) -> int:
            return [outcome for _, outcome, _ in history(program.data)].count(word)

        wait_until(lambda: told("accepted") == 4, 30, "four phones took their URL")
        xdotool(display, "key", "ctrl+a")
        xdotool(display, "key", "r")
        time.sleep(READ_SECONDS)
        xdotool(display, "key", "Return")
        wait_until(lambda: told("reboot: no answer") == 1, 45, "all have answered or had time to")
        wait_until(lambda: told("accepted") == 5, 30, "the one that rebooted asked again")
        assert program.stop() == 0
        reports = simulated.finish(asking)
    kept = history(program.data)
    for key, outcome in zip(keys, OUTCOMES, strict=False):
        assert [line[1:] for line in kept if line[0] == key and "reboot" in line[1]] == [
            ("asked to reboot", 0),
            outcome,
        ]
    assert [line for line in kept if line[0] == keys[4]] == [(keys[4], "denied", 0)]
    assert [report.faults for report in reports] == [[]] * 5
    assert [report.reboots for report in reports] == [1, 1, 1, 1, 0]
    assert [report.reboot_notifies for report in reports] == [1, 1, 1, 11, 0]
    assert [report.rebooted_at is not None for report in reports] == [True, *[False] * 4]
    assert [report.asks for report in reports][:4] == [2, 1, 1, 1]
    assert reports[4].received == 0
    assert_clean(capture, simulated)


def assert_clean(capture: Capture, simulated: SimulatedPhones) -> None:
    """tshark understands the questions, and each went to the phone that it names."""
    assert capture.count("_ws.malformed") == 0
    ours = 'ip.src == 10.13.2.2 && sip.Method == "NOTIFY" && sip.Event contains "check-sync"'
    assert capture.rows(f"{ours} && _ws.expert.severity >= {SEVERITY_WARN}", "sip.Event") == []
    events = {(row[0], row[1]) for row in capture.rows(ours, "ip.dst", "sip.Event")}
    plain, full = "check-sync", "check-sync;reboot=true"
    wanted = zip(
        (part.address[0] for part in simulated.parts), (full, full, plain, full), strict=False
    )
    assert events == set(wanted)
