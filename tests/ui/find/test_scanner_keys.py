"""A scan into the table or a list: with the switch off nothing is done, with it on it is a scan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.find.scanner_keys import HOLD_MS
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, Keyboard, decisions, focused, press, wait_rows
from tests.ui.scanner import approved, scan, switch_on
from tests.ui.stage import Stage

pytestmark = pytest.mark.usefixtures("ears")

Key = Qt.Key
COMMANDS = "ADUSRX"
"""Letters that do something to the selected phones."""


def test_what_is_typed_into_the_table_while_it_is_on_is_a_scan_and_no_command(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    other = stage.ask(1)
    stage.bench.set_label([other], "do not touch")
    wait_rows(qtbot, window, 1)
    switch_on(window)
    window.table.select_keys([other])
    window.table.setFocus()
    scan("AC00DA0000D0")
    assert approved(stage) == {"AC00DA0000D0"}
    assert stage.bench.phones[other].decision is Decision.UNDECIDED
    assert focused() is window.action_bar.find_field
    assert window.actions_.approve.shortcut().isEmpty()

    press(Key.Key_B, CTRL)
    assert focused() is window.table
    window.table.select_keys([other])
    press(Key.Key_A)
    assert other in approved(stage)


@pytest.mark.parametrize(
    "code",
    [
        "00041300DA1A",
        *(f"{letter}0041300DA1A" for letter in COMMANDS),
        *(f"{letter}{letter}041300DA1A" for letter in COMMANDS),
        "SN 4711/08 MAC:000413000001",
    ],
)
@pytest.mark.parametrize("end", [Key.Key_Return, Key.Key_Tab, ""], ids=str)
def test_a_scan_into_the_table_by_mistake_does_nothing_and_says_so(
    stage: Stage, window: MainWindow, qtbot: QtBot, code: str, end: Qt.Key | str
) -> None:
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([mac])
    done: list[str] = []
    for action in (action for group in window.actions_.on_table for action in group):
        action.triggered.connect(lambda _=False, action=action: done.append(action.text()))
    scan(code, end)
    qtbot.wait(3 * HOLD_MS)
    assert done == []
    assert stage.bench.phones[mac].decision is Decision.UNDECIDED
    assert window.table.selected_keys() == [mac]
    assert focused() is window.table, "no field is open"
    assert "Ctrl+F" in window.status_bar.left.text()
    assert stage.air.sent == []
    # A letter by hand is a command again.
    press(Key.Key_A)
    assert approved(stage) == {mac}


def test_letters_by_hand_are_commands_however_quickly_they_come(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    """Faster than they are carried out: each is for the phone that was selected when it came."""
    keys = [stage.ask(number) for number in range(3)]
    wait_rows(qtbot, window, 3)
    first, second, third = (window.table.phone_model.key_at(row) for row in range(3))
    window.table.select_keys([first])
    for key in (Key.Key_A, Key.Key_Down, Key.Key_D, Key.Key_Down, Key.Key_A):
        Keyboard.ms += 40
        QTest.keyClick(focused(), key)
    qtbot.waitUntil(lambda: approved(stage) == {first, third}, timeout=2000)
    assert stage.bench.phones[second].decision is Decision.DENIED
    assert sorted(keys) == sorted([first, second, third])


def test_a_click_on_another_row_comes_after_the_letter(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    model, table = window.table.phone_model, window.table
    first = model.key_at(0)
    table.select_keys([first])
    Keyboard.ms += 1000
    QTest.keyClick(focused(), Key.Key_A)
    there = table.visualRect(model.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert table.selected_keys() != [first]
    assert approved(stage) == {first}


def test_an_action_may_have_several_keys(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    """Characters go while it is on, all others stay; afterwards each is there again."""
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    keys = QKeySequence.listFromString("A; Y; Shift+K; Space; Ctrl+1; F12")
    approve = window.actions_.approve
    approve.setShortcuts(keys)
    switch_on(window)
    assert approve.shortcuts() == keys[4:]
    window.table.select_keys([stage.ask(1)])
    window.table.setFocus()
    press(Key.Key_1, CTRL)
    assert decisions(stage) == [Decision.APPROVED]
    press(Key.Key_B, CTRL)
    assert approve.shortcuts() == keys
    press(Key.Key_D)
    press(Key.Key_Y)
    assert decisions(stage) == [Decision.APPROVED]


def test_ladder_and_log_keep_no_letters_of_a_scan(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([first])
    switch_on(window)
    window.detail_pane.ladder.setFocus()
    assert focused() is window.detail_pane.ladder
    scan(first)
    assert approved(stage) == {first}
    press(Key.Key_F9)
    window.log_page.view.setFocus()
    assert focused() is window.log_page.view
    scan(second)
    assert approved(stage) == {first, second}
