"""What is decided survives the hardest end."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from tests.end_to_end.program import Program, kept_in
from tests.end_to_end.simulated_phones import NAMED, SimulatedPhones
from tests.namespace import BenchNetwork

URL = "http://10.13.2.2/{mac}.xml"


def test_kill_9_right_after_an_approval_by_sheet_loses_nothing(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, NAMED)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        program.kill()
    kept = kept_in(program.data)
    assert {kept[part.mac].decision for part in simulated.parts} == {Decision.APPROVED}
    with Program(bench.tool, tmp_path):
        reports = simulated.run("--seconds", "20", url=URL)
    assert all(report.served for report in reports), reports


def test_kill_9_amid_a_talk_leaves_a_program_that_starts_and_serves(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, NAMED)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    for _ in range(3):
        with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
            asking = simulated.start("--seconds", "1", "--whole-time")
            program.kill()
            simulated.finish(asking)
        assert kept_in(program.data)
    with Program(bench.tool, tmp_path):
        assert all(report.served for report in simulated.run("--seconds", "20", url=URL))
