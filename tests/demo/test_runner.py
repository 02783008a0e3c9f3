"""The runner: real sockets on loopback, against the real responder."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest

from pnp_gui.demo.runner import PhoneRunner
from pnp_gui.demo.shapes import SHAPES
from pnp_gui.demo.start import SELF_TEST_MAC, Demo, demo_phones, make_roster, serve_one, verdict_on
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests import phones as command
from tests.demo.pumped import pumped_responder
from tests.namespace import wait_until
from tests.phones import behaviour_of, sheet_of

URL = "http://10.13.2.2/{mac}.xml"


def test_every_shape_is_understood_and_served_exactly() -> None:
    phones = make_roster(len(SHAPES), first_address="127.5.0.2")
    received = {}

    def url_for(ask: SubscribeRequest) -> str:
        received[ask.key] = (ask.key, ask.mac, ask.make, ask.event.model, ask.event.version)
        return URL

    with pumped_responder(url_for) as port:
        responder = ("127.0.0.1", port)
        for phone in phones:
            phone.responder, phone.url = responder, URL
        runner = PhoneRunner(phones, responder)
        assert runner.open() == []
        runner.run(20, until_settled=True)
        runner.close()
    for phone in phones:
        report, shape = phone.report(), phone.shape
        assert report.faults == []
        assert report.url == URL
        assert (report.sent, report.received, report.offers) == (1, 2, 1)
        named = phone.mac if shape.sends_mac else ""
        assert received[phone.key] == (phone.key, named, shape.make, shape.model, shape.version)


def test_phones_that_nobody_answers_hear_nothing_and_are_told_to_stop() -> None:
    with pumped_responder(lambda ask: None) as port:
        phones = make_roster(9, first_address="127.5.1.2")
        runner = PhoneRunner(phones, ("127.0.0.1", port))
        runner.open()
        stop = threading.Event()
        thread = threading.Thread(target=runner.run, args=(60,), kwargs={"stop": stop})
        thread.start()
        wait_until(lambda: all(phone.report().sent > 1 for phone in phones))
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive()
        runner.close()
    assert {phone.report().received for phone in phones} == {0}


def test_a_phone_closes_its_port_and_opens_it_again() -> None:
    with pumped_responder(lambda ask: URL) as port:
        [phone] = make_roster(
            1,
            first_address="127.5.2.2",
            shapes=[SHAPES["htek"]],
            behaviours=[behaviour_of("closes+again:0.5")],
        )
        runner = PhoneRunner([phone], ("127.0.0.1", port))
        runner.open()
        runner.run(1.4)
        runner.close()
    report = phone.report()
    assert report.asks >= 2
    assert report.offers >= 2
    assert report.faults == []


def test_a_taken_port_is_replaced_and_a_foreign_address_is_said() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.5.3.2", SHAPES["snom"].port))
        phones = make_roster(2, first_address="127.5.3.2", shapes=[SHAPES["snom"]])
        phones[1].address = ("192.0.2.1", 5060)
        runner = PhoneRunner(phones, ("127.0.0.1", 9))
        [failure] = runner.open()
        runner.close()
    assert failure.startswith("192.0.2.1:")
    assert phones[0].address[1] not in (0, SHAPES["snom"].port)


def test_the_command_reports_what_was_served(capsys: pytest.CaptureFixture[str]) -> None:
    with pumped_responder(lambda ask: f"http://10.13.2.2/{ask.mac}") as port:
        status = command.main(
            [
                *("--target", "127.0.0.1", "--port", str(port), "--phones", "2", "--json"),
                *("--shapes", "snom,yealink", "--first-address", "127.5.5.2"),
                *("--expect-from", f"127.0.0.1:{port}", "--expect-url", "http://10.13.2.2/${MAC}"),
            ]
        )
    assert status == 0
    reports = json.loads(capsys.readouterr().out)
    assert [report["faults"] for report in reports] == [[], []]
    assert [report["shape"] for report in reports] == ["snom", "yealink"]


def test_the_command_ends_with_1_when_an_answer_is_not_exact(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pumped_responder(lambda ask: URL) as port:
        status = command.main(
            [
                *("--target", "127.0.0.1", "--port", str(port), "--phones", "1"),
                *("--first-address", "127.5.6.2", "--expect-url", "http://10.13.2.2/other"),
            ]
        )
    assert status == 1
    assert "instead of 'http://10.13.2.2/other'" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--shapes", "tin"], ["--behaviour", "obey"]])
def test_the_command_says_what_it_does_not_understand(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command.main(arguments)
    assert "known are" in capsys.readouterr().err


def test_the_command_writes_a_sheet_of_its_phones(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    assert command.main(["--phones", "16", "--write-sheet", str(sheet)]) == 0
    lines = sheet.read_text().splitlines()
    assert lines == sheet_of(make_roster(16, first_address="127.0.0.2")).splitlines()
    assert lines[0] == "mac,decision,url,label"
    assert lines[1] == "000413a21000,approved,,snom snomD785"


def test_the_self_tests_phone_is_served() -> None:
    with pumped_responder(lambda ask: URL if ask.mac == SELF_TEST_MAC else None) as port:
        report = serve_one(port, url=URL)
    assert verdict_on(report) == ""
    assert report.served


def test_the_self_test_says_what_failed() -> None:
    with pumped_responder(lambda ask: None) as port:
        assert (
            verdict_on(serve_one(port, seconds=0.7))
            == "The phone received nothing (requests sent: 2)."
        )
    with pumped_responder(lambda ask: "http://10.13.2.2/other") as port:
        assert "instead of" in verdict_on(serve_one(port, url=URL))


def test_the_demo_boots_one_after_another_and_stops() -> None:
    asked: list[str] = []

    def url_for(ask: SubscribeRequest) -> str:
        asked.append(ask.key)
        return URL

    with pumped_responder(url_for) as port:
        phones = demo_phones(3)
        demo = Demo(port, phones)
        wait_until(lambda: len(set(asked)) == 3)
        demo.stop()
        ips = [phone.address[0] for phone in phones]
        assert ips == ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
        assert list(dict.fromkeys(asked)) == [phone.mac for phone in phones]
    assert not any(thread.name == "demo phones" for thread in threading.enumerate())
