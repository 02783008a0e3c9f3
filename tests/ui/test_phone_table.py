from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.pasted import read_pasted
from pnp_gui.bench.phone import Decision
from pnp_gui.bench.sheet import SheetLine
from pnp_gui.bench.sheet_preview import Verdict, preview
from pnp_gui.pnp.events import Heard
from pnp_gui.ui.columns import COLUMNS, GIVE_WAY, Column
from pnp_gui.ui.decision_delegate import half_at, toggle_rect
from pnp_gui.ui.phone_table import PhoneTable
from pnp_gui.ui.status_words import LOOKS, all_words
from tests.bench.floor_of_phones import Set, ask, mac

LEFT = Qt.MouseButton.LeftButton
KEYS = [mac(number) for number in range(6)]


def fill(at: Set, table: PhoneTable, number: int = 6) -> None:
    """Phones in the table, sorted by MAC."""
    at.heard(*(mac(i) for i in range(number)))
    table.phone_model.flush()
    table.sortByColumn(Column.PHONE, Qt.SortOrder.AscendingOrder)


def spot(table: PhoneTable, key: str, half: Decision) -> QPoint:
    """The middle of a half of a phone's toggle."""
    index = table.phone_model.index(table.phone_model.row_of(key), Column.DECISION)
    toggle = toggle_rect(table.visualRect(index), QApplication.font())
    quarter = toggle.width() // 4
    x = toggle.left() + quarter if half is Decision.APPROVED else toggle.right() - quarter
    return QPoint(x, toggle.center().y())


def cell(table: PhoneTable, key: str, column: Column) -> QPoint:
    index = table.phone_model.index(table.phone_model.row_of(key), column)
    return table.visualRect(index).center()


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


