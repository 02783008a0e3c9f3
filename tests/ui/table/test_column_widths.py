"""Columns get the room that their texts need; slack goes first, columns last."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.ui.table.column_widths import MEASURED_AT_ONCE, Stretch, Width, fit_widths
from pnp_gui.ui.table.columns import COLUMNS, GIVE_WAY, NARROWEST_STRETCH, Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.status_delegate import StatusDelegate
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import PADDING
from pnp_gui.ui.theme.theme import change_theme
from tests.bench.rig import Set, ask, mac
from tests.ui.spots import header_of

KEYS = [mac(number) for number in range(10)]
STRETCH = Stretch(300, 200, 100)
HIDING = [column for column in GIVE_WAY if not COLUMNS[column].stays]


def fill(at: Set, table: PhoneTable, *, labels: bool = True) -> None:
    """Phones as a floor has them."""
    models = ("snomD785", "VIP-2140PT", "KX-HDV230")
    for number, key in enumerate(KEYS):
        made = ask(key, f"192.168.10.{100 + number}", model=models[number % 3])
        at.absorb(SubscribeReceived(made, at.clock.monotonic, False))
    if labels:
        at.bench.set_label(KEYS, "desk 14")
    table.phone_model.flush()


def test_no_known_phone_is_measured_before_its_row_is_in_view(at: Set, qtbot: QtBot) -> None:
    for number in range(MEASURED_AT_ONCE + 1):
        at.heard(mac(number))
    made = PhoneTable(at.bench, monotonic=lambda: at.clock.monotonic)
    qtbot.addWidget(made)
    assert set(header_of(made)._texts.widest.values()) == {0}


def is_cut(table: PhoneTable, column: Column) -> bool:
    """Whether any cell of a column of plain text is elided."""
    face = theme.fixed_font() if COLUMNS[column].fixed else QApplication.font()
    room = table.columnWidth(column) - 2 * theme.spacing(PADDING)
    model = table.phone_model
    return any(
        QFontMetrics(face).horizontalAdvance(str(model.index(row, column).data())) > room
        for row in range(model.rowCount())
    )


def hidden(table: PhoneTable) -> list[Column]:
    return [column for column in Column if table.isColumnHidden(column)]


@pytest.mark.parametrize(("width", "gone"), [(1280, []), (1024, [Column.VERSION, Column.ASKED])])
def test_with_labels_nothing_is_cut_and_no_more_hides_than_must(
    at: Set, table: PhoneTable, width: int, gone: list[Column]
) -> None:
    table.resize(width, 500)
    fill(at, table)
    assert hidden(table) == gone
    for column in (Column.PHONE, Column.LABEL, Column.MAKE, Column.MODEL, Column.ADDRESS):
        assert not is_cut(table, column)


def test_with_room_the_whole_url_can_be_read(at: Set, table: PhoneTable) -> None:
    table.resize(1600, 500)
    fill(at, table)
    assert hidden(table) == []
    assert not is_cut(table, Column.URL)


def test_a_longer_text_gets_its_room_but_an_outlier_only_so_much(
    at: Set, table: PhoneTable
) -> None:
    fill(at, table)
    before = table.columnWidth(Column.MODEL)
    at.absorb(SubscribeReceived(ask(KEYS[0], model="Conference-9000"), at.clock.monotonic, False))
    table.phone_model.flush()
    assert before < table.columnWidth(Column.MODEL)
    assert not is_cut(table, Column.MODEL)
    at.absorb(SubscribeReceived(ask(KEYS[0], model="M" * 100), at.clock.monotonic, False))
    table.phone_model.flush()
    most = theme.spacing(COLUMNS[Column.MODEL].limit) + 3 * theme.spacing(PADDING)
    assert table.columnWidth(Column.MODEL) <= most


def test_columns_keep_still_under_the_hand(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    before = table.columnWidth(Column.MODEL)
    table.phone_model.hold(2.0)
    at.absorb(SubscribeReceived(ask(KEYS[0], model="Conference-9000"), at.clock.monotonic, False))
    table.phone_model.flush()
    assert table.columnWidth(Column.MODEL) == before
    at.clock.forward(3.0)
    table._tick()
    assert table.columnWidth(Column.MODEL) > before


def test_what_scrolls_into_sight_is_measured_and_thousands_are_not(
    at: Set, table: PhoneTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: set[str] = set()
    text = PhoneModel.text

    def noting(self: PhoneModel, phone: Phone, column: Column) -> str:
        measured.add(phone.key)
        return text(self, phone, column)

    monkeypatch.setattr(PhoneModel, "text", noting)
    at.heard(*(mac(number) for number in range(3000)))
    table.phone_model.flush()
    table._tick()
    assert 5 <= len(measured) < 60
    last = table.phone_model.key_at(2999)
    assert last not in measured
    table.scrollToBottom()
    table._tick()
    assert last in measured


def test_by_hand_a_width_stays_when_it_gets_narrow(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    header_of(table).resizeSection(Column.MODEL, 190)
    header_of(table).resizeSection(Column.VERSION, 60)
    for width in (1280, 1024, 1600):
        table.resize(width, 500)
        QApplication.processEvents()
        assert table.columnWidth(Column.MODEL) == 190
        assert table.columnWidth(Column.VERSION) in (0, 60)


def test_a_column_shown_by_hand_hides_last_and_stays_so(
    at: Set, table: PhoneTable, qapp: QApplication
) -> None:
    table.resize(1024, 500)
    fill(at, table)
    assert Column.VERSION in hidden(table)
    header = header_of(table)
    menu = header.menu
    header.customContextMenuRequested.emit(header.rect().center())
    (version,) = (each for each in menu.actions() if each.text() == "Version")
    assert not version.isChecked(), "the menu says what is seen"
    version.trigger()
    menu.close()
    assert Column.VERSION not in hidden(table)
    assert Column.MAKE in hidden(table)
    state = table.save_state()
    header.reset()
    assert Column.VERSION in hidden(table)
    assert table.restore_state(state)
    assert Column.VERSION not in hidden(table)


def test_without_labels_their_column_gives_its_room_to_the_url(at: Set, table: PhoneTable) -> None:
    fill(at, table, labels=False)
    assert hidden(table) == [Column.LABEL]
    at.bench.set_label(KEYS[:1], "desk 1")
    table.phone_model.flush()
    assert hidden(table) == []


def test_one_long_label_cuts_nobody_else(at: Set, table: PhoneTable) -> None:
    table.resize(1340, 500)
    fill(at, table)
    at.bench.set_label(KEYS[:1], "Lobby left, behind the very long plant and the door")
    table.phone_model.flush()
    assert hidden(table) == []
    for column in (Column.MAKE, Column.MODEL, Column.VERSION, Column.ASKED):
        assert not is_cut(table, column)
    assert table.columnWidth(Column.URL) >= theme.spacing(NARROWEST_STRETCH)
    table.resize(1700, 500)
    QApplication.processEvents()
    assert not is_cut(table, Column.LABEL), "it has the room that the others leave"


def test_a_hidden_column_comes_back_with_the_room(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    table.resize(1024, 400)
    QApplication.processEvents()
    assert Column.VERSION in hidden(table)
    table.resize(1280, 400)
    QApplication.processEvents()
    assert Column.VERSION not in hidden(table)


def test_the_status_is_said_in_short_where_there_is_no_room(at: Set, table: PhoneTable) -> None:
    table.resize(1600, 500)
    fill(at, table)
    wide = table.columnWidth(Column.STATUS)
    table.resize(1024, 500)
    QApplication.processEvents()
    assert table.columnWidth(Column.STATUS) < wide
    at.bench.approve(KEYS[:1])
    at.offered(KEYS[0])
    table.phone_model.flush()
    index = table.phone_model.index(table.phone_model.row_of(KEYS[0]), Column.STATUS)
    delegate = table.itemDelegateForIndex(index)
    assert isinstance(delegate, StatusDelegate)
    cell = QStyleOptionViewItem()
    cell.rect = table.visualRect(index)
    assert "Sent, waiting for answer" in delegate.tip(cell, index)


class TestFitting:
    """The order in which the room is taken, with round numbers."""

    def test_slack_then_short_forms_then_cuts_then_hiding(self) -> None:
        width = Width(ease=120, need=100, tight=80, least=60)
        plain: dict[Column, Width] = {c: width for c in Column if c is not Column.URL}
        gone: list[Column] = []
        for room in range(1500, 250, -1):
            fitted = fit_widths(plain, STRETCH, room)
            left = room - sum(fitted.values())
            assert left >= STRETCH.least or gone == HIDING
            if any(each < 100 for each in fitted.values()):
                assert left <= STRETCH.fair
            if any(fitted[column] < 80 for column in HIDING if column in fitted):
                assert left <= STRETCH.least + 60
            for column in plain:
                if column not in fitted and column not in gone:
                    gone.append(column)
                    staying = [c for c in fitted if c not in GIVE_WAY]
                    assert all(fitted[c] == 80 for c in staying)
        assert gone == HIDING
        assert fitted == {Column.PHONE: 80, Column.STATUS: 60, Column.DECISION: 60}

    def test_what_was_chosen_by_hand_hides_last(self) -> None:
        width = Width(100, 100, 100, 100)
        plain: dict[Column, Width] = {c: width for c in Column if c is not Column.URL}
        fitted = fit_widths(plain, STRETCH, 750, by_hand={Column.VERSION})
        assert [column for column in plain if column not in fitted] == [
            Column.MAKE,
            Column.ADDRESS,
            Column.ASKED,
        ]


def test_another_size_cuts_nothing_for_which_there_is_room(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    table.resize(2400, 500)
    QApplication.processEvents()
    scheme = theme.current._fixed_scheme
    try:
        change_theme(scheme, 150)
        texts = (Column.MAKE, Column.MODEL, Column.VERSION, Column.ADDRESS, Column.ASKED)
        assert [column for column in texts if is_cut(table, column)] == []
    finally:
        change_theme(scheme, 100)
