"""Cables and adapters that come and go, and sleep: heard again within three seconds."""

from __future__ import annotations

import time
from pathlib import Path

from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until
from tests.windows.conftest import Start
from tests.windows.exe import windows_path

URL = "http://10.13.2.2/{mac}.xml"
WITHIN = 3.0
"""Seconds until a port that is back has to be heard."""
SLEEP_SECONDS = 8.0


def served_again(simulated: SimulatedPhones) -> None:
    """Phones that boot `WITHIN` after the change are served."""
    time.sleep(WITHIN)
    reports = simulated.run("--seconds", "10", url=URL)
    assert all(report.served and not report.faults for report in reports), reports


def test_a_cable_out_and_in_and_another_address(
    bench: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    cable = bench.cables[0]
    simulated = SimulatedPhones(bench, ["snom", "yealink"])
    sheet = windows_path(simulated.sheet(tmp_path / "sheet.csv"))
    with start(bench.tool, "-i", "eth0", "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0")
        # Wine sees a port that is switched off, but no carrier that is lost.
        bench.tool.link("eth0", up=False)
        wait_until(lambda: exe.wrote("No connection on eth0"), what="the port is off")
        bench.tool.link("eth0", up=True)
        cable.plug()
        served_again(simulated)
        # A whole adapter out and back in: same name, another number.
        cable.delete()
        # Wine lists it still, as one that is off.
        wait_until(lambda: exe.wrote("No connection on eth0", 2), what="the adapter is out")
        cable.create()
        again = SimulatedPhones(bench, ["snom", "yealink"])
        served_again(again)
        # Out and back in between two looks.
        cable.recreate()
        served_again(again)
        # Another address by DHCP.
        bench.tool.remove_address("eth0", cable.tool_address)
        cable.tool_address = "10.13.2.9/24"
        bench.tool.add_address("eth0", cable.tool_address)
        served_again(again)


def test_after_sleep_it_joins_anew_and_listens(
    bench: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, ["fanvil", "gigaset"])
    sheet = windows_path(simulated.sheet(tmp_path / "sheet.csv"))
    with start(bench.tool, "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0", "eth1")
        exe.freeze(on=True)
        bench.cables[0].pull()
        time.sleep(SLEEP_SECONDS)
        bench.cables[0].plug()
        exe.freeze(on=False)
        served_again(simulated)
        assert exe.wrote("joining again on all interfaces")
