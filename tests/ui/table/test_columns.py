"""The table's columns: nothing is cut, and order, widths and sorting are kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.ui.table.columns import COLUMNS, GIVE_WAY, Column
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.words.status import STATUSES, all_words
from tests.bench.rig import Set
from tests.ui.spots import KEYS, LEFT, fill, header_of


class TestColumns:
    @pytest.mark.parametrize("width", [880, 900, 1024, 1280, 1600, 1920])
    def test_nothing_is_cut_nor_scrolled_sideways(
        self, at: Set, table: PhoneTable, width: int
    ) -> None:
        fill(at, table, 60)
        table.resize(width, 400)
        QApplication.processEvents()
        assert not table.horizontalScrollBar().isVisible()
        assert table.horizontalHeader().length() == table.viewport().width()
        for column in Column:
            if not table.isColumnHidden(column) and column is not Column.URL:
                wanted = header_of(table).width_of(column)
                least = wanted.least if column in GIVE_WAY else wanted.tight
                assert table.columnWidth(column) >= least

    def test_order_widths_hiding_and_sorting_are_kept(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        header = header_of(table)
        table.resize(1700, 400)
        header.moveSection(header.visualIndex(Column.STATUS), 0)
        header.resizeSection(Column.MODEL, 170)
        header.show_column(Column.MAKE, False)
        table.sortByColumn(Column.ADDRESS, Qt.SortOrder.DescendingOrder)
        state = table.save_state()

        other = PhoneTable(at.bench)
        qtbot.addWidget(other)
        other.resize(1700, 400)
        other.show()
        assert other.restore_state(state)
        assert header_of(other).visualIndex(Column.STATUS) == 0
        assert other.columnWidth(Column.MODEL) == 170
        assert other.isColumnHidden(Column.MAKE)
        assert header_of(other).sortIndicatorSection() == Column.ADDRESS
        assert other.save_state() == state
        header_of(other).reset()
        assert not other.isColumnHidden(Column.MAKE)
        assert header_of(other).visualIndex(Column.STATUS) == Column.STATUS

    @pytest.mark.parametrize(
        "state", [b"", b"\x00\xff", b"{}", b"[1]", b'{"order": 3}', b'{"order":[],"widths":[]}']
    )
    def test_a_state_that_is_none_changes_nothing(self, table: PhoneTable, state: bytes) -> None:
        before = table.save_state()
        assert not table.restore_state(state)
        assert table.save_state() == before

    def test_the_third_click_on_a_heading_goes_back_to_the_default_order(
        self, at: Set, table: PhoneTable
    ) -> None:
        at.heard(KEYS[0])
        at.clock.forward(2)
        at.heard(KEYS[1])
        table.phone_model.flush()
        header = header_of(table)
        where = QPoint(header.sectionViewportPosition(Column.PHONE) + 30, 10)
        orders = []
        for _ in range(3):
            QTest.mouseClick(header.viewport(), LEFT, pos=where)
            orders.append([table.phone_model.key_at(row) for row in range(2)])
        assert orders == [KEYS[:2], KEYS[1::-1], KEYS[1::-1]]
        assert header.sortIndicatorSection() == -1

    def test_every_column_has_a_name_of_its_own(self) -> None:
        assert len({info.key for info in COLUMNS.values()}) == len(Column)
        words = all_words()
        assert len(set(words)) == len(words) >= len(STATUSES)
