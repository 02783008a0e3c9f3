"""The parts put together: what one of them needs to know of another."""

from __future__ import annotations

import logging
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.phones.phone import Phone as KnownPhone
from pnp_gui.bench.sheet.choices import write_choices
from pnp_gui.bench.sheet.layout import Meaning
from pnp_gui.bench.sheet.sheet import MAX_BYTES, MAX_LINES, SheetLine, too_large
from pnp_gui.bench.store.settings import SHEET_MEANINGS
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.trouble import Trouble
from pnp_gui.ui.listening import Listening
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.serving import Serving
from tests.bench.air import subscribe
from tests.bench.rig import LOCAL
from tests.net.phone import URL, Phone

WORKBOOKS = Path(__file__).parents[1] / "bench" / "sheet" / "workbooks"


def test_a_flood_beyond_the_rows_leaves_the_requests_of_those_that_have_one(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the flood the first fill the rows; what asks later is counted, and keeps no place."""
    monkeypatch.setattr("pnp_gui.bench.phones.registry.MAX_UNDECIDED", 5)
    monkeypatch.setattr("pnp_gui.pnp.pending.MAX_PENDING", 6)
    session = Session(tmp_path)
    session.load()
    session.run_in_loop()
    bench, responder = session.bench, session.responder
    try:
        for number in range(100):
            address = f"10.13.2.{number}"
            data = subscribe(f"0004130000{number:02}", address, "a")
            responder.receive(Datagram(data, (address, 5060), LOCAL, "eth0", time.monotonic()))
            bench.absorb(responder.events())
        assert len(bench.phones) == 5
        assert responder.datagrams() == []
        bench.approve(["000413000000"])
        assert responder.offer("000413000000", time.monotonic()) is not SendResult.NEVER_ASKED
        ok, notify = responder.datagrams()[:2]
        assert ok.data.startswith(b"SIP/2.0 200")
        assert ok.remote == notify.remote == ("10.13.2.0", 5060)
    finally:
        session.close()


def test_who_accepted_an_older_url_is_known_again_after_a_restart(
    tmp_path: Path, qtbot: QtBot
) -> None:
    mac = "000413A2105F"
    with closing(Store.open(tmp_path)) as store:
        old = "http://192.0.2.5/old"
        phone = KnownPhone(
            mac, mac, Decision.APPROVED, progress=Progress.ACCEPTED, sent_url=old, accepted_url=old
        )
        store.note(phone)
        store.save_decisions([Kept.of(phone)])
        store.flush()
    session = Session(tmp_path)
    try:
        session.bench.set_default_url("http://192.0.2.5/new")
        session.pump.listen(["lo"], 0)
        session.load()
        session.run_in_loop()
        qtbot.waitUntil(lambda: session.bench.with_older_url() == [mac])
    finally:
        session.close()


def test_phones_are_answered_while_the_window_is_made(tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(tmp_path)
    session.load()
    session.run_in_loop()
    session.pump.listen(["lo"], 0)
    mac = "000413A2105F"
    session.bench.apply_sheet([SheetLine(0, mac, Decision.APPROVED, URL, None)])
    answered: list[bool] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        phone = Phone(sock, mac)
        phone.ask("127.0.0.1", session.pump.state.port)

        def between() -> None:
            session.pump.read_waiting()
            if not any(answered):
                answered.append(phone.receive(0.2) is not None)

        # Qt's loop does not run.
        window = MainWindow(session.bench, Listening(), Serving(), between)
        try:
            assert any(answered)
            assert phone.notify() == (URL, ("127.0.0.1", session.pump.state.port))
        finally:
            window.finish()
            window.deleteLater()
            session.close()


def test_a_workbook_is_applied_by_what_was_said_of_its_columns(
    tmp_path: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    session = Session(tmp_path)
    session.load()
    session.run_in_loop()
    try:
        with pytest.raises(Trouble, match=r"columns of .*question\.xlsx are ambiguous"):
            session.take_sheet(WORKBOOKS / "question.xlsx")
        assert session.bench.phones == {}
        choices = write_choices({("MAC", "MAC 2nd", "Name"): {1: Meaning.MAC}})
        session.bench.set_setting(SHEET_MEANINGS, choices)
        assert session.take_sheet(WORKBOOKS / "question.xlsx").bad == []
        assert list(session.bench.phones) == ["0015653D2B01", "0015653D2B02"]

        with caplog.at_level(logging.INFO, "pnp_gui.app"):
            session.take_sheet(WORKBOOKS / "three_sheets.ods")
        assert "other worksheets with phones: Lager" in caplog.text
    finally:
        session.close()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"000413A2105F\n" + bytes(MAX_BYTES), "is larger than 16 MiB"),
        (b"000413A2105F\n" * (MAX_LINES + 1), str(too_large())),
        (b"PK\x03\x04" + bytes(500), "This workbook is damaged"),
    ],
)
def test_a_file_that_is_no_sheet_as_a_whole_is_refused(
    tmp_path: Path, qapp: QApplication, data: bytes, says: str
) -> None:
    """By the limits and in the words of the window."""
    (tmp_path / "phones.csv").write_bytes(data)
    session = Session(tmp_path / "data")
    session.load()
    session.run_in_loop()
    try:
        with pytest.raises(Trouble, match=r"phones\.csv") as told:
            session.take_sheet(tmp_path / "phones.csv")
        assert says in str(told.value)
        assert session.bench.phones == {}
    finally:
        session.close()
