"""Several interfaces: only the chosen ones are heard, and answers leave by the phone's own."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.capture import Capture
from tests.end_to_end.program import Program
from tests.end_to_end.remote_program import RemoteProgram
from tests.end_to_end.simulated_phones import SimulatedPhones, sheet_for
from tests.namespace import BenchNetwork
from tests.net.phone import Phone

URL = "http://bench.example/{mac}.xml"


def test_a_phone_on_a_port_that_was_not_chosen_is_neither_answered_nor_known(
    two_cables: BenchNetwork, tmp_path: Path
) -> None:
    chosen = SimulatedPhones(two_cables, ["snom", "yealink", "fanvil"])
    other = SimulatedPhones(two_cables, ["gigaset", "htek", "akuvox"], cable=1)
    sheet = sheet_for(tmp_path, chosen, other)
    capture = Capture(two_cables.phones, "ph1", tmp_path / "other.pcap")
    with (
        capture,
        Program(two_cables.tool, tmp_path, "-i", "eth0", "--sheet", sheet, "-u", URL) as p,
    ):
        unheard = other.start("--seconds", "5", "--whole-time")
        served = chosen.run("--seconds", "20", url=URL)
        silent = other.finish(unheard)
        assert p.stop() == 0
    assert all(report.served for report in served), served
    assert {report.received for report in silent} == {0}
    assert capture.count("ip.src == 10.13.3.2 && udp") == 0
    assert capture.count("ip.src == 10.13.2.2") == 0
    kept = p.kept()
    assert all(kept[part.mac].last_seen is not None for part in chosen.parts)
    assert all(kept[part.mac].last_seen is None for part in other.parts)


def test_unicast_to_the_chosen_address_through_another_port_is_not_answered(
    two_cables: BenchNetwork, tmp_path: Path
) -> None:
    chosen = SimulatedPhones(two_cables, ["htek"], first=20)
    other = SimulatedPhones(two_cables, ["htek"], cable=1, first=20)
    part = other.parts[0]
    two_cables.phones.run("ip", "route", "replace", "10.13.2.2/32", "dev", "ph1")
    two_cables.tool.run("sysctl", "-qw", "net.ipv4.conf.eth1.arp_ignore=0")
    try:
        sheet = sheet_for(tmp_path, chosen)
        with Program(two_cables.tool, tmp_path, "-i", "eth0", "--sheet", sheet, "-u", URL) as p:
            reports = other.run("--target", "10.13.2.2", "--seconds", "3", "--whole-time")
            assert p.stop() == 0
    finally:
        two_cables.phones.run("ip", "route", "del", "10.13.2.2/32", "dev", "ph1")
    assert [report.received for report in reports] == [0]
    assert p.kept()[part.mac].last_seen is None


def test_two_ports_in_one_subnet_answer_each_by_itself(
    one_subnet: BenchNetwork, tmp_path: Path
) -> None:
    first = SimulatedPhones(one_subnet, ["snom", "panasonic"], first=100)
    second = SimulatedPhones(one_subnet, ["gigaset", "grandstream"], cable=1, first=120)
    sheet = sheet_for(tmp_path, first, second)
    with Program(one_subnet.tool, tmp_path, "--sheet", sheet, "-u", URL, sockets=2):
        # Each phone insists on the address that is at the end of its own cable.
        for simulated in (first, second):
            reports = simulated.run("--seconds", "20", url=URL)
            assert [report.faults for report in reports] == [[], []]
            assert all(report.served for report in reports)


def test_both_of_two_ports_are_heard_by_default(two_cables: BenchNetwork, tmp_path: Path) -> None:
    groups = [
        SimulatedPhones(two_cables, ["snom-old", "audiocodes", "planet"]),
        SimulatedPhones(two_cables, ["yealink-old", "gigaset", "grandstream"], cable=1),
    ]
    sheet = sheet_for(tmp_path, *groups)
    with Program(two_cables.tool, tmp_path, "--sheet", sheet, "-u", URL, sockets=2):
        for simulated in groups:
            reports = simulated.run("--seconds", "20", url=URL)
            named = [report for report in reports if report.mac]
            assert all(report.served for report in named), named
            assert all(not report.received for report in reports if not report.mac)


def test_a_url_that_a_pulled_cable_keeps_back_is_not_said_to_wait_for_a_busy_computer(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    (cable,) = bench.cables
    mac = "000413A21001"
    with (
        bench.phones.udp_socket((cable.phone_ip, 5060), device="ph0") as sock,
        RemoteProgram(bench.tool, tmp_path) as program,
    ):
        phone = Phone(sock, mac)
        phone.ask_until(lambda: mac in program.state()["statuses"], "it is in the table")
        program.press([mac], "A")
        cable.pull()
        said = program.until(lambda state: "Not sent" in state["statuses"][mac], "it says so")
        assert said["statuses"][mac] == "Not sent by this computer"
        for letter, words in (("S", "could not send the URL"), ("R", "could not ask")):
            program.press([mac], letter)
            assert words in program.state()["status"]
            assert "tries again for 32 s" in program.state()["status"]
        cable.plug()
        program.until(lambda state: state["statuses"][mac].startswith("Sent"), "it has left")
