"""Phones are approved, denied, served again and forgotten, by keys and clicks in the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.decisions import sending
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.limits import PERIOD, Pace
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from tests.ui.hands import CTRL, decisions, focused, press, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def test_undecided_phones_get_nothing_and_ctrl_a_then_a_serves_them_all(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    assert stage.air.sent == []

    press(Key.Key_A, CTRL)
    press(Key.Key_A)

    served = sorted(stage.air.starts())
    assert served == sorted(
        f"{first} 192.0.2.{100 + n}" for n in (1, 2, 3) for first in ("SIP/2.0", "NOTIFY")
    )
    assert all(
        b"http://192.0.2.5/snom/{mac}.xml" in one.data
        for one in stage.air.sent
        if one.data.startswith(b"NOTIFY")
    )
    assert window.status_bar.left.text() == ("3 phones approved. 3 were answered in time.")


def test_what_was_done_to_very_many_is_said_when_the_last_had_its_turn(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are very many here."""
    monkeypatch.setattr(sending, "MANY", 0)
    turns: list[Callable[[], bool]] = []
    stage.bench.attach(stage.air, turns.append)
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert window.status_bar.left.text() == "The URLs of 2 phones are being sent."
    while turns[0]():
        pass
    said = "2 phones approved. 2 were answered in time."
    qtbot.waitUntil(lambda: window.status_bar.left.text() == said, timeout=2000)


def test_d_u_and_s_on_the_selection(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([key])

    press(Key.Key_D)
    assert decisions(stage) == [Decision.DENIED, Decision.UNDECIDED]
    press(Key.Key_U)
    assert decisions(stage) == [Decision.UNDECIDED, Decision.UNDECIDED]
    press(Key.Key_S)
    assert stage.air.sent == []
    assert "not approved" in window.status_bar.left.text()

    press(Key.Key_A)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]
    stage.answer(stage.air.take()[1])
    press(Key.Key_S)
    assert stage.air.starts() == ["NOTIFY 192.0.2.101"]
    assert "sent to 00:04:13:00:00:01 again" in window.status_bar.left.text()


def test_the_sentence_tells_apart_how_the_approved_phones_were_served(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2, seconds_ago=40)
    stage.bench.apply_sheet([SheetLine(1, "000413000003", None, None, "Lobby")])
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert window.status_bar.left.text() == (
        "3 phones approved."
        " 1 was answered in time."
        " 1 was sent its URL late, which not every phone accepts."
        " 1 gets its URL when it asks."
    )


def test_one_that_has_to_wait_for_others_at_its_address_is_said_to(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.air.responder._credit, "_pace", Pace(1, PERIOD))
    keys = [stage.ask(number, address="192.0.2.99") for number in (1, 2, 3)]
    wait_rows(qtbot, window, 3)
    window.table.select_keys(keys[:2])
    press(Key.Key_A)
    assert window.status_bar.left.text() == (
        "2 phones approved."
        " 1 was answered in time."
        " 1 gets its URL when others at its address have answered."
    )
    window.table.select_keys(keys[2:])
    press(Key.Key_A)
    assert window.status_bar.left.text() == (
        "00:04:13:00:00:03 approved. It gets its URL when other phones at its address have"
        " answered."
    )
    press(Key.Key_S)
    assert window.status_bar.left.text() == (
        "00:04:13:00:00:03 gets its URL when other phones at its address have answered."
    )
    stage.answer(stage.air.take()[1])
    assert stage.air.starts() == ["SIP/2.0 192.0.2.99", "NOTIFY 192.0.2.99"], "the next in turn"


@pytest.mark.parametrize("way", ["find", "url", "editor"])
def test_letters_are_letters_where_somebody_types(
    stage: Stage, window: MainWindow, qtbot: QtBot, way: str
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_A, CTRL)
    if way == "find":
        press(Key.Key_F, CTRL)
    elif way == "url":
        press(Key.Key_L, CTRL)
    else:
        press(Key.Key_F2)
        qtbot.waitUntil(lambda: focused() is not window.table)
    for key in (Key.Key_A, Key.Key_D, Key.Key_U, Key.Key_S, Key.Key_Delete):
        press(key)
    assert decisions(stage) == [Decision.UNDECIDED]
    assert stage.air.sent == []
    assert window.problem_bar.line_for("question") is None
    press(Key.Key_Escape)
    assert focused() is window.table


