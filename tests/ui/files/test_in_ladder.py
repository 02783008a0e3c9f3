"""Requests for files between the messages: in the ladder, in a mail, in a text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.fetches.talk import Entry
from pnp_gui.bench.record.ladder import RungKind
from pnp_gui.files.fetch import NONE_WITHHELD, FetchEnd
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.trace.detail_pane import DetailPane
from pnp_gui.ui.trace.ladder_delegate import elided_request
from pnp_gui.ui.trace.ladder_model import LABEL
from tests.ui.export.test_exports import panel_of
from tests.ui.files.requests import fetch, tftp
from tests.ui.hands import wait_rows
from tests.ui.stage import Stage


@pytest.fixture
def pane(qapp: QApplication, stage: Stage, qtbot: QtBot) -> DetailPane:
    """The pane of a phone that asked, was approved, and said yes."""
    pane = DetailPane(stage.bench)
    qtbot.addWidget(pane)
    pane.resize(1000, 260)
    pane.show()
    key = stage.ask(1, seconds_ago=2.0)
    stage.bench.approve([key])
    pane.set_phone(key)
    return pane


def labels(pane: DetailPane) -> list[str]:
    pane.refresh()
    model = pane.ladder.messages
    return [model.index(row, 0).data(LABEL) for row in range(model.rowCount())]


def kinds(pane: DetailPane) -> list[RungKind]:
    return [rung.reading.kind for rung in pane.ladder.messages.rungs]


def test_a_request_stands_where_it_was(stage: Stage, pane: DetailPane) -> None:
    fetch(stage, 1, "/000413000001.cfg", ago=1.0)
    found = labels(pane)
    assert found[1] == "GET /000413000001.cfg → 200 · 18 kB · 40 ms"
    assert (found[0][:9], found[2]) == ("SUBSCRIBE", "200 OK")
    assert kinds(pane)[1] is RungKind.SUCCESS


@pytest.mark.parametrize(
    ("what", "words", "kind"),
    [
        ({"status": 404}, "GET /a.cfg → 404 · 40 ms", RungKind.FAILURE),
        ({"status": 304, "size": 0}, "GET /a.cfg → 304 · 40 ms", RungKind.SUCCESS),
        (
            {"size": 30_000_000, "takes": None},
            "GET /a.cfg → 200 · 10.0 MB of 30.0 MB · 33%",
            RungKind.REQUEST,
        ),
        (
            {"takes": 12.3, "end": FetchEnd.BROKEN},
            "GET /a.cfg → 200 · stopped by the phone · 18 kB of 18 kB · 12.3 s",
            RungKind.FAILURE,
        ),
    ],
)
def test_what_became_of_it(
    stage: Stage, pane: DetailPane, what: dict[str, Any], words: str, kind: RungKind
) -> None:
    fetch(stage, 1, **what)
    assert labels(pane)[-1] == words
    assert kinds(pane)[-1] is kind


class Folder:
    serving = True
    withheld = NONE_WITHHELD

    def names(self) -> tuple[str, ...]:
        return ("cfg000413000001.XML", "other.cfg")

    def is_ours(self, url: str) -> bool:
        return True


def test_what_is_not_there_is_explained_or_normal(stage: Stage, pane: DetailPane) -> None:
    stage.bench.attach_files(Folder(), lambda _: None)
    fetch(stage, 1, "/snomD785.htm", status=404)
    fetch(stage, 1, "/cfg000413000001.xml", status=404)
    normal, missing = labels(pane)[-2:]
    assert normal == "GET /snomD785.htm → 404 · optional · 40 ms"
    assert missing == "GET /cfg000413000001.xml → 404 · 40 ms"
    assert kinds(pane)[-2:] == [RungKind.PROVISIONAL, RungKind.FAILURE]
    index = pane.ladder.messages.index(len(kinds(pane)) - 1, 0)
    why = "The phone asks for cfg000413000001.xml; the folder has cfg000413000001.XML."
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole):
        assert why in index.data(role).replace("\n", " ")


def test_where_there_is_little_room_the_name_is_cut_and_not_what_became_of_it(
    pane: DetailPane,
) -> None:
    metrics = pane.fontMetrics()
    whole = "GET /yealink/firmware/T54W-96.86.0.70.rom → 200 · 18 kB · 40 ms"
    width = metrics.horizontalAdvance(whole) + 2
    assert elided_request(whole, metrics, width) == whole
    cut = elided_request(whole, metrics, width * 2 // 3)
    assert cut.startswith("GET /")
    assert cut.endswith(" → 200 · 18 kB · 40 ms")
    assert metrics.horizontalAdvance(cut) <= width * 2 // 3
    cut = elided_request(whole, metrics, width // 3)
    assert cut.endswith(" → 200"), "no half a number"
    assert metrics.horizontalAdvance(cut) <= width // 3
    assert metrics.horizontalAdvance(elided_request(whole, metrics, width // 9)) <= width // 9


def test_every_end_has_words(stage: Stage, pane: DetailPane) -> None:
    for end in FetchEnd:
        fetch(stage, 1, end=end)
    found = labels(pane)[-len(FetchEnd) :]
    assert len(set(found)) == len(FetchEnd)


def test_a_download_goes_on_while_another_request_is_read(stage: Stage, pane: DetailPane) -> None:
    going = fetch(stage, 1, "/big.rom", size=40_000_000, takes=None)
    fetch(stage, 1)
    assert labels(pane)[-2:][0] == "GET /big.rom → 200 · 13.3 MB of 40.0 MB · 33%"
    chosen: Entry | None = pane.ladder.entry()
    going.sent, going.ended = going.size, going.at + 4
    stage.bench.fetched(going)
    assert labels(pane)[-2:][0] == "GET /big.rom → 200 · 40.0 MB · 4.0 s"
    assert pane.ladder.entry() == chosen


def test_the_heads_of_request_and_answer_stand_beside_it(stage: Stage, pane: DetailPane) -> None:
    fetch(stage, 1)
    pane.refresh()
    text = pane.text.toPlainText()
    assert text.startswith("GET /a.cfg HTTP/1.1\nAuthorization: Basic Ym9iOnB3\n\nHTTP/1.1 200 X\n")
    assert pane.text.accessibleName() == "GET /a.cfg HTTP/1.1"
    pane.ladder.copy_message()
    assert QGuiApplication.clipboard().text() == text


def test_packets_of_tftp_are_read(stage: Stage, pane: DetailPane) -> None:
    tftp(stage, 1)
    assert labels(pane)[-1] == "RRQ a.cfg → 200 · 18 kB · 250 ms"
    assert pane.text.toPlainText() == (
        "RRQ a.cfg octet\nblksize: 1428\ntsize: 0\n\nOACK\nblksize: 1428\ntsize: 18000\n"
    )
    upload = replace(tftp(stage, 1), method="WRQ", target="log.txt", name="log.txt", status=405)
    upload.request = b"\0\2log.txt\0octet\0"
    upload.answer = b"\0\5\0\2Writing is not allowed\0"
    stage.bench.fetched(upload)
    assert labels(pane)[-1].startswith("WRQ log.txt → 405")
    assert pane.text.toPlainText() == ("WRQ log.txt octet\n\nERROR 2 Writing is not allowed\n")


def test_a_mail_has_them_masked(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    stage.bench.approve([key])
    fetch(stage, 1, "/a.cfg?password=geheim")
    wait_rows(qtbot, window, 1)
    window.exports.copy_for_mail([key], masked=True)
    text = QGuiApplication.clipboard().text()
    assert "192.0.2.101:49152 -> 192.0.2.5:8080  GET /a.cfg?password=xxxxxx → 200" in text
    assert "GET /a.cfg?password=xxxxxx HTTP/1.1\nAuthorization: Basic xxxxxxxx\n" in text
    assert "geheim" not in text
    assert text.index("SUBSCRIBE sip:") < text.index("HTTP/1.1 200 X")
    assert "Requests for files: 1" in text
    window.exports.copy_for_mail([key], masked=False)
    assert "?password=geheim HTTP/1.1" in QGuiApplication.clipboard().text()


def test_a_text_has_all_in_order_and_a_capture_the_datagrams(
    stage: Stage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    keys = [stage.ask(number, seconds_ago=2.0) for number in (1, 2)]
    stage.bench.approve(keys)
    fetch(stage, 2, "/two.cfg", ago=1.0)
    fetch(stage, 1, "/one.cfg?pin=1234", ago=0.5)
    wait_rows(qtbot, window, 2)
    for name in ("all.txt", "all.pcap"):
        window.exports.save_messages(keys)
        panel = panel_of(window, qtbot)
        panel.path.setText(str(tmp_path / name))
        panel.save_button.click()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=10_000)
    text = (tmp_path / "all.txt").read_text()
    places = [text.index(part) for part in ("SUBSCRIBE", "GET /two.cfg ", "GET /one.cfg?pin=xxxx ")]
    assert places == sorted(places)
    assert text.rindex("NOTIFY") > places[-1]
    assert b"two.cfg" not in (tmp_path / "all.pcap").read_bytes()
