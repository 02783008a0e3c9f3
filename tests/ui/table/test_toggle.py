"""The toggle in a row: which half a click meets, and that it decides once and for its row alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.decision_delegate import half_at
from pnp_gui.ui.table.url_delegate import UrlEditor
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set
from tests.ui.spots import KEYS, LEFT, cell, fill, spot, tip


class TestToggle:
    @pytest.mark.parametrize("half", [Decision.APPROVED, Decision.DENIED])
    def test_a_click_on_a_half_is_told(
        self, at: Set, table: PhoneTable, qtbot: QtBot, half: Decision
    ) -> None:
        fill(at, table)
        with qtbot.waitSignal(table.decision_clicked) as told:
            QTest.mouseClick(table.viewport(), LEFT, pos=spot(table, KEYS[2], half))
        assert told.args == [[KEYS[2]], half]
        assert table.selected_keys() == [KEYS[2]]

    def test_it_concerns_its_row_alone_and_leaves_a_selection_of_many(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        fill(at, table)
        table.select_keys(KEYS[:4])
        with qtbot.waitSignal(table.decision_clicked) as told:
            QTest.mouseClick(table.viewport(), LEFT, pos=spot(table, KEYS[2], Decision.APPROVED))
        assert told.args == [[KEYS[2]], Decision.APPROVED]
        assert table.selected_keys() == KEYS[:4]

    def test_a_fast_pair_of_clicks_leaves_a_selection_of_many(
        self, at: Set, table: PhoneTable
    ) -> None:
        fill(at, table)
        clicked: list[Decision] = []
        table.decision_clicked.connect(lambda keys, half: clicked.append(half))
        table.select_keys(KEYS[:4])
        where = spot(table, KEYS[2], Decision.DENIED)
        QTest.mouseClick(table.viewport(), LEFT, pos=where)
        QTest.mouseDClick(table.viewport(), LEFT, pos=where)
        QTest.mouseRelease(table.viewport(), LEFT, pos=where)
        assert clicked == [Decision.DENIED] * 2, "the second one is a click, too"
        assert table.selected_keys() == KEYS[:4]

    def test_with_a_modifier_a_click_selects(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        clicked: list[object] = []
        table.decision_clicked.connect(lambda keys, half: clicked.append(half))
        table.select_keys(KEYS[:2])
        where = spot(table, KEYS[3], Decision.DENIED)
        ctrl = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(table.viewport(), LEFT, ctrl, where)
        assert clicked == []
        assert table.selected_keys() == [*KEYS[:2], KEYS[3]]

    def test_dragging_off_a_toggle_selects_nothing(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        viewport = table.viewport()
        table.select_keys(KEYS[:3])
        current = table.currentIndex().row()
        QTest.mousePress(viewport, LEFT, pos=spot(table, KEYS[current], Decision.APPROVED))
        below = QPoint(200, viewport.height() - 2)
        for where in (spot(table, KEYS[5], Decision.APPROVED), below):
            move = QMouseEvent(
                QMouseEvent.Type.MouseMove,
                QPointF(where),
                QPointF(viewport.mapToGlobal(where)),
                Qt.MouseButton.NoButton,
                LEFT,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(viewport, move)
        assert not table.indexAt(below).isValid()
        QTest.mouseRelease(viewport, LEFT, pos=below)
        assert table.selected_keys() == KEYS[:3]
        assert table.currentIndex().row() == current

    def test_the_cursor_says_where_a_click_decides(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        viewport = table.viewport()
        QTest.mouseMove(viewport, spot(table, KEYS[1], Decision.DENIED))
        assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
        QTest.mouseMove(viewport, cell(table, KEYS[1], Column.MODEL))
        assert viewport.cursor().shape() is Qt.CursorShape.ArrowCursor

    def test_it_works_while_a_url_is_being_edited(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        fill(at, table)
        table.select_keys(KEYS[:1])
        table.edit_url()
        editor = table.findChild(UrlEditor)
        assert isinstance(editor, UrlEditor)
        editor.setText("no url")
        with qtbot.waitSignal(table.decision_clicked) as told:
            QTest.mouseClick(table.viewport(), LEFT, pos=spot(table, KEYS[2], Decision.APPROVED))
        assert told.args == [[KEYS[2]], Decision.APPROVED]
        assert table.is_editing()
        assert editor.text() == "no url"

    def test_the_lit_half_does_nothing_so_that_a_double_click_approves_once(
        self, at: Set, table: PhoneTable
    ) -> None:
        fill(at, table)
        told: list[tuple[list[str], Decision]] = []
        table.decision_clicked.connect(lambda keys, half: told.append((keys, half)))
        table.decision_clicked.connect(lambda keys, half: at.bench.approve(keys))
        where = spot(table, KEYS[0], Decision.APPROVED)
        QTest.mouseClick(table.viewport(), LEFT, pos=where)
        QTest.mouseDClick(table.viewport(), LEFT, pos=where)
        QTest.mouseRelease(table.viewport(), LEFT, pos=where)
        assert told == [([KEYS[0]], Decision.APPROVED)]
        assert not table.is_editing()

    def test_letting_go_elsewhere_is_no_click(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        told: list[object] = []
        table.decision_clicked.connect(lambda keys, half: told.append(keys))
        viewport = table.viewport()
        QTest.mousePress(viewport, LEFT, pos=spot(table, KEYS[0], Decision.APPROVED))
        QTest.mouseRelease(viewport, LEFT, pos=spot(table, KEYS[0], Decision.DENIED))
        QTest.mousePress(viewport, LEFT, pos=spot(table, KEYS[0], Decision.APPROVED))
        QTest.mouseRelease(viewport, LEFT, pos=spot(table, KEYS[1], Decision.APPROVED))
        assert told == []

    def test_beside_the_toggle_a_click_selects(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        told: list[object] = []
        table.decision_clicked.connect(lambda keys, half: told.append(keys))
        index = table.phone_model.index(1, Column.DECISION)
        beside = table.visualRect(index).topRight() - QPoint(2, -10)
        assert half_at(table.visualRect(index), QPointF(beside)) is None
        QTest.mouseClick(table.viewport(), LEFT, pos=beside)
        assert told == []
        assert table.selected_keys() == [KEYS[1]]

    def test_rows_keep_still_while_the_mouse_is_on_a_toggle(
        self, at: Set, table: PhoneTable
    ) -> None:
        fill(at, table, 3)
        at.clock.forward(10)
        QTest.mouseMove(table.viewport(), spot(table, KEYS[1], Decision.DENIED))
        assert table.phone_model.held
        at.heard("000000000001")
        table.phone_model.flush()
        assert table.phone_model.row_of("000000000001") == 3
        at.clock.forward(5)
        table.phone_model.flush()
        assert table.phone_model.row_of("000000000001") == 0

    def test_the_tip_says_what_a_click_would_do(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        fill(at, table)
        at.bench.deny([KEYS[0]])
        where = spot(table, KEYS[0], Decision.DENIED)
        QTest.mouseMove(table.viewport(), where)
        assert "U takes it back" in tip(table, where)
