"""Phones with the peculiarities of the field, at the real program on a cable: those that can be
reached are, and nothing goes to anybody else."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.demo.phone import PhoneReport
from pnp_gui.pnp.limits import MAX_RENEWALS
from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.field_shapes import FIELD_SHAPES
from tests.namespace import BenchNetwork

URL = "http://10.13.2.2/${mac}/{mac}.xml?m=${MAC}&i=${ip}"
ALL = (*FIELD_SHAPES, "yealink", "grandstream", "snom-dect", "snom")
OURS = "ip.src == 10.13.2.2 && udp"


def run(
    bench: BenchNetwork, folder: Path, decision: str, *, seconds: str = "20"
) -> tuple[dict[str, PhoneReport], Capture, Program, SimulatedPhones]:
    simulated = SimulatedPhones(bench, ALL)
    sheet = str(simulated.sheet(folder / "sheet.csv", decision))
    capture = Capture(bench.phones, "ph0", folder / "field.pcap")
    with capture, Program(bench.tool, folder, "--sheet", sheet, "-u", URL) as program:
        reports = simulated.run("--seconds", seconds, url=URL)
        assert program.stop() == 0
    return {report.shape: report for report in reports}, capture, program, simulated


def test_each_is_served_where_it_listens_and_no_other_host_gets_a_byte(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    reports, capture, program, simulated = run(bench, tmp_path, "approved", seconds="6")
    other = reports.pop("other-content")
    assert (other.received, other.served) == (0, False)
    for report in reports.values():
        assert report.faults == [], report.shape
        assert report.served, report.shape
        assert (report.asks, report.oks, report.offers) == (1, 1, 1), report.shape
    kept = program.kept()
    for part in simulated.parts:
        phone = kept[part.mac]
        assert phone.decision is Decision.APPROVED
        accepted = phone.progress is Progress.ACCEPTED
        assert accepted is (part.shape.name != "other-content"), part.shape.name
    to = {line[0] for line in capture.rows(OURS, "ip.dst")}
    assert to == {report.address for report in reports.values()}


def test_to_those_that_nobody_approved_goes_nothing(bench: BenchNetwork, tmp_path: Path) -> None:
    reports, capture, *_ = run(bench, tmp_path, "undecided", seconds="3")
    assert {report.received for report in reports.values()} == {0}
    assert capture.rows(OURS, "ip.dst") == []


def test_one_that_asks_again_whenever_it_is_served_is_answered_at_a_pace(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, ["renewing"], ["accept+reboots:0.01"])
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    with Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        (report,) = simulated.run("--seconds", "12", "--whole-time", url=URL)
        assert program.stop() == 0
    assert report.faults == []
    assert MAX_RENEWALS + 1 < report.offers <= MAX_RENEWALS + 4
