"""A selection is counted everywhere, the pane shows the framed phone, idle buttons are grey."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, decisions, focused, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(stage: Stage, window: MainWindow, qtbot: QtBot) -> list[str]:
    """Three phones in the table, by MAC."""
    made = [stage.ask(number) for number in (1, 2, 3)]
    wait_rows(qtbot, window, 3)
    window.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    return made


def test_the_first_phone_of_an_empty_table_is_selected(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.action_bar.selected.text() == "0 selected"
    assert not window.action_bar.approve.isEnabled()
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    assert window.table.selected_keys() == [key]
    assert window.action_bar.approve.isEnabled()
    press(Key.Key_A)
    assert stage.bench.phones[key].decision is Decision.APPROVED


def test_at_start_the_row_with_the_frame_is_selected(tmp_path: Path, qtbot: QtBot) -> None:
    stage = Stage(tmp_path)
    stage.ask(1)
    stage.ask(2)
    window = shown(stage, qtbot)
    first = window.table.phone_model.key_at(0)
    assert window.table.selected_keys() == [window.table.current_key()] == [first]
    window.finish()
    stage.bench.close()


def test_after_a_search_without_a_hit_nothing_is_selected(
    stage: Stage, window: MainWindow, qtbot: QtBot, keys: list[str]
) -> None:
    window.action_bar.find_field.setText("nobody")
    wait_rows(qtbot, window, 0)
    window.action_bar.find_field.clear()
    wait_rows(qtbot, window, 3)
    assert window.table.selected_keys() == []
    assert not window.action_bar.approve.isEnabled()
    window.table.setFocus()
    press(Key.Key_A)
    assert "No phone is selected" in window.status_bar.left.text()
    assert decisions(stage) == [Decision.UNDECIDED] * 3


def test_bar_pane_and_tips_count(window: MainWindow, keys: list[str]) -> None:
    window.table.select_keys(keys[:1])
    assert window.action_bar.selected.text() == "1 selected"
    assert "selected" not in window.detail_pane.facts.text()
    press(Key.Key_A, CTRL)
    assert window.action_bar.selected.text() == "3 selected"
    assert window.detail_pane.facts.text().startswith("3 selected")
    for button in (window.action_bar.approve, window.action_bar.deny):
        assert button.toolTip().endswith("\n3 selected")
        assert button.accessibleDescription() == button.toolTip()
    window.table.clearSelection()
    assert window.action_bar.approve.toolTip().endswith("\n0 selected")


def test_the_pane_shows_the_framed_phone(window: MainWindow, keys: list[str]) -> None:
    window.table.select_keys(keys[:1])
    for number in (1, 2):
        press(Key.Key_Down, SHIFT)
        assert window.detail_pane.key == keys[number]
    press(Key.Key_Up, CTRL)
    assert window.detail_pane.key == keys[1]
    assert window.table.selected_keys() == keys
    window.table.clearSelection()
    assert window.detail_pane.key == "", "no key is for it"


def test_buttons_that_can_do_nothing_are_grey_and_their_keys_say_why(
    stage: Stage, window: MainWindow, qtbot: QtBot, keys: list[str]
) -> None:
    bar = window.action_bar

    def useful() -> str:
        window.table.phone_model.flush()
        window.refresh()
        buttons = {"A": bar.approve, "D": bar.deny, "U": bar.undecide, "S": bar.send_again}
        return "".join(key for key, button in buttons.items() if button.isEnabled())

    window.table.select_keys(keys[:1])
    assert useful() == "AD"
    press(Key.Key_S)
    assert "is not approved, so nothing was sent" in window.status_bar.left.text()
    press(Key.Key_D)
    assert useful() == "AU"
    press(Key.Key_A)
    assert useful() == "DUS", "it has its URL"
    window.table.select_keys(keys)
    assert useful() == "ADUS"
    stage.bench.deny(keys[1:])
    assert useful() == "DUS", "denied phones stay denied among others"
    stage.bench.apply_sheet([SheetLine(1, "000413000009", Decision.APPROVED, None, None)])
    wait_rows(qtbot, window, 4)
    window.table.select_keys(["000413000009"])
    assert useful() == "DU", "it has not asked, so nothing can be sent"


def test_a_button_that_turns_grey_gives_the_keyboard_to_the_table(
    stage: Stage, window: MainWindow, keys: list[str]
) -> None:
    window.table.select_keys(keys[:1])
    window.action_bar.approve.setFocus()
    QTest.keyClick(focused(), Key.Key_Space)
    window.table.phone_model.flush()
    window.refresh()
    assert focused() is window.table, "the next Space must not deny"
    assert decisions(stage)[0] is Decision.APPROVED


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_count_is_read_whole_beside_the_buttons(
    window: MainWindow, keys: list[str], width: int
) -> None:
    window.resize(width, 700)
    window.table.selectAll()
    QApplication.processEvents()
    label = window.action_bar.selected
    assert label.text() == "3 selected"
    assert label.width() >= label.sizeHint().width()


def grey(menu: QMenu) -> set[str]:
    """Entries that are grey while it is open."""
    menu.popup(QPoint(200, 200))
    QApplication.processEvents()
    texts = {one.iconText() for one in menu.actions() if not one.isEnabled() and one.text()}
    menu.close()
    return texts


def menus(window: MainWindow) -> dict[str, QMenu]:
    made = [one.menu() for one in window.menuBar().actions()]
    return {one.title().replace("&", ""): one for one in made if isinstance(one, QMenu)}


def test_entries_of_menus_that_can_do_nothing_are_grey(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    phones, file = menus(window)["Phones"], menus(window)["File"]
    window.refresh()
    assert {"Approve", "Send again", "Undo", "Redo", "Forget", "Select all"} <= grey(phones)
    assert {"Export all phones", "Save messages of all phones", "Save"} <= grey(file)
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.refresh()
    nothing_sent = {"Undecided", "Send again", "Reboot", "Switch to the other address"}
    assert grey(phones) == {*nothing_sent, "Undo", "Redo"}
    assert grey(window.table.context_menu) == set(), "it is filled when it is asked for"
    window.table.customContextMenuRequested.emit(window.table.rect().center())
    open_now = {one.iconText() for one in window.table.actions() if not one.isEnabled()}
    assert open_now == nothing_sent
    window.table.context_menu.close()
    window.actions_.approve.trigger()
    qtbot.waitUntil(window.action_bar.undecide.isEnabled, timeout=2000)
    assert grey(phones) == {"Approve", "Switch to the other address", "Redo"}
    window.actions_.undo.trigger()
    window.refresh()
    assert "Redo" not in grey(phones)
    assert stage.bench.phones[key].decision is Decision.UNDECIDED


def test_the_key_of_a_grey_entry_says_why(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    window.refresh()
    grey(menus(window)["Phones"])
    assert window.actions_.undo.isEnabled()
    window.actions_.undo.trigger()
    assert window.status_bar.left.text() == "There is nothing to undo."


def test_rows_that_move_are_no_other_selection(window: MainWindow, keys: list[str]) -> None:
    selected = window.selected
    selected.set_keys(keys)
    assert not selected.set_keys(keys[::-1])
    assert selected.keys == keys[::-1]
    assert selected.set_keys(keys[:1])
