"""What is decided survives the hardest end."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.phones.phone import Decision
from tests.end_to_end.floors import NAMED, FloorOfPhones
from tests.end_to_end.program import Program, kept_in
from tests.namespace import BenchNetwork

URL = "http://10.13.2.2/{mac}.xml"


def test_kill_9_right_after_an_approval_by_sheet_loses_nothing(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    floor = FloorOfPhones(bench, NAMED)
    sheet = str(floor.sheet(tmp_path / "sheet.csv"))
    with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        program.kill()
    kept = kept_in(program.data)
    assert {kept[part.mac].decision for part in floor.parts} == {Decision.APPROVED}
    with Program(bench.tool, tmp_path):
        reports = floor.run("--seconds", "20", url=URL)
    assert all(report.served for report in reports), reports


def test_kill_9_amid_a_talk_leaves_a_program_that_starts_and_serves(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    floor = FloorOfPhones(bench, NAMED)
    sheet = str(floor.sheet(tmp_path / "sheet.csv"))
    for _ in range(3):
        with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
            asking = floor.start("--seconds", "1", "--whole-time")
            program.kill()
            floor.finish(asking)
        assert kept_in(program.data)
    with Program(bench.tool, tmp_path):
        assert all(report.served for report in floor.run("--seconds", "20", url=URL))
