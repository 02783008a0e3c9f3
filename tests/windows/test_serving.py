"""The Windows program serves real phones on the chosen interfaces, and only there."""

from __future__ import annotations

import re
from pathlib import Path

from pnp_gui.bench.phones.phone import Decision, Progress
from tests.end_to_end.program import kept_in
from tests.end_to_end.simulated_phones import NAMED, SimulatedPhones, sheet_for
from tests.namespace import BenchNetwork, wait_until
from tests.windows.conftest import Start
from tests.windows.exe import windows_path

URL = "http://10.13.2.2/${mac}/{mac}.xml?m=${MAC}&i=${ip}"


def test_phones_of_all_makes_are_served_on_the_chosen_port_alone(
    bench: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    chosen = SimulatedPhones(bench, NAMED)
    other = SimulatedPhones(bench, ["gigaset", "htek", "akuvox"], cable=1)
    sheet = windows_path(Path(sheet_for(tmp_path, chosen, other)))
    with start(bench.tool, "-i", "eth0", "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0")
        unheard = other.start("--seconds", "6", "--whole-time")
        reports = chosen.run("--seconds", "30", url=URL)
        silent = other.finish(unheard)
        # By unicast to an address of the port that was not chosen, and to the chosen one's.
        unheard = other.start("--target", "10.13.3.2", "--seconds", "3", "--whole-time")
        silent += other.finish(unheard)
        assert exe.joined() == ["eth0"]
    # The phones ask the group, and answer the NOTIFY to the port's own address.
    received = re.findall(r"eth0: from \S+ to (\S+)\n +(\S+)", exe.output.replace("\r", ""))
    assert {to for to, word in received if word == "SUBSCRIBE"} == {"224.0.1.75:5060"}
    assert {to for to, word in received if word == "SIP/2.0"} == {"10.13.2.2:5060"}
    assert len({part.shape.make for part in chosen.parts}) >= 9
    assert [report.faults for report in reports] == [[]] * len(reports)
    assert all(report.served and report.offers == 1 for report in reports), reports
    assert {report.received for report in silent} == {0}
    assert exe.data is not None
    kept = kept_in(exe.data)
    for part in chosen.parts:
        phone, shape = kept[part.key], part.shape
        shown = (phone.mac, phone.make, phone.model, phone.version)
        named = part.mac if shape.sends_mac else ""
        assert shown == (named, shape.make, shape.model, shape.version)
        assert (phone.address, phone.interface) == (part.address[0], "eth0")
        assert (phone.decision, phone.progress) == (Decision.APPROVED, Progress.ACCEPTED)
    assert all(kept[part.mac].last_seen is None for part in other.parts)


def test_undecided_phones_get_nothing(bench: BenchNetwork, start: Start) -> None:
    simulated = SimulatedPhones(bench, ["snom", "yealink", "fanvil"])
    with start(bench.tool) as exe:
        exe.listens("eth0", "eth1")
        reports = simulated.run("--seconds", "4", "--whole-time")
    assert {report.received for report in reports} == {0}
    assert exe.data is not None
    assert len(kept_in(exe.data)) == 3


def test_two_ports_in_one_subnet_answer_each_by_itself(
    one_subnet: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    first = SimulatedPhones(one_subnet, ["snom", "panasonic"], first=100)
    second = SimulatedPhones(one_subnet, ["gigaset", "grandstream"], cable=1, first=120)
    sheet = windows_path(Path(sheet_for(tmp_path, first, second)))
    with start(one_subnet.tool, "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0", "eth1")
        # Each phone insists on the address that is at the end of its own cable.
        for simulated in (first, second):
            reports = simulated.run("--seconds", "20", url=URL)
            assert [report.faults for report in reports] == [[], []]
            assert all(report.served for report in reports)
        assert "same subnet" not in exe.output


def test_a_phone_with_an_address_of_another_network_is_known_by_its_cable(
    bench: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    """Its address is of the network of the port that was not chosen."""
    strange = SimulatedPhones(bench, ["htek"], first=77)
    part = SimulatedPhones(bench, ["htek"], cable=1, first=77).parts[0]
    sheet = windows_path(strange.sheet(tmp_path / "sheet.csv"))
    bench.phones.run("ip", "address", "add", f"{part.address[0]}/32", "dev", "ph0")
    bench.phones.run("ip", "route", "replace", "10.13.2.2", "dev", "ph0", "src", part.address[0])
    bench.tool.run("ip", "route", "add", f"{part.address[0]}/32", "dev", "eth0")
    with start(bench.tool, "-i", "eth0", "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0")
        done = bench.phones.run(
            *("python3", "-m", "tests.phones", "--phones", "1", "--shapes", "htek"),
            *("--first-address", part.address[0], "--interface-address", "10.13.2.20"),
            *("--expect-from", "10.13.2.2", "--seconds", "10"),
            cwd=Path(__file__).parents[2],
        )
    assert "served, sent 1" in done.stdout, done.stdout
    assert exe.data is not None
    [phone] = [each for each in kept_in(exe.data).values() if each.last_seen is not None]
    assert (phone.address, phone.interface) == (part.address[0], "eth0")


def test_a_phone_that_closes_its_port_leaves_the_next_one_heard(
    bench: BenchNetwork, start: Start, tmp_path: Path
) -> None:
    closing = SimulatedPhones(bench, ["snom", "yealink"], ["closes"])
    after = SimulatedPhones(bench, ["fanvil", "gigaset"], first=140)
    sheet = windows_path(Path(sheet_for(tmp_path, closing, after)))
    with start(bench.tool, "--sheet", sheet, "-u", URL) as exe:
        exe.listens("eth0")
        # The NOTIFY is repeated into the closed port, and each time "unreachable" comes back.
        closing.run("--seconds", "5", "--whole-time")
        reports = after.run("--seconds", "20", url=URL)
        assert all(report.served and not report.faults for report in reports), reports
        wait_until(lambda: exe.wrote("to 10.13.2.100", 5), what="repeated into the closed port")
        reports = after.run("--seconds", "20", url=URL)
        assert all(report.served for report in reports), reports