def test_the_buttons_act_and_leave_the_keyboard_in_the_table(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    QTest.mouseClick(window.action_bar.deny, Qt.MouseButton.LeftButton)
    assert decisions(stage) == [Decision.DENIED]
    QTest.mouseClick(window.action_bar.approve, Qt.MouseButton.LeftButton)
    assert decisions(stage) == [Decision.APPROVED]
    assert focused() is window.table


def test_a_click_on_the_toggle_in_a_row_approves_that_row(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    table = window.table
    row = table.phone_model.row_of("000413000002")
    cell = table.visualRect(table.phone_model.index(row, Column.DECISION))
    at = QPoint(cell.left() + cell.width() // 4, cell.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert decisions(stage) == [Decision.UNDECIDED, Decision.APPROVED]
    assert stage.air.starts() == ["SIP/2.0 192.0.2.102", "NOTIFY 192.0.2.102"]


def test_without_a_selection_the_window_says_what_to_do(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Key.Key_A)
    assert "no phones yet" in window.status_bar.left.text()
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.clearSelection()
    press(Key.Key_A)
    assert "No phone is selected" in window.status_bar.left.text()
    assert decisions(stage) == [Decision.UNDECIDED]


def test_forgetting_wants_a_second_key(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    line = window.problem_bar.line_for("question")
    assert line is not None
    assert "Ctrl+Z brings them back" in line.sentence.text()
    assert len(stage.bench.phones) == 2
    press(Key.Key_Escape)
    assert window.problem_bar.line_for("question") is None
    assert focused() is window.table

    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert stage.bench.phones == {}
    wait_rows(qtbot, window, 0)
    assert focused() is window.table


def test_the_question_to_forget_goes_when_something_else_is_decided(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in (1, 2)]
    wait_rows(qtbot, window, 2)
    window.table.select_keys([keys[0]])
    press(Key.Key_A)
    window.table.selectAll()
    press(Key.Key_Delete)
    assert window.problem_bar.line_for("question") is not None
    press(Key.Key_Z, CTRL)
    assert decisions(stage) == [Decision.UNDECIDED] * 2
    assert window.problem_bar.line_for("question") is None
    assert focused() is window.table
    press(Key.Key_Space)
    assert len(stage.bench.phones) == 2


def test_a_second_decision_while_urls_go_out_leaves_the_first_one_its_sentence(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MANY", 2)
    turns: list[Callable[[], bool]] = []
    stage.bench.attach(stage.air, turns.append)
    keys = [stage.ask(number) for number in range(1, 6)]
    wait_rows(qtbot, window, 5)
    window.table.select_keys(keys[:4])
    press(Key.Key_A)
    left = window.status_bar.left
    assert left.text() == "The URLs of 4 phones are being sent."
    window.table.select_keys(keys[4:])
    press(Key.Key_A)
    assert left.text() == "The URLs of 5 phones are being sent."
    [turn] = turns
    while turn():
        pass
    said = (
        "4 phones approved. 4 were answered in time."
        " 00:04:13:00:00:05 approved and answered in time."
    )
    qtbot.waitUntil(lambda: left.text() == said, timeout=5000)


def test_only_those_that_were_not_approved_before_count_as_approved(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in (1, 2, 3)]
    stage.bench.approve(keys[:2])
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert window.status_bar.left.text() == (
        "1 phone approved. 1 was answered in time. 2 are already approved and were sent their URL."
    )


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Up, Key.Key_Home, Key.Key_End])
def test_an_arrow_key_selects_the_only_phone(
    stage: Stage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    """The frame is on its row already, as after a filter took the selected one away."""
    phone = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.clearSelection()
    press(key, CTRL)
    assert window.table.selected_keys() == []
    press(key)
    assert window.table.selected_keys() == [phone]
