"""A label for one phone or many, given in the row, found and kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store.store import Store
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.label_delegate import LabelEditor
from tests.ui.hands import CTRL, focused, press, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def edit(window: MainWindow) -> LabelEditor:
    press(Key.Key_F3)
    editor = focused()
    assert isinstance(editor, LabelEditor)
    return editor


def labels(stage: Stage) -> list[str]:
    return [stage.bench.phones[key].label for key in sorted(stage.bench.phones)]


def test_f3_gives_one_phone_a_label_which_is_shown_found_and_kept(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    mac = stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([mac])
    edit(window)
    QTest.keyClicks(focused(), "  Room  12 ")
    press(Key.Key_Return)
    assert focused() is window.table
    assert labels(stage) == ["Room 12", ""]
    assert window.status_bar.left.text() == "00:04:13:00:00:01 now has the label “Room 12”."
    model = window.table.phone_model
    assert model.index(model.row_of(mac), Column.LABEL).data() == "Room 12"

    press(Key.Key_F, CTRL)
    QTest.keyClicks(focused(), "room 12")
    wait_rows(qtbot, window, 1)
    press(Key.Key_Escape)
    kept = Store.open(stage.folder)
    assert {phone.key: phone.label for phone in kept.load()}[mac] == "Room 12"
    kept.close()


def test_escape_leaves_the_label(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    mac = stage.ask(1)
    stage.bench.set_label([mac], "Lobby")
    wait_rows(qtbot, window, 1)
    window.table.select_keys([mac])
    assert edit(window).text() == "Lobby"
    QTest.keyClicks(focused(), "other")
    press(Key.Key_Escape)
    assert focused() is window.table
    assert labels(stage) == ["Lobby"]


def test_a_selection_gets_one_label_and_different_ones_stay_until_one_types(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    macs = [stage.ask(number) for number in (1, 2, 3)]
    stage.bench.set_label([macs[0]], "Lobby")
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    editor = edit(window)
    assert editor.text() == ""
    assert editor.placeholderText() == "For 3 phones"
    press(Key.Key_Return)
    assert labels(stage) == ["Lobby", "", ""]

    edit(window)
    QTest.keyClicks(focused(), "Floor 2")
    press(Key.Key_Return)
    assert labels(stage) == ["Floor 2"] * 3
    assert "3 phones now have the label" in window.status_bar.left.text()

    stage.bench.set_label([macs[0]], "Lobby")
    edit(window)
    press(Key.Key_Backspace)
    press(Key.Key_Return)
    assert labels(stage) == [""] * 3


def test_down_goes_on_with_the_next_phone(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    window.table.phone_model.sort(Column.PHONE)
    window.table.select_keys(["000413000001"])
    edit(window)
    for text, last in (("101", Key.Key_Down), ("102", Key.Key_Down), ("103", Key.Key_Return)):
        assert isinstance(focused(), LabelEditor)
        QTest.keyClicks(focused(), text)
        press(last)
    assert focused() is window.table
    assert labels(stage) == ["101", "102", "103"]


def test_a_double_click_in_the_column_edits_it(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    mac = stage.ask(1)
    stage.bench.set_label([mac], "Lobby")
    wait_rows(qtbot, window, 1)
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: not window.table.isColumnHidden(Column.LABEL), timeout=2000)
    cell = window.table.visualRect(window.table.phone_model.index(0, Column.LABEL))
    at = cell.center()
    viewport = window.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(focused(), LabelEditor)


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_column_stays_while_phones_have_labels_and_is_the_first_to_go_without(
    stage: Stage, window: MainWindow, qtbot: QtBot, width: int
) -> None:
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.table.viewport().width() >= width - 20, timeout=2000)
    hidden = window.table.isColumnHidden
    assert hidden(Column.LABEL)
    assert not hidden(Column.MAKE)
    assert hidden(Column.VERSION) == (width == 1024)
    window.table.select_keys([mac])
    # Even where there is no room for it, it can be edited.
    edit(window)
    assert not hidden(Column.LABEL)
    press(Key.Key_Escape)
    assert hidden(Column.LABEL)

    stage.bench.set_label([mac], "Lobby")
    qtbot.waitUntil(lambda: not hidden(Column.LABEL), timeout=2000)
    assert hidden(Column.VERSION) == (width == 1024)
    assert not hidden(Column.MODEL)
    header = window.table.horizontalHeader()
    assert header.length() <= window.table.viewport().width()
