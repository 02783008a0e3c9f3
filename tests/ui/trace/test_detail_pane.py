"""The lower pane, fed by the real responder."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.fetches.folder_check import FolderCheck
from pnp_gui.bench.fetches.kept import KeptFetches
from pnp_gui.bench.fetches.served import NotServed
from pnp_gui.bench.fetches.talk import Talk
from pnp_gui.bench.record.trace import Trace, TraceEntry
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import Message
from pnp_gui.ui.trace.detail_pane import DetailPane
from pnp_gui.ui.trace.ladder_model import ENTRY, LABEL, TIME, LadderModel
from pnp_gui.ui.words.wire_text import first_line, readable
from tests.ui.stage import Stage


@pytest.fixture
def pane(qapp: QApplication, stage: Stage, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(stage.bench)
    qtbot.addWidget(pane)
    pane.resize(1000, 260)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


Key = Qt.Key


def model_of(trace: Trace) -> LadderModel:
    return LadderModel(Talk(trace, KeptFetches(), lambda: FolderCheck(NotServed), {}, lambda: 0.0))


def lines(model: LadderModel, parent: QModelIndex | None = None) -> list[str]:
    """What stands on the arrows, with their directions."""
    inside = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(inside)):
        index = model.index(row, 0, inside)
        found.append(("→ " if index.data(ENTRY).outgoing else "← ") + index.data(LABEL))
    return found


def times(model: LadderModel) -> list[str]:
    return [model.index(row, 0).data(TIME) for row in range(model.rowCount())]


def press(pane: DetailPane, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(pane.ladder, key, modifier)


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
    for fact in ("Lobby", "snom", "10.1.184.15", "192.0.2.101 on Ethernet", "first asked"):
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
    key = stage.ask_of(1, "snom", "")
    stage.bench.set_own_url([key], "http://192.0.2.9/${model}")
    pane.set_phone(key)
    assert "model" in pane.url.text()
    assert not pane.copy_url.isEnabled()


def test_the_ladder_in_order_and_the_chosen_message_in_full(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    stage.bench.approve([key])
    stage.answer(stage.air.sent[1])
    pane.set_phone(key)
    assert lines(pane.ladder.messages) == [
        "← SUBSCRIBE  ua-profile",
        "→ 200 OK",
        "→ NOTIFY  http://192.0.2.5/snom/{mac}.xml",
        "← 200 OK",
    ]
    assert pane.text.toPlainText().startswith("SIP/2.0 200 OK")
    press(pane, Key.Key_Up)
    assert pane.text.toPlainText() == stage.air.sent[1].data.decode().replace("\r\n", "\n")
    assert pane.text.toPlainText().endswith("\n\nhttp://192.0.2.5/snom/{mac}.xml")
    press(pane, Key.Key_Home)
    assert pane.text.toPlainText().startswith("SUBSCRIBE")
    press(pane, Key.Key_Down)
    assert "200 OK" in pane.text.toPlainText()
    assert pane.ends.isVisible()
    assert "192.0.2.101:5060" in pane.ends.accessibleName()
    assert "192.0.2.5:5060" in pane.ends.accessibleName()


def test_the_ladder_says_when_it_was_sent_to_the_group(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1, to="224.0.1.75")
    stage.ask(1, tag="b", to="192.0.2.5")
    pane.set_phone(key)
    model = pane.ladder.messages
    assert lines(model) == ["← SUBSCRIBE  ua-profile  to 224.0.1.75", "← SUBSCRIBE  ua-profile"]
    tips = [str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)) for row in range(2)]
    assert "192.0.2.101:5060 → 224.0.1.75:5060 on " in tips[0]
    assert "192.0.2.101:5060 → 192.0.2.5:5060 on " in tips[1]
    # The line on the right is ours, whoever was asked.
    assert "192.0.2.5:5060" in pane.ends.accessibleName()


def test_retransmissions_are_folded_and_enter_unfolds_them(stage: Stage, pane: DetailPane) -> None:
    for seconds in (3.0, 2.5, 1.5):
        key = stage.ask(1, seconds_ago=seconds)
    pane.set_phone(key)
    model = pane.ladder.messages
    assert lines(model) == ["← SUBSCRIBE  ua-profile", "← SUBSCRIBE again \N{MULTIPLICATION SIGN}2"]
    folded = model.index(1, 0)
    assert pane.ladder.currentIndex() == folded
    press(pane, Key.Key_Return)
    assert pane.ladder.isExpanded(folded)
    assert lines(model, folded) == ["← SUBSCRIBE again", "← SUBSCRIBE again"]
    press(pane, Key.Key_Down)
    press(pane, Key.Key_Down)
    entry = pane.ladder.entry()
    assert entry is not None
    assert entry is stage.bench.trace.of(key)[2]
    press(pane, Key.Key_Return)
    assert not pane.ladder.isExpanded(folded)
    assert pane.ladder.currentIndex() == folded


def test_a_click_on_the_words_unfolds_them(stage: Stage, pane: DetailPane) -> None:
    for seconds in (3.0, 2.5, 1.5):
        key = stage.ask(1, seconds_ago=seconds)
    pane.set_phone(key)
    folded = pane.ladder.messages.index(1, 0)
    row = pane.ladder.visualRect(folded)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(pane.ladder.viewport(), left, pos=QPoint(8, row.center().y()))
    assert not pane.ladder.isExpanded(folded)
    middle = QPoint(pane.ladder.viewport().width() * 6 // 10, row.center().y())
    QTest.mouseClick(pane.ladder.viewport(), left, pos=middle)
    assert pane.ladder.isExpanded(folded)


def test_more_retransmissions_come_into_the_open_fold_and_move_nobody(
    stage: Stage, pane: DetailPane
) -> None:
    for seconds in (9.0, 8.0, 7.0):
        key = stage.ask(1, seconds_ago=seconds)
    pane.set_phone(key)
    press(pane, Key.Key_Return)
    press(pane, Key.Key_Down)
    entry = pane.ladder.entry()
    stage.ask(1, seconds_ago=1.0)
    pane.refresh()
    assert lines(pane.ladder.messages)[1] == "← SUBSCRIBE again \N{MULTIPLICATION SIGN}3"
    assert pane.ladder.isExpanded(pane.ladder.messages.index(1, 0))
    assert pane.ladder.entry() is entry


def test_times_are_the_pauses_and_after_a_long_one_the_time_of_day(qapp: QApplication) -> None:
    trace = Trace()
    model = model_of(trace)
    for number, at in enumerate((0.0, 0.0, 0.0042, 0.5, 1.704, 90.0, 80.0)):
        add(trace, number, at=at)
    model.set_phone("K")
    first, *pauses, late, back = times(model)
    assert pauses == ["+0 ms", "+4.2 ms", "+496 ms", "+1.204 s"]
    for clock in (first, late, back):
        assert len(clock) == len("00:00:00.000")
        assert clock.count(":") == 2


def test_it_follows_only_while_the_reader_is_at_the_end(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    pane.set_phone(key)
    stage.ask(1)
    pane.refresh()
    assert pane.ladder.currentIndex().row() == 1
    press(pane, Key.Key_Home)
    stage.bench.approve([key])
    pane.refresh()
    assert pane.ladder.messages.rowCount() == 4
    assert pane.ladder.currentIndex().row() == 0
    assert pane.text.toPlainText().startswith("SUBSCRIBE")
    press(pane, Key.Key_End)
    stage.answer(stage.air.sent[1])
    pane.refresh()
    assert pane.ladder.currentIndex().row() == 4


def test_the_last_message_stays_in_sight_in_less_room(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    for number in range(12):
        stage.ask(1, tag=f"t{number}")
    pane.set_phone(key)
    ladder = pane.ladder
    last = ladder.messages.index(ladder.messages.rowCount() - 1, 0)

    def is_whole() -> bool:
        return ladder.viewport().rect().contains(ladder.visualRect(last))

    assert is_whole()
    pane.resize(1000, 236)
    QApplication.processEvents()
    assert is_whole()
    ladder.scrollToTop()
    pane.resize(1000, 212)
    QApplication.processEvents()
    assert ladder.verticalScrollBar().value() == 0


def test_ctrl_c_copies_the_message_and_says_what_is_in_it(
    stage: Stage, pane: DetailPane, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    stage.bench.set_default_url("http://bob:secret@192.0.2.9/a.xml")
    stage.bench.approve([key])
    pane.set_phone(key)
    said: list[str] = []
    pane.said.connect(said.append)
    press(pane, Key.Key_C, ctrl=True)
    copied = QGuiApplication.clipboard().text()
    assert copied == stage.air.sent[1].data.decode().replace("\r\n", "\n")
    press(pane, Key.Key_Up)
    press(pane, Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text().startswith("SIP/2.0 200 OK")
    assert said == [
        "The message is on the clipboard, with the user name and password in its URL.",
        "The message is on the clipboard.",
    ]


def test_a_phone_without_messages_says_so(stage: Stage, pane: DetailPane) -> None:
    stage.bench.apply_sheet([SheetLine(1, "000413000009", None, None, "Lobby")])
    pane.set_phone("000413000009")
    assert pane.ladder.messages.rowCount() == 0
    assert not pane.ends.isVisible()
    assert pane.text.toPlainText() == ""
    pane.grab()
    press(pane, Key.Key_Return)
    press(pane, Key.Key_C, ctrl=True)
    key = stage.ask(9)
    assert key == "000413000009"
    pane.refresh()
    assert pane.ladder.currentIndex().row() == 0
    assert pane.text.toPlainText().startswith("SUBSCRIBE")


def test_a_forgotten_phone_leaves_the_pane(stage: Stage, pane: DetailPane) -> None:
    key = stage.ask(1)
    pane.set_phone(key)
    stage.bench.forget([key])
    pane.refresh()
    assert pane.nothing.isVisible()


def test_the_model_keeps_its_word_while_messages_come_and_go(qapp: QApplication) -> None:
    trace = Trace(max_messages=5)
    model = model_of(trace)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_phone("K")
    for number in (0, 0, 0, 1, 0, 0, 2, 2, 2, 2, 2, 3):
        add(trace, number)
        assert model.refresh()
        assert not model.refresh()
        shown = [e for rung in model.rungs for e in rung.entries]
        assert shown == trace.of("K")
    trace.forget("K")
    assert model.refresh()
    assert model.rowCount() == 0
    add(trace, 7)
    assert model.refresh()
    assert model.rowCount() == 1
    del tester


def test_the_reader_stays_with_his_message_while_old_ones_give_way(
    stage: Stage, pane: DetailPane
) -> None:
    for number in range(64):
        key = stage.ask(1, tag=f"t{number:02d}")
    pane.set_phone(key)
    for _ in range(30):
        press(pane, Key.Key_Up)
    entry = pane.ladder.entry()
    top = top_of(pane)
    bar = pane.text.verticalScrollBar()
    pane.text.selectAll()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    for number in range(5):
        stage.ask(1, tag=f"u{number:02d}")
    pane.refresh()
    assert pane.ladder.entry() is entry
    assert top_of(pane) is top
    assert bar.value() == bar.maximum()
    assert pane.text.textCursor().hasSelection()
    assert pane.dropped.text() == "5 other messages are no longer kept."


def top_of(pane: DetailPane) -> TraceEntry:
    entry: TraceEntry = pane.ladder.indexAt(QPoint(1, 1)).data(ENTRY)
    return entry


def test_the_pane_counts_dropped_messages(stage: Stage, pane: DetailPane) -> None:
    for _ in range(70):
        key = stage.ask(1)
    pane.set_phone(key)
    assert pane.dropped.isVisible()
    assert pane.dropped.text() == "6 other messages are no longer kept."


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


def add(trace: Trace, number: int, *, at: float | None = None) -> None:
    address = ("192.0.2.1", 5060)
    data = f"OPTIONS sip:{number} SIP/2.0\r\n\r\n".encode()
    message = Message(0.0, "K", False, "Ethernet", address, address, data)
    trace.add([message._replace(at=float(number) if at is None else at)], 0.0)


def test_the_url_has_the_whole_width(stage: Stage, pane: DetailPane, qtbot: QtBot) -> None:
    """The buttons are beside the lines above it."""
    pane.add_actions(*(QAction(text, pane) for text in ("Save messages", "Copy them", "Copy")))
    stage.bench.set_default_url("http://prov.example/" + "x" * 300)
    pane.set_phone(stage.ask(1))
    left = pane._buttons[0].geometry().left()
    qtbot.waitUntil(lambda: pane.url.geometry().right() > left + 50, timeout=2000)
