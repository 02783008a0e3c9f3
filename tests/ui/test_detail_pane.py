"""The lower pane, fed by the real responder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pnp_gui.ui.message_list import DIRECTION, FIRST_LINE, MessageModel, first_line, readable
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.trace import Trace
from pnp_gui.pnp.events import Message
from pnp_gui.ui.detail_pane import DetailPane
from tests.ui.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.bench.close()


@pytest.fixture
def pane(qapp: QApplication, stage: Stage, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(stage.bench)
    qtbot.addWidget(pane)
    pane.resize(1000, 260)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def lines(model: QAbstractItemModel) -> list[tuple[str, str]]:
    return [
        (model.index(row, DIRECTION).data()[0], model.index(row, FIRST_LINE).data().split()[0])
        for row in range(model.rowCount())
    ]


def test_without_a_phone_it_says_what_to_do(pane: DetailPane) -> None:
    assert pane.nothing.isVisible()
    pane.set_phone("000000000000")
    assert pane.nothing.isVisible()
    assert pane.key == ""


def test_facts_and_exact_url_of_the_phone(stage: Stage, pane: DetailPane, qtbot: QtBot) -> None:
    key = stage.ask(1)
    stage.bench.set_label([key], "Lobby")
    stage.bench.set_default_url("http://192.0.2.9/${mac}.cfg")
    pane.set_phone(key)
    assert pane.title.text() == "00:04:13:00:00:01"
    for fact in ("Lobby", "snom", "10.1.184.15", "192.0.2.101 on Ethernet", "first seen"):
        assert fact in pane.facts.text()
    assert pane.source.text() == "Default URL"
    assert pane.url.text() == "http://192.0.2.9/000413000001.cfg"
    QTest.mouseClick(pane.copy_url, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "http://192.0.2.9/000413000001.cfg"

    stage.bench.set_own_url([key], "http://192.0.2.9/lobby")
    pane.refresh()
    assert pane.source.text() == "Its own URL"
    assert pane.url.text() == "http://192.0.2.9/lobby"


def test_a_phone_without_a_url_says_why(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    stage.bench.phones[key].model = ""
    stage.bench.set_own_url([key], "http://192.0.2.9/${model}")
    pane.set_phone(key)
    assert "model" in pane.url.text()
    assert not pane.copy_url.isEnabled()


def test_messages_in_order_and_the_chosen_one_in_full(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    stage.bench.approve([key])
    stage.answer(stage.air.sent[1])
    pane.set_phone(key)
    assert lines(pane.list.messages) == [
        ("←", "SUBSCRIBE"),
        ("→", "SIP/2.0"),
        ("→", "NOTIFY"),
        ("←", "SIP/2.0"),
    ]
    pane.list.setCurrentIndex(pane.list.messages.index(2, 0))
    assert pane.text.toPlainText() == stage.air.sent[1].data.decode().replace("\r\n", "\n")
    assert pane.text.toPlainText().endswith("\n\nhttp://192.0.2.5/snom/{mac}.xml")


def test_it_follows_only_while_the_reader_is_at_the_end(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    pane.set_phone(key)
    stage.ask(1)
    pane.refresh()
    assert pane.list.currentIndex().row() == 1
    pane.list.setCurrentIndex(pane.list.messages.index(0, 0))
    stage.bench.approve([key])
    pane.refresh()
    assert pane.list.messages.rowCount() == 4
    assert pane.list.currentIndex().row() == 0
    assert pane.text.toPlainText().startswith("SUBSCRIBE")


def test_a_forgotten_phone_leaves_the_pane(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    pane.set_phone(key)
    stage.bench.forget([key])
    pane.refresh()
    assert pane.nothing.isVisible()


def test_old_messages_give_way_and_the_pane_says_so(qapp: QApplication, stage: Stage) -> None:
    trace = Trace(max_messages=3)
    model = MessageModel(trace)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_phone("K")
    for number in range(5):
        add(trace, number)
        model.refresh()
    assert [model.index(row, FIRST_LINE).data() for row in range(3)] == ["m2", "m3", "m4"]
    trace.forget("K")
    add(trace, 7)
    assert model.refresh()
    assert [model.index(row, FIRST_LINE).data() for row in range(model.rowCount())] == ["m7"]


def test_the_pane_counts_dropped_messages(stage: Stage, pane: DetailPane) -> None:
    for _ in range(70):
        key = stage.ask(1)
    pane.set_phone(key)
    assert pane.dropped.isVisible()
    assert pane.dropped.text() == "6 older messages are no longer kept."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\r\n", "a\nb\n"),
        ("Käse".encode(), "Käse"),
        ("Käse".encode("latin-1"), "Käse"),
        (b"a\x00\x1bb", "a··b"),
    ],
)
def test_any_bytes_can_be_read(data: bytes, text: str) -> None:
    assert readable(data) == text


def test_the_first_line_skips_leading_line_ends() -> None:
    assert first_line(b"\r\n\r\nSUBSCRIBE x\r\nVia: y") == "SUBSCRIBE x"
    assert first_line(b"") == ""


def add(trace: Trace, number: int) -> None:
    address = ("192.0.2.1", 5060)
    message = Message(0.0, "K", False, "Ethernet", address, address, f"m{number}\r\n".encode())
    trace.add(message, float(number))