def tip(table: PhoneTable, where: QPoint) -> str:
    viewport = table.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, where, viewport.mapToGlobal(where))
    QApplication.sendEvent(viewport, event)
    return QToolTip.text() if QToolTip.isVisible() else ""


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

    def test_select_all_means_all_that_are_visible(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        at.bench.deny(KEYS[:2])
        table.set_find("undecided")
        QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert table.selected_keys() == KEYS[2:]
        assert table.visible_count() == 4

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


class Painted(QObject):
    """Remembers what of a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_mark_of_the_keyboard_s_row_is_taken_off_the_whole_row_before(
    at: Set, table: PhoneTable
) -> None:
    fill(at, table)
    table.select_keys([KEYS[1]])
    # Twice: Qt repaints columns that got another width in a turn of its own.
    QApplication.processEvents()
    QApplication.processEvents()
    painted = Painted(table.viewport())
    table.selectionModel().setCurrentIndex(
        table.phone_model.index(3, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    QApplication.processEvents()
    for row in (1, 3):
        for column in Column:
            hidden = table.isColumnHidden(column)
            assert hidden or painted.region.contains(cell(table, KEYS[row], column))
    assert not painted.region.contains(cell(table, KEYS[4], Column.MODEL))


class TestCopy:
    def test_rows_go_to_a_spreadsheet(self, at: Set, table: PhoneTable) -> None:
        fill(at, table, 2)
        at.bench.set_own_url([KEYS[1]], "http://h/${mac}")
        table.select_keys(KEYS[:2])
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QApplication.clipboard().text().splitlines()
        assert lines[0].split("\t") == [
            "Phone",
            "Label",
            "Make",
            "Model",
            "Version",
            "Address",
            "Asked",
            "Decision",
            "Status",
            "URL",
            "Exact URL",
        ]
        assert len(lines) == 3
        fields = lines[2].split("\t")
        assert fields[0] == "00:04:13:00:00:01"
        assert fields[6].startswith("2027-01-1")
        assert fields[7] == "Undecided"
        assert fields[9] == "http://h/${mac}", "its own, as in a sheet"
        assert fields[10] == "http://h/000413000001"

    def test_pasted_back_they_change_nothing(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        nameless = "ip:10.13.2.37"
        at.heard(nameless)
        at.bench.set_own_url([KEYS[1], nameless], "http://h/${mac}")
        at.bench.set_label(KEYS[:3], "=1+1")
        at.bench.set_label([KEYS[3]], '"quoted" room')
        at.bench.approve([*KEYS[:2], nameless])
        at.bench.deny(KEYS[2:3])
        table.phone_model.flush()
        table.phone_header.moveSection(table.phone_header.visualIndex(Column.URL), 0)
        table.selectAll()
        table.copy_rows()
        steps = read_pasted(QApplication.clipboard().text())
        while True:
            try:
                next(steps)
            except StopIteration as end:
                good, bad = end.value
                break
        assert bad == []
        assert len(good) == len(at.bench.phones)
        verdicts = {line.verdict for line in preview(good, bad, at.bench.phones)}
        assert verdicts == {Verdict.SAME}

    def test_a_formula_is_made_harmless(self, at: Set, table: PhoneTable) -> None:
        evil = ask(KEYS[0], model='=HYPERLINK("http://evil")\tx\ny')
        at.absorb(Heard(evil, at.clock.monotonic, False))
        table.phone_model.flush()
        table.selectAll()
        table.copy_rows()
        lines = QApplication.clipboard().text().splitlines()
        (cells,) = csv.reader(lines[1:], delimiter="\t")
        assert cells[3] == '\'=HYPERLINK("http://evil") x y'

    def test_nothing_selected_leaves_the_clipboard_alone(self, at: Set, table: PhoneTable) -> None:
        fill(at, table)
        QApplication.clipboard().setText("before")
        table.copy_rows()
        assert QApplication.clipboard().text() == "before"


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
                wanted = table.phone_header.width_of(column)
                least = wanted.least if column in GIVE_WAY else wanted.tight
                assert table.columnWidth(column) >= least

    def test_order_widths_hiding_and_sorting_are_kept(
        self, at: Set, table: PhoneTable, qtbot: QtBot
    ) -> None:
        header = table.phone_header
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
        assert other.phone_header.visualIndex(Column.STATUS) == 0
        assert other.columnWidth(Column.MODEL) == 170
        assert other.isColumnHidden(Column.MAKE)
        assert other.phone_header.sortIndicatorSection() == Column.ADDRESS
        assert other.save_state() == state
        other.phone_header.reset()
        assert not other.isColumnHidden(Column.MAKE)
        assert other.phone_header.visualIndex(Column.STATUS) == Column.STATUS

    @pytest.mark.parametrize(
        "state", [b"", b"\x00\xff", b"{}", b"[1]", b'{"order": 3}', b'{"order":[],"widths":[]}']
    )
    def test_a_state_that_is_none_changes_nothing(self, table: PhoneTable, state: bytes) -> None:
        before = table.save_state()
        assert not table.restore_state(state)
        assert table.save_state() == before

    def test_the_third_click_on_a_heading_goes_back_to_the_order_at_first(
        self, at: Set, table: PhoneTable
    ) -> None:
        at.heard(KEYS[0])
        at.clock.forward(2)
        at.heard(KEYS[1])
        table.phone_model.flush()
        header = table.phone_header
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
        assert len(set(words)) == len(words) >= len(LOOKS)


class TestLooks:
    def test_an_empty_table_says_what_the_window_gave_it(self, table: PhoneTable, at: Set) -> None:
        plain = table.viewport().grab().toImage()
        table.set_empty_text("Listening on Ethernet", "Plug in a phone.")
        assert table.viewport().grab().toImage() != plain

    def test_a_find_without_result_says_so(self, table: PhoneTable, at: Set) -> None:
        fill(at, table)
        table.set_find("nobody")
        nothing = table.viewport().grab().toImage()
        table.set_find("nobody else")
        assert table.viewport().grab().toImage() != nothing

    def test_an_elided_text_is_in_the_tip_and_a_whole_one_is_not(
        self, table: PhoneTable, at: Set
    ) -> None:
        long = "A model with a name that nobody can print"
        at.absorb(Heard(ask(KEYS[0], model=long), at.clock.monotonic, False))
        at.heard(KEYS[1])
        table.phone_model.flush()
        assert tip(table, cell(table, KEYS[1], Column.MODEL)) == ""
        assert tip(table, cell(table, KEYS[0], Column.MODEL)) == long

    def test_a_phone_without_url_has_the_reason_in_its_tip(
        self, table: PhoneTable, at: Set
    ) -> None:
        at.heard("ip:10.13.2.40", address="10.13.2.40")
        at.bench.set_own_url(["ip:10.13.2.40"], "http://h/${mac}")
        table.phone_model.flush()
        assert "${mac}" in tip(table, cell(table, "ip:10.13.2.40", Column.URL))

    def test_every_status_and_decision_is_painted(self, table: PhoneTable, at: Set) -> None:
        fill(at, table)
        at.bench.apply_sheet([SheetLine(1, mac(90), None, None, None)])
        at.bench.approve(KEYS[:4])
        at.bench.deny(KEYS[4:5])
        at.offered(KEYS[0])
        at.offered(KEYS[1])
        at.answered(KEYS[1], 200)
        at.offered(KEYS[2])
        at.answered(KEYS[2], 481)
        table.selectAll()
        table.phone_model.flush()
        statuses = {table.phone_model.status(phone) for phone in at.bench.phones.values()}
        assert len(statuses) == 7
        assert not table.viewport().grab().isNull()
