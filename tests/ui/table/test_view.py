"""The table's selection stays with its phones, and the keyboard goes by rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.sort_keys import SortBy, SortKeys
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, mac
from tests.ui.spots import KEYS, LEFT, cell, fill


class TestSelection:
    def test_stays_with_its_phones_when_rows_move(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        fill(at, table)
        table.select_keys([KEYS[1], KEYS[4]])
        table.sortByColumn(Column.PHONE, Qt.SortOrder.DescendingOrder)
        assert table.selected_keys() == [KEYS[4], KEYS[1]]
        assert table.current_key() == KEYS[1]
        at.heard("000000000001", "FFFFFFFFFFFF")
        at.clock.forward(10)
        table.phone_model.flush()
        assert table.selected_keys() == [KEYS[4], KEYS[1]]
        table.set_find(KEYS[4])
        assert table.selected_keys() == [KEYS[4]]

    def test_a_large_scattered_one_stays_too(self, at: Set, table: PhoneTable) -> None:
        fill(at, table, 200)
        told: list[list[str]] = []
        wanted = [mac(number) for number in range(0, 200, 2)]
        table.select_keys(wanted)
        table.selection_changed.connect(told.append)
        table.sortByColumn(Column.PHONE, Qt.SortOrder.DescendingOrder)
        assert table.selected_keys() == wanted[::-1]
        assert told == [wanted[::-1]]
        at.bench.forget(wanted[:2])
        table.phone_model.flush()
        assert table.selected_keys() == wanted[:1:-1]
        assert told[1:] == [wanted[:1:-1]]

    @pytest.mark.parametrize("above", [True, False])
    def test_as_many_as_possible_come_into_view(
        self, at: Set, table: PhoneTable, above: bool
    ) -> None:
        fill(at, table, 200)
        table.sortByColumn(Column.PHONE, Qt.SortOrder.AscendingOrder)
        if above:
            table.scrollToBottom()
        wanted = [mac(number) for number in range(60, 68)]
        table.select_keys(wanted)
        assert set(wanted) <= set(table.keys_in_view())
        table.select_keys([*wanted, mac(199)])
        assert set(wanted) <= set(table.keys_in_view())

    def test_select_all_means_all_that_are_visible(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        at.bench.deny(KEYS[:2])
        table.set_find("undecided")
        QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert table.selected_keys() == KEYS[2:]
        assert table.phone_model.rowCount() == 4

    def test_tells_its_keys(self, at: Set, table: PhoneTable, qtbot: QtBot) -> None:
        fill(at, table)
        with qtbot.waitSignal(table.selection_changed) as told:
            QTest.mouseClick(table.viewport(), LEFT, pos=cell(table, KEYS[3], Column.MODEL))
        assert told.args == [[KEYS[3]]]

    def test_what_is_read_stays_in_place_when_phones_come_above(
        self, at: Set, table: PhoneTable
    ) -> None:
        fill(at, table, 100)
        QApplication.processEvents()
        bar = table.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        key = table.phone_model.key_at(table.rowAt(0))
        before = table.rowViewportPosition(table.phone_model.row_of(key))
        assert table.phone_model.row_of(key) > 30
        at.clock.forward(10)
        at.heard(*(f"0000000000{number:02}" for number in range(30)))
        table.phone_model.flush()
        assert table.rowViewportPosition(table.phone_model.row_of(key)) == before


class TestKeyboard:
    @pytest.mark.parametrize("letter", ["A", "D", "U", "S"])
    def test_letters_reach_the_window(
        self, at: Set, table: PhoneTable, qtbot: QtBot, letter: str
    ) -> None:
        fill(at, table)
        action = QAction(table)
        action.setShortcut(QKeySequence(letter))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        table.addAction(action)
        table.select_keys([KEYS[2]])
        with qtbot.waitSignal(action.triggered):
            QTest.keyClicks(table, letter)
        assert table.selected_keys() == [KEYS[2]]

    def test_letters_search_nothing(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        table.select_keys([KEYS[2]])
        QTest.keyClicks(table, "0")
        assert table.selected_keys() == [KEYS[2]]

    def test_home_end_and_arrows_go_by_rows(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        table.select_keys([KEYS[2]])
        for key, expected in (
            (Qt.Key.Key_End, 5),
            (Qt.Key.Key_Up, 4),
            (Qt.Key.Key_Home, 0),
            (Qt.Key.Key_Right, 0),
            (Qt.Key.Key_Down, 1),
        ):
            QTest.keyClick(table, key)
            assert table.selected_keys() == [KEYS[expected]]

    def test_rows_keep_still_after_a_key(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        at.clock.forward(10)
        assert not table.phone_model.held
        QTest.keyClick(table, Qt.Key.Key_Down)
        assert table.phone_model.held


def test_a_table_is_sorted_once(
    at: Set, table: PhoneTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand rows take a tenth of a second, in which no phone is answered."""
    sorted_by: list[SortBy] = []
    choose = SortKeys.choose

    def count(keys: SortKeys, by: SortBy, reverse: bool) -> None:
        sorted_by.append(by)
        choose(keys, by, reverse)

    fill(at, table)
    monkeypatch.setattr(SortKeys, "choose", count)
    table.sortByColumn(Column.ADDRESS, Qt.SortOrder.DescendingOrder)
    table.sortByColumn(Column.MODEL, Qt.SortOrder.AscendingOrder)
    assert sorted_by == [COLUMNS[each].sort_by for each in (Column.ADDRESS, Column.MODEL)]
    header = table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(Column.PHONE) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, pos=spot)
    assert sorted_by[2:] == [COLUMNS[Column.PHONE].sort_by]
