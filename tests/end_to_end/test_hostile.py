"""A flood of datagrams of any bytes: no answer to any, and the next phone is served."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.hostile.families import of_strangers
from tests.namespace import BenchNetwork

URL = "http://10.13.2.2/{mac}.xml"
ATTACKER = "10.13.2.20"
FLOOD = 10_000
SEED = 20261124
PAUSE_EVERY = 15
"""Datagrams in a row; then a short pause, so that most are read and not dropped by the kernel."""


def test_a_flood_of_hostile_datagrams_is_not_answered_and_stops_nothing(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, ["snom", "yealink", "awkward"])
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    capture = Capture(bench.phones, "ph0", tmp_path / "flood.pcap")
    with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        with capture, bench.phones.udp_socket((ATTACKER, 0), device="ph0") as attacker:
            for number, data in enumerate(of_strangers(FLOOD, SEED, ATTACKER)):
                to = "10.13.2.2" if number % 2 else GROUP
                # A refusal is the kernel's word about a full queue here, not the program's.
                with suppress(OSError):
                    attacker.sendto(data, (to, 5060))
                if number % PAUSE_EVERY == 0:
                    time.sleep(0.005)
        reports = simulated.run("--seconds", "30", url=URL)
        assert program.is_running
        assert program.stop() == 0
    log = (program.data / "pnp-bench.log").read_text()
    assert len(log) < 2000, "it does not grow with the flood; 234,000 datagrams left as little"
    assert [report.faults for report in reports] == [[], [], []]
    assert all(report.served for report in reports)
    assert capture.count("ip.dst == 10.13.2.2 && udp") > FLOOD / 4
    assert capture.count("ip.src == 10.13.2.2") == 0
