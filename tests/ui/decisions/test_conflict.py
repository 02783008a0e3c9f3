"""A second address asks with a phone's MAC, in the real window: what is shown, what keys do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.decision_delegate import toggle_rect
from pnp_gui.ui.trace.ladder_model import LABEL
from pnp_gui.ui.words import conflict as conflict_words
from tests.ui.hands import CTRL, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key
OWN, OTHER = "192.0.2.101", "198.51.100.9"


@pytest.fixture
def window(stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(conflict_words, "NEW_SECONDS", 0.0)
    return shown(stage, qtbot)


def in_conflict(stage: Stage, window: MainWindow, qtbot: QtBot, number: int = 1) -> str:
    """This phone was approved and took its URL; then another address asked with its MAC."""
    key = stage.ask(number)
    stage.bench.approve([key])
    stage.answer(stage.air.take()[-1])
    assert stage.ask(number, tag="other", address=OTHER) == key
    assert stage.air.take() == []
    qtbot.waitUntil(lambda: status(window, key) == f"Conflict: also at {OTHER}", timeout=2000)
    window.table.select_keys([key])
    return key


def status(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    row = model.row_of(key)
    return "" if row < 0 else str(model.index(row, Column.STATUS).data())


def line(window: MainWindow) -> str:
    return window.status_bar.left.text()


def test_row_pane_tip_and_counts_name_both_addresses(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    model = window.table.phone_model
    assert model.index(model.row_of(key), Column.ADDRESS).data() == OWN
    tip = str(model.index(model.row_of(key), Column.STATUS).data(Qt.ItemDataRole.ToolTipRole))
    choices = f"A sends to {OTHER} instead, S to {OWN} again, D to neither."
    assert choices in tip
    qtbot.waitUntil(window.detail_pane.conflict.isVisible, timeout=2000)
    assert OTHER in window.detail_pane.conflict.sentence.text()
    qtbot.waitUntil(lambda: "1 in conflict" in window.status_bar.counts.text(), timeout=3000)
    ladder = window.detail_pane.ladder.messages
    said = [ladder.index(row, 0).data(LABEL) for row in range(ladder.rowCount())]
    assert said[-1] == f"From {OTHER}: SUBSCRIBE  ua-profile"
    assert not any("From" in each or "To" in each for each in said[:-1])
    end = ladder.end_of_phone()
    assert end is not None
    assert end.remote[0] == OWN
    window.action_bar.find_field.setText("conflict")
    wait_rows(qtbot, window, 1)


def test_a_once_more_serves_the_other_address_and_says_which(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    press(Key.Key_A)
    assert stage.air.starts() == [f"SIP/2.0 {OTHER}", f"NOTIFY {OTHER}"]
    assert line(window) == f"00:04:13:00:00:01 is now at {OTHER}, and its URL was sent there."
    qtbot.waitUntil(lambda: status(window, key).startswith("Sent"), timeout=2000)
    qtbot.waitUntil(window.detail_pane.conflict.isHidden, timeout=2000)
    stage.air.take()
    press(Key.Key_A)
    assert stage.air.sent == [], "no conflict is left"


def test_s_sends_to_its_own_address_and_d_to_neither(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    in_conflict(stage, window, qtbot)
    press(Key.Key_S)
    assert stage.air.starts() == [f"NOTIFY {OWN}"]
    assert line(window).endswith(f"It is served at {OWN}; {OTHER} gets nothing.")
    stage.air.take()
    press(Key.Key_D)
    stage.ask(1, tag="more")
    stage.ask(1, tag="more", address=OTHER)
    assert stage.air.sent == []


def test_the_lit_half_of_the_toggle_means_the_other_address_in_a_conflict_alone(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    table = window.table

    def click() -> None:
        index = table.phone_model.index(table.phone_model.row_of(key), Column.DECISION)
        toggle = toggle_rect(table.visualRect(index))
        at = QPoint(toggle.left() + toggle.width() // 4, toggle.center().y())
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click()
    assert stage.air.starts() == [f"SIP/2.0 {OTHER}", f"NOTIFY {OTHER}"]
    stage.air.take()
    click()
    assert stage.air.sent == []
    assert stage.bench.phones[key].decision is Decision.APPROVED


def test_among_others_it_is_left_alone_and_all_in_conflict_are_decided_together(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    disputed = [in_conflict(stage, window, qtbot, number) for number in (1, 2)]
    plain = stage.ask(3)
    wait_rows(qtbot, window, 3)
    window.table.select_keys([*disputed, plain])
    press(Key.Key_A)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.103", "NOTIFY 192.0.2.103"]
    assert line(window) == (
        "00:04:13:00:00:03 approved and answered in time. 2 are in conflict and were"
        " left as they are: select them without the others to decide."
    )
    stage.air.take()
    window.table.select_keys(disputed)
    press(Key.Key_A)
    assert sorted(stage.air.starts()) == [f"NOTIFY {OTHER}"] * 2 + [f"SIP/2.0 {OTHER}"] * 2
    assert line(window) == ("2 phones are now at their other address. 2 were answered in time.")


def test_a_key_that_came_with_the_conflict_was_meant_for_what_stood_there_before(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_conflict(stage, window, qtbot)
    monkeypatch.setattr(conflict_words, "NEW_SECONDS", 3600.0)
    for key in (Key.Key_A, Key.Key_X):
        press(key)
        assert stage.air.sent == []
        assert "so nothing was done" in line(window)


@pytest.mark.parametrize("key_pressed", [Key.Key_A, Key.Key_X])
def test_an_address_whose_request_was_dropped_is_not_said_to_be_changed_to(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    key_pressed: Qt.Key,
) -> None:
    monkeypatch.setattr("pnp_gui.pnp.responder.MAX_CONFLICTING", 1)
    keys = [in_conflict(stage, window, qtbot, number) for number in (1, 2)]
    window.table.select_keys(keys[:1])
    press(key_pressed)
    assert stage.air.sent == []
    assert line(window) == (
        f"Nothing was sent and 00:04:13:00:00:01 stays at {OWN}: the other address's request is no"
        " longer kept. The conflict comes back when that address asks again."
    )
    qtbot.waitUntil(lambda: status(window, keys[0]).startswith("Accepted"), timeout=2000)
    stage.ask(1, tag="again", address=OTHER)
    qtbot.waitUntil(lambda: status(window, keys[0]).startswith("Conflict"), timeout=2000)
    window.table.select_keys(keys)
    press(key_pressed)
    assert line(window) == (
        f"00:04:13:00:00:01 is now at {OTHER}, and its URL was sent there."
        " Nothing was sent and 00:04:13:00:00:02 stays at 192.0.2.102: the other address's request"
        " is no longer kept. The conflict comes back when that address asks again."
    )


def test_undo_of_forget_brings_no_conflict_back(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    stage.bench.forget([key])
    wait_rows(qtbot, window, 0)
    press(Key.Key_Z, CTRL)
    wait_rows(qtbot, window, 1)
    assert status(window, key).startswith("Accepted")
    window.table.select_keys([key])
    press(Key.Key_X)
    assert line(window) == "No other address asks with the MAC of 00:04:13:00:00:01."
    for pressed in (Key.Key_A, Key.Key_S):
        press(pressed)
        assert stage.air.sent == []
    assert line(window) == "Nothing was sent to 00:04:13:00:00:01. It gets its URL when it asks."


def test_x_changes_the_row_of_an_undecided_phone_and_a_serves_what_it_shows(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    press(Key.Key_X)
    assert line(window) == "No other address asks with the MAC of 00:04:13:00:00:01."
    stage.ask(1, tag="other", address=OTHER)
    qtbot.waitUntil(lambda: status(window, key) == f"Conflict: also at {OTHER}", timeout=2000)
    press(Key.Key_X)
    assert stage.air.sent == []
    assert line(window) == (
        f"00:04:13:00:00:01 is now at {OTHER}. It is not approved, so nothing was sent."
    )
    qtbot.waitUntil(lambda: status(window, key) == f"Conflict: also at {OWN}", timeout=2000)
    press(Key.Key_A)
    assert stage.air.starts() == [f"SIP/2.0 {OTHER}", f"NOTIFY {OTHER}"]
    assert line(window).endswith(f"It is served at {OTHER}; {OWN} gets nothing.")


def test_a_scan_of_its_mac_does_not_serve_the_other_address_and_tells(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    window.actions_.scan_approves.setChecked(True)
    window.scan_mode.scan(key)
    assert stage.air.sent == []
    assert line(window).endswith(f"Conflict: {OTHER} also asks with this MAC and gets nothing.")
    window.actions_.scan_approves.setChecked(False)


def button(window: MainWindow, qtbot: QtBot, text: str) -> QToolButton:
    """One of the three in the pane."""
    bar = window.detail_pane.conflict
    qtbot.waitUntil(bar.isVisible, timeout=2000)
    window.detail_pane.refresh()
    return next(each for each in bar.buttons if each.text() == text)


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("own", [True, False])
def test_a_button_serves_the_address_that_it_names(
    stage: Stage, window: MainWindow, qtbot: QtBot, decision: Decision, own: bool
) -> None:
    key = stage.ask(1)
    if decision is Decision.APPROVED:
        stage.bench.approve([key])
        stage.answer(stage.air.take()[-1])
    elif decision is Decision.DENIED:
        stage.bench.deny([key])
    stage.ask(1, tag="other", address=OTHER)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    address, quiet = (OWN, OTHER) if own else (OTHER, OWN)
    QTest.mouseClick(button(window, qtbot, f"Serve {address}"), Qt.MouseButton.LeftButton)
    assert stage.bench.phones[key].decision is Decision.APPROVED
    assert f"NOTIFY {address}" in stage.air.starts()
    assert not any(quiet in start for start in stage.air.starts())
    assert address in line(window)


@pytest.mark.parametrize("decision", list(Decision))
def test_neither_gets_anything(
    stage: Stage, window: MainWindow, qtbot: QtBot, decision: Decision
) -> None:
    key = in_conflict(stage, window, qtbot)
    if decision is not Decision.APPROVED:
        stage.bench.undecide([key])
        if decision is Decision.DENIED:
            stage.bench.deny([key])
        stage.ask(1, tag="more", address=OTHER)
    QTest.mouseClick(button(window, qtbot, "Neither"), Qt.MouseButton.LeftButton)
    assert stage.bench.phones[key].decision is Decision.DENIED
    qtbot.waitUntil(window.detail_pane.conflict.isHidden, timeout=2000)
    assert stage.air.sent == []


def test_the_buttons_name_their_keys_while_these_are_for_this_phone(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    bar = window.detail_pane.conflict

    def keys() -> list[str]:
        window.refresh()
        return [each.defaultAction().shortcut().toString() for each in bar.buttons]

    assert keys() == ["S", "X", "D"]
    stage.bench.undecide([key])
    stage.ask(1, tag="more", address=OTHER)
    assert keys() == ["A", "X, A", "D"]
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.selectAll()
    assert window.detail_pane.key == key
    assert keys() == ["", "", ""]


def test_x_and_then_a_at_once_are_for_the_other_address(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflict_words, "NEW_SECONDS", 60.0)
    stage.ask(1, seconds_ago=100)
    stage.ask(1, tag="other", address=OTHER, seconds_ago=100)
    wait_rows(qtbot, window, 1)
    press(Key.Key_X)
    press(Key.Key_A)
    assert stage.air.starts() == [f"NOTIFY {OTHER}"]


def test_an_address_that_is_not_in_the_conflict_any_more_is_not_served(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = in_conflict(stage, window, qtbot)
    serve = button(window, qtbot, f"Serve {OTHER}")
    stage.bench.send_again([key])
    stage.air.take()
    QTest.mouseClick(serve, Qt.MouseButton.LeftButton)
    assert stage.air.sent == []
    assert line(window) == "No other address asks with the MAC of 00:04:13:00:00:01."
