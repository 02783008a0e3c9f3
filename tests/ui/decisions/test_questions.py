"""Nothing wide by one key: what is asked in the band first, and what A leaves alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, decisions, focused, press, shown, wait_rows
from tests.ui.scanner import Ears, scan
from tests.ui.stage import Stage

Key = Qt.Key
A, D, U = Decision.APPROVED, Decision.DENIED, Decision.UNDECIDED


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    stage.net.start()
    return shown(stage, qtbot)


def line(window: MainWindow) -> str:
    return window.status_bar.left.text()


def question(window: MainWindow) -> str:
    """What is asked; "" for nothing. Its button has the keyboard when it is asked."""
    asked = window.problem_bar.line_for("question")
    return "" if asked is None else asked.sentence.text()


def asked(stage: Stage, window: MainWindow, qtbot: QtBot, number: int) -> list[str]:
    keys = [stage.ask(one + 1) for one in range(number)]
    wait_rows(qtbot, window, number)
    return keys


def test_a_on_a_mixed_selection_leaves_denied_phones_denied(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = asked(stage, window, qtbot, 4)
    stage.bench.deny(keys[:2])
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert decisions(stage) == [D, D, A, A]
    assert line(window) == (
        "2 phones approved. 2 denied phones stay denied: select only these to approve them. 2 "
        "were answered in time."
    )
    stage.air.take()
    press(Key.Key_A)
    assert decisions(stage) == [D, D, A, A], "neither do they change beside approved ones"
    assert stage.air.sent == []
    assert line(window) == (
        "2 denied phones stay denied: select only these to approve them. 2 are already "
        "approved and were sent their URL."
    )
    window.table.select_keys(keys[:2])
    press(Key.Key_A)
    assert decisions(stage) == [A] * 4
    assert len(stage.air.sent) == 4


def test_denied_ones_and_conflicts_alone_are_left_alone(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pnp_gui.ui.words.conflict.NEW_SECONDS", 0.0)
    denied, disputed = asked(stage, window, qtbot, 2)
    stage.bench.deny([denied])
    stage.bench.approve([disputed])
    stage.answer(stage.air.take()[-1])
    stage.ask(2, tag="other", address="198.51.100.9")
    window.table.select_keys([denied, disputed])
    press(Key.Key_A)
    assert stage.air.sent == []
    assert line(window) == (
        "1 denied phone stays denied: select only this one to approve it. 1 is in conflict and"
        " was left as it is: select it alone to decide."
    )


def test_r_on_several_asks_how_many(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    keys = asked(stage, window, qtbot, 3)
    stage.bench.approve(keys[:2])
    for notify in [one for one in stage.air.take() if one.data.startswith(b"NOTIFY")]:
        stage.answer(notify)
    press(Key.Key_A, CTRL)
    press(Key.Key_R)
    assert question(window) == "Ask 2 phones to reboot?"
    press(Key.Key_Escape)
    assert question(window) == ""
    assert focused() is window.table
    assert stage.air.sent == []
    press(Key.Key_R)
    press(Key.Key_Return)
    assert len(stage.air.take()) == 2
    assert focused() is window.table
    window.table.select_keys([keys[0], keys[2]])
    press(Key.Key_R)
    assert question(window) == "", "it is for one only"


def test_f8_names_how_many_ask_this_moment(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    press(Key.Key_F8)
    assert question(window) == "Approve every phone that asks within 5 min? None is asking now."
    keys = asked(stage, window, qtbot, 4)
    stage.bench.deny(keys[:1])
    window.refresh()
    assert question(window) == (
        "Approve the 3 phones that are asking now, and every other phone that asks within 5 min?"
    )
    assert decisions(stage) == [D, U, U, U]
    press(Key.Key_Escape)
    assert question(window) == ""
    assert stage.bench.approving_all is None
    press(Key.Key_F8)
    press(Key.Key_F8)
    assert stage.bench.approving_all is None, "the same key twice is no yes"
    window.table.select_keys(keys[:1])
    assert question(window), "it is not about the selection"
    press(Key.Key_Return)
    assert decisions(stage) == [D, A, A, A]
    press(Key.Key_F8)
    assert stage.bench.approving_all is None
    assert question(window) == "", "the end is not asked"


def test_a_question_stays_while_rows_move_and_goes_with_the_selection(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = asked(stage, window, qtbot, 3)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    window.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert question(window).startswith("Forget 3 phones")
    window.table.select_keys(keys[:1])
    assert question(window) == ""


@pytest.mark.parametrize("code", ["000413A2105F", "SN 17 MAC 000413A2105F"])
def test_the_enter_of_a_scanned_code_is_no_answer_nor_is_a_blank_in_it(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears, code: str
) -> None:
    asked(stage, window, qtbot, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    scan(code)
    assert len(stage.bench.phones) == 2
    press(Key.Key_Return)
    assert stage.bench.phones == {}


def test_snoms_url_for_another_make_is_asked_once(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(FACTORY_URL)
    others = [stage.ask_of(number, "yealink", "T54W") for number in (1, 2)]
    snom = stage.ask(3)
    wait_rows(qtbot, window, 3)
    window.table.select_keys([snom])
    press(Key.Key_A)
    assert question(window) == ""
    stage.air.take()
    window.table.select_keys([others[0], snom])
    press(Key.Key_A)
    assert question(window) == (
        "1 phone is not a snom phone, but the URL at the top is still snom's own. Type yours there"
        " first (Ctrl+L), or approve it with snom's URL."
    )
    assert stage.air.sent == []
    press(Key.Key_Return)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]
    assert "1 has snom's own URL" in line(window)
    window.table.select_keys(others[1:])
    press(Key.Key_A)
    assert question(window) == "", "once"
    assert stage.bench.phones[others[1]].decision is A


def test_an_url_of_ones_own_is_typed_instead(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(FACTORY_URL)
    stage.ask_of(1, "yealink", "T54W")
    wait_rows(qtbot, window, 1)
    press(Key.Key_F8)
    assert question(window).endswith(
        " The URL at the top is still snom's own, which other makes cannot use."
    )
    press(Key.Key_Escape)
    press(Key.Key_A)
    press(Key.Key_L, CTRL)
    QTest.keyClicks(focused(), "http://192.0.2.9/")
    press(Key.Key_Return)
    assert question(window) == ""
    press(Key.Key_A)
    assert stage.air.sent[1].data.endswith(b"\r\n\r\nhttp://192.0.2.9/")
