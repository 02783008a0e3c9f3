"""What of the table is painted, and what its tips say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from pnp_gui.bench.phones.status import status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, ask, mac
from tests.ui.spots import KEYS, cell, fill, tip


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
        at.absorb(SubscribeReceived(ask(KEYS[0], model=long), at.clock.monotonic, False))
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
        statuses = {status_of(phone, table.phone_model.now()) for phone in at.bench.phones.values()}
        assert len(statuses) == 7
        assert not table.viewport().grab().isNull()
