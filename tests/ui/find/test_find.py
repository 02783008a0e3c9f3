"""The find field and the counts: what they show, and where the keyboard goes."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.ui.find.count_buttons import CountButtons
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.filter import Only
from pnp_gui.ui.widgets.key_button import KeyButton
from tests.ui.hands import CTRL, focused, press, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def find(window: MainWindow, text: str) -> None:
    press(Key.Key_F, CTRL)
    QTest.keyClicks(focused(), text)
    window.table.phone_model.flush()


def button_of(counts: CountButtons, only: Only) -> KeyButton:
    return next(each for each in counts.buttons if each.defaultAction() is counts.of[only])


def rows(window: MainWindow) -> list[str]:
    model = window.table.phone_model
    return [model.key_at(row) for row in range(model.rowCount())]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down])
def test_enter_and_down_go_to_the_first_hit_and_select_it(
    stage: Stage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    keys = [stage.ask(number) for number in range(1, 5)]
    stage.bench.set_label(keys[1:], "lobby")
    wait_rows(qtbot, window, 4)
    window.table.select_keys([keys[0]])
    find(window, "lobby")
    wait_rows(qtbot, window, 3)
    press(key)
    assert focused() is window.table
    first = rows(window)[0]
    assert window.table.selected_keys() == [first]
    assert window.table.current_key() == first
    press(Key.Key_A)
    approved = [key for key in keys if stage.bench.phones[key].decision is Decision.APPROVED]
    assert approved == [first]


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Return])
def test_without_a_hit_the_keyboard_stays_in_the_field(
    stage: Stage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.actions_.find.trigger()
    find(window, "nobody")
    press(key)
    assert focused() is window.action_bar.find_field


def test_a_label_that_starts_with_the_words_comes_first(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in range(1, 5)]
    labels = ("hall desk 1", "Desk 1", "desk 12", "other desk 1")
    for key, label in zip(keys, labels, strict=True):
        stage.bench.set_label([key], label)
    wait_rows(qtbot, window, 4)
    find(window, "desk 1")
    wait_rows(qtbot, window, 4)
    assert set(rows(window)[:2]) == {keys[1], keys[2]}
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        window.table.sortByColumn(0, order)
        assert set(rows(window)[:2]) == {keys[1], keys[2]}, order
    stage.bench.set_label([keys[0]], "desk 1, hall")
    window.table.phone_model.flush()
    window.table.phone_model.sort(0)
    assert keys[0] in rows(window)[:3]
    window.action_bar.find_field.clear()
    window.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert rows(window) == sorted(keys)


def test_a_count_shows_its_phones_and_the_chip_takes_the_filter_away(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in range(1, 4)]
    stage.bench.deny(keys[:1])
    wait_rows(qtbot, window, 3)
    window.refresh()
    window.refresh()
    counts, chip = window.status_bar.counts, window.action_bar.only
    assert counts.text() == "3 phones  ·  2 asking  ·  1 denied"
    assert not chip.isVisible()
    QTest.mouseClick(button_of(counts, StatusKind.DENIED), Qt.MouseButton.LeftButton)
    assert rows(window) == keys[:1]
    assert chip.isVisible()
    assert chip.text() == "Only: 1 denied"
    assert counts.of[StatusKind.DENIED].isChecked()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(rows(window)) == 3
    assert not chip.isVisible()
    assert not counts.of[StatusKind.DENIED].isChecked()


@pytest.mark.parametrize(
    ("how", "text"),
    [("again", ""), ("all", ""), *(product(("all", "table", "field", "log"), ("denied",)))],
)
def test_every_way_back_shows_all_phones(
    stage: Stage, window: MainWindow, qtbot: QtBot, how: str, text: str
) -> None:
    keys = [stage.ask(number) for number in range(1, 4)]
    stage.bench.deny(keys[:1])
    wait_rows(qtbot, window, 3)
    window.refresh()
    window.refresh()
    counts = window.status_bar.counts
    denied = button_of(counts, StatusKind.DENIED)
    QTest.mouseClick(denied, Qt.MouseButton.LeftButton)
    find(window, text)
    qtbot.waitUntil(lambda: window.table.phone_model.filter.text == text, timeout=2000)
    assert len(rows(window)) == 1
    match how:
        case "again":
            QTest.mouseClick(denied, Qt.MouseButton.LeftButton)
        case "all":
            QTest.mouseClick(counts.buttons[0], Qt.MouseButton.LeftButton)
        case "table":
            window.table.setFocus()
            press(Key.Key_Escape)
        case "field":
            press(Key.Key_F, CTRL)
            press(Key.Key_Escape)
        case "log":
            window.log_page.phone_wanted.emit(keys[2])
            assert window.table.selected_keys() == [keys[2]]
    assert len(rows(window)) == 3
    assert not window.action_bar.only.isVisible()


def test_a_phone_that_is_decided_leaves_the_count_it_was_in(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in (1, 2)]
    wait_rows(qtbot, window, 2)
    window.table.set_only(StatusKind.ASKING)
    stage.bench.deny(keys[:1])
    wait_rows(qtbot, window, 1)
    assert rows(window) == keys[1:]
    window.table.set_only(Decision.DENIED)
    assert rows(window) == keys[:1]


def said(window: MainWindow) -> tuple[str, ...]:
    """What the table says, with its name for a screen reader, and the pane below it."""
    table, pane = window.table, window.detail_pane
    assert table.empty_text() == (table.accessibleName(), table.accessibleDescription())
    assert pane.nothing.isVisible()
    return (*table.empty_text(), pane.nothing.text())


def test_a_search_without_a_hit_says_so_and_how_all_are_shown_again(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2):
        stage.ask(number)
    wait_rows(qtbot, window, 2)
    pane = "No phone is shown, so none can be selected. Esc shows all again."
    find(window, "nobody")
    wait_rows(qtbot, window, 0)
    clear = "Clear the find field (Esc) to see all 2 again."
    assert said(window) == ("No phone matches “nobody”", clear, pane)
    QTest.keyClicks(focused(), " else")
    qtbot.waitUntil(lambda: window.table.phone_model.filter.text == "nobody else", timeout=2000)
    assert said(window)[0] == "No phone matches “nobody else”"
    window.table.set_only(StatusKind.DENIED)
    title, detail = "No phone with this status matches “nobody else”", "Esc shows all 2 again."
    assert said(window) == (title, detail, pane)

    window.table.setFocus()
    press(Key.Key_A)
    assert window.status_bar.left.text() == "No phone is shown: Esc shows all again."
    press(Key.Key_Escape)
    assert len(rows(window)) == 2
    window.refresh()
    assert window.status_bar.left.text() == ""
    assert window.detail_pane.nothing.text() == "Select a phone to see its messages."
    window.table.set_only(StatusKind.DENIED)
    assert said(window)[:2] == ("No phone has this status now", "Esc shows all 2 again.")


def test_a_phone_that_comes_and_is_hidden_by_the_search_is_known_to_be_there(
    stage: Stage, window: MainWindow
) -> None:
    find(window, 80 * "x")
    window.action_bar.find_field._want()
    stage.ask(1)
    window.table.phone_model.flush()
    assert said(window)[0] == f"No phone matches “{59 * 'x'}…”"
    window.table.setFocus()
    press(Key.Key_A)
    assert window.status_bar.left.text() == "No phone is shown: Esc shows all again."
