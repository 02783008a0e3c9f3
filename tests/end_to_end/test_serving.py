"""Approved phones are served exactly, all others hear nothing: by multicast, on a real cable."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.demo.check import SentSubscribe, check_notify, check_ok
from pnp_gui.demo.phone import response_to
from pnp_gui.demo.shapes import SHAPES
from pnp_gui.pnp.sip_values import GROUP
from tests.end_to_end.capture import SEVERITY_WARN, Capture
from tests.end_to_end.program import Program, kept_in
from tests.end_to_end.simulated_phones import NAMED, SimulatedPhones
from tests.namespace import BenchNetwork, wait_until

URL = "http://10.13.2.2/${mac}/{mac}.xml?m=${MAC}&i=${ip}"


def test_every_approved_shape_is_served_and_shown_right(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, NAMED)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    capture = Capture(bench.phones, "ph0", tmp_path / "served.pcap")
    with capture, Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        reports = simulated.run("--seconds", "20", url=URL)
        assert program.stop() == 0
    for report in reports:
        assert report.faults == [], report.shape
        assert report.served, report.shape
        assert (report.oks, report.offers) == (1, 1), report.shape
    assert_shown_right(simulated, program)
    assert_clean_on_the_wire(capture, len(NAMED))


def assert_shown_right(simulated: SimulatedPhones, program: Program) -> None:
    """MAC, make, model, version and outcome are kept as the phone sent them."""
    kept = program.kept()
    for part in simulated.parts:
        phone, shape = kept[part.key], part.shape
        shown = (phone.mac, phone.make, phone.model, phone.version)
        named = part.mac if shape.sends_mac else ""
        assert shown == (named, shape.make, shape.model, shape.version)
        assert (phone.address, phone.interface) == (part.address[0], "eth0")
        assert phone.decision is Decision.APPROVED
        assert phone.progress is Progress.ACCEPTED


def assert_clean_on_the_wire(capture: Capture, phones: int) -> None:
    """tshark understands all that the program sent, and finds the four messages of each talk."""
    ours = "ip.src == 10.13.2.2 && udp"
    assert capture.count("_ws.malformed") == 0
    assert capture.count(f"{ours} && !sip") == 0
    loud = capture.rows(
        f"{ours} && _ws.expert.severity >= {SEVERITY_WARN}", "sip.Call-ID", "_ws.expert.message"
    )
    assert loud == []
    assert capture.count(f"{ours} && sip") == 2 * phones
    assert capture.count("icmp.type == 3") == 0
    asked = call_ids(capture, 'sip.Method == "SUBSCRIBE"')
    assert sum(asked.values()) == phones - 1
    for what in (
        f'{ours} && sip.Status-Code == 200 && sip.CSeq.method == "SUBSCRIBE"',
        f'{ours} && sip.Method == "NOTIFY"',
        'sip.Status-Code == 200 && sip.CSeq.method == "NOTIFY"',
    ):
        assert call_ids(capture, what) == asked, what


def call_ids(capture: Capture, wanted: str) -> Counter[str]:
    """Call-IDs of such messages; without the awkward phone, whose SUBSCRIBE tshark cannot read."""
    found = [row[0] for row in capture.rows(wanted, "sip.Call-ID")]
    return Counter(call_id for call_id in found if not call_id.endswith("-awkward"))


@pytest.mark.parametrize("decision", ["undecided", "denied"])
def test_phones_that_are_not_approved_get_not_one_datagram(
    bench: BenchNetwork, tmp_path: Path, decision: str
) -> None:
    simulated = SimulatedPhones(bench, list(SHAPES))
    sheet = str(simulated.sheet(tmp_path / "sheet.csv", decision))
    capture = Capture(bench.phones, "ph0", tmp_path / "silent.pcap")
    with capture, Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL) as program:
        reports = simulated.run("--seconds", "5", "--whole-time")
        assert program.stop() == 0
    assert {report.received for report in reports} == {0}
    assert all(report.sent >= 3 for report in reports)
    assert capture.count("ip.src == 10.13.2.2 && (sip || icmp || udp.port == 5060)") == 0
    heard = program.kept()
    for part in simulated.parts:
        phone = heard[part.key]
        assert phone.decision is Decision(decision if part.shape.sends_mac else "undecided")
        assert phone.last_seen is not None


def test_a_retransmitted_subscribe_gets_the_same_200_and_no_second_notify(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    simulated = SimulatedPhones(bench, ["grandstream"], first=20)
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    part = simulated.parts[0]
    call = (part.mac, *part.address, "490431573", part.shape.cseq)
    subscribe = part.shape.subscribe(*call)
    with (
        Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL),
        bench.phones.udp_socket(part.address, device="ph0") as phone,
    ):
        phone.sendto(subscribe, (GROUP, 5060))
        ok, _ = phone.recvfrom(65535)
        notify, source = phone.recvfrom(65535)
        assert notify.startswith(b"NOTIFY ")
        phone.sendto(response_to(notify, 200, "OK"), source)
        for _ in range(3):
            phone.sendto(subscribe, (GROUP, 5060))
            assert phone.recvfrom(65535) == (ok, source)
        phone.settimeout(2)
        with pytest.raises(TimeoutError):
            phone.recvfrom(65535)


def test_answers_go_to_the_sender_whatever_the_message_names(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    """A SUBSCRIBE that names a victim in Via and Contact draws nothing upon it."""
    simulated = SimulatedPhones(bench, ["htek"], first=20)
    bench.phones.run("ip", "address", "replace", "10.13.2.99/24", "dev", "ph0")
    sheet = str(simulated.sheet(tmp_path / "sheet.csv"))
    part = simulated.parts[0]
    source = part.address
    subscribe = part.shape.subscribe(part.mac, "10.13.2.99", 5060, "731", 1)
    capture = Capture(bench.phones, "ph0", tmp_path / "named.pcap")
    with (
        capture,
        Program(bench.tool, tmp_path, "--sheet", sheet, "-u", URL),
        bench.phones.udp_socket(source, device="ph0") as phone,
    ):
        phone.sendto(subscribe, (GROUP, 5060))
        ok, responder = phone.recvfrom(65535)
        notify, _ = phone.recvfrom(65535)
        phone.sendto(response_to(notify, 200, "OK"), responder)
    asked = SentSubscribe(subscribe, source, ("10.13.2.2", 5060))
    assert check_ok(ok, responder, asked) == []
    assert check_notify(notify, responder, asked, ok) == []
    assert b";received=10.13.2.20" in ok
    assert capture.count("ip.dst == 10.13.2.99") == 0


def test_a_notify_is_repeated_until_answered_and_every_outcome_is_kept(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    shapes = ["snom", "yealink", "htek", "gigaset", "akuvox", "yealink-dect"]
    behaviours = ["silent", "third", "refuse:489", "refuse:500", "closes", "accept"]
    simulated = SimulatedPhones(bench, shapes, behaviours)
    later = SimulatedPhones(bench, ["planet"], first=140)
    text = simulated.sheet(tmp_path / "sheet.csv").read_text()
    sheet = tmp_path / "both.csv"
    sheet.write_text(text + later.sheet(tmp_path / "later.csv").read_text().partition("\n")[2])
    capture = Capture(bench.phones, "ph0", tmp_path / "repeated.pcap")
    with capture, Program(bench.tool, tmp_path, "--sheet", str(sheet), "-u", URL) as program:
        reports = simulated.run("--seconds", "34", "--whole-time", url=URL)
        # The closed port answered with ICMP "unreachable" all the while: the next one is served.
        assert capture.count(f"icmp.code == 3 && ip.src == {simulated.parts[4].address[0]}") > 0
        [after] = later.run("--seconds", "10", url=URL)
        assert after.served
        wait_until(lambda: outcome_of(program, simulated, 0)[0] is Progress.NO_ANSWER)
        assert program.stop() == 0
    assert [report.faults for report in reports] == [[]] * len(reports)
    assert [report.notifies for report in reports] == [11, 4, 1, 1, 1, 1]
    assert [report.offers for report in reports] == [1] * len(reports)
    assert [bool(report.url) for report in reports] == [False, True, False, False, False, True]
    for place, repeats in enumerate((11, 4, 1, 1, 11, 1)):
        address = simulated.parts[place].address[0]
        assert capture.count(f'sip.Method == "NOTIFY" && ip.dst == {address} && !icmp') == repeats
    assert [outcome_of(program, simulated, place) for place in range(len(shapes))] == [
        (Progress.NO_ANSWER, 0),
        (Progress.ACCEPTED, 200),
        (Progress.REFUSED, 489),
        (Progress.REFUSED, 500),
        (Progress.NO_ANSWER, 0),
        (Progress.ACCEPTED, 200),
    ]


def outcome_of(program: Program, simulated: SimulatedPhones, place: int) -> tuple[Progress, int]:
    """How it ended for one phone, as the store tells it."""
    part = simulated.parts[place]
    phone = kept_in(program.data)[part.key]
    return phone.progress, phone.code
