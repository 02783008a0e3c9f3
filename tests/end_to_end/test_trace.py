"""What the program saves of its messages, compared with what was on the cable."""

from __future__ import annotations

from pathlib import Path

from tests.bench.export.captured import complaints, rows
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import NAMED, SimulatedPhones
from tests.namespace import BenchNetwork, wait_until
from tests.screen import window_has_focus, xdotool

URL = "http://10.13.2.2/{mac}.xml"
GROUP = "224.0.1.75"
OURS = "10.13.2.2"


def test_the_saved_capture_is_what_the_phones_sent_and_got(
    bench: BenchNetwork, tmp_path: Path, display: str
) -> None:
    simulated = SimulatedPhones(bench, NAMED)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    capture = Capture(bench.phones, "ph0", tmp_path / "cable.pcap")
    home = tmp_path / "home"
    options = ("--sheet", sheet, "-u", URL)
    with capture, Program(bench.tool, tmp_path, *options, display=display):
        wait_until(lambda: window_has_focus(display), 30, "the window has the focus")
        reports = simulated.run("--seconds", "20", url=URL)
        assert all(report.served and report.faults == [] for report in reports)
        xdotool(display, "key", "ctrl+shift+t")
        wait_until(
            lambda: window_has_focus(display, "Save messages"),
            10,
            "the panel to save has the focus",
        )
        xdotool(display, "key", "Return")
        wait_until(lambda: list(home.glob("*.pcap")), 10, "the capture is saved")
    (saved,) = home.glob("*.pcap")
    assert complaints(saved) == []
    ends = ("ip.src", "udp.srcport", "ip.dst", "udp.dstport")
    fields = ("udp.payload", *ends, "frame.time_epoch")
    kept = sorted(rows(saved, *fields))
    cable = sorted(capture.rows("udp && !icmp", *fields))
    # The phones ask the group, and answer the NOTIFY to us.
    assert {row[3] for row in kept} >= {GROUP, OURS}
    assert len(kept) >= 4 * len(NAMED)
    assert [row[:5] for row in kept] == [row[:5] for row in cable]
    for one, other in zip(kept, cable, strict=True):
        # One clock. How long a datagram waited to be read is up to the machine.
        assert abs(float(one[5]) - float(other[5])) < 5
    assert len(rows(saved, "frame.number", wanted="sip")) == capture.count("sip")
    methods = rows(saved, "sip.Method", wanted="sip.Method")
    assert {method for (method,) in methods} == {"SUBSCRIBE", "NOTIFY"}
