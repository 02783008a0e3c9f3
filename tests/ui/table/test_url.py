"""The URL edited in the row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.url_delegate import UrlEditor
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.widgets.url_card import UrlCard
from tests.bench.rig import Set, mac
from tests.ui.spots import KEYS, LEFT, cell, fill


def opened(table: PhoneTable) -> UrlEditor:
    (editor,) = [each for each in table.viewport().findChildren(UrlEditor) if each.isVisible()]
    return editor


def card(table: PhoneTable) -> UrlCard:
    (shown,) = [each for each in table.window().findChildren(UrlCard) if each.isVisible()]
    return shown


def begin(at: Set, table: PhoneTable, key: str = KEYS[1]) -> UrlEditor:
    fill(at, table)
    table.select_keys([key])
    table.edit_url()
    return opened(table)


def type_in(editor: QWidget, text: str) -> None:
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, text)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_open_the_editor(at: Set, table: PhoneTable, key: Qt.Key) -> None:
    fill(at, table)
    table.select_keys([KEYS[1]])
    QTest.keyClick(table, key)
    assert table.is_editing()


def test_a_double_click_on_the_url_opens_it_and_elsewhere_does_not(
    at: Set, table: PhoneTable
) -> None:
    fill(at, table)
    QTest.mouseDClick(table.viewport(), LEFT, pos=cell(table, KEYS[1], Column.MODEL))
    assert not table.is_editing()
    where = cell(table, KEYS[1], Column.URL)
    QTest.mouseClick(table.viewport(), LEFT, pos=where)
    QTest.mouseDClick(table.viewport(), LEFT, pos=where)
    assert table.is_editing()


def test_enter_gives_the_phone_its_url(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/own")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[KEYS[1]].own_url == "http://h/own"
    assert not table.is_editing()
    assert table.hasFocus()


def test_escape_leaves_it_as_it_was(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/own")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert at.bench.phones[KEYS[1]].own_url == ""
    assert not table.is_editing()


def test_empty_goes_back_to_the_default(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    at.bench.set_own_url([KEYS[1]], "http://h/own")
    editor = begin(at, table)
    assert editor.text() == "http://h/own"
    assert editor.placeholderText() == at.bench.urls.default
    type_in(editor, "\b")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[KEYS[1]].own_url == ""


def test_the_default_that_it_would_go_back_to_is_the_present_one(
    at: Set, table: PhoneTable
) -> None:
    editor = begin(at, table)
    type_in(editor, "nonsense")
    table.setFocus()
    at.bench.set_default_url("http://h/new")
    type_in(editor, "\b")
    assert editor.placeholderText() == "http://h/new"
    assert card(table).url.text().replace("\u200b", "") == "http://h/new"


def test_a_bad_url_is_said_and_nothing_typed_is_lost(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http:/x y")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert table.is_editing()
    assert opened(table).text() == "http:/x y"
    assert "a space" in card(table).caption.text()
    assert at.bench.phones[KEYS[1]].own_url == ""


def test_leaving_the_field_takes_a_good_url_and_keeps_a_bad_one_open(
    at: Set, table: PhoneTable
) -> None:
    editor = begin(at, table)
    type_in(editor, "nonsense")
    table.setFocus()
    assert table.is_editing()
    assert editor.text() == "nonsense"
    editor.setFocus()
    type_in(editor, "http://h/good")
    table.setFocus()
    assert at.bench.phones[KEYS[1]].own_url == "http://h/good"
    assert not table.is_editing()


def test_a_bad_url_is_not_lost_to_a_right_click(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "nonsense")
    right = Qt.MouseButton.RightButton
    QTest.mouseClick(table.viewport(), right, pos=cell(table, KEYS[3], Column.MODEL))
    assert table.is_editing()
    assert table.selected_keys() == [KEYS[1]]


def test_a_bad_url_is_not_lost_to_a_search(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "nonsense")
    at.clock.forward(10)
    for text in ("nobody", ""):
        table.set_find(text)
        table.phone_model.flush()
        assert editor.isVisible()
        assert table.is_editing()
    table.set_find("nobody")
    assert table.phone_model.rowCount() == 1
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert table.phone_model.rowCount() == 1, "nothing moves at once"
    at.clock.forward(10)
    table.phone_model.flush()
    assert table.phone_model.rowCount() == 0


@pytest.mark.parametrize("gone", [[], KEYS[5:]])
def test_a_bad_url_is_not_lost_to_another_row(at: Set, table: PhoneTable, gone: list[str]) -> None:
    editor = begin(at, table)
    type_in(editor, "nonsense")
    at.bench.forget(gone)
    table.phone_model.flush()
    QTest.mouseClick(table.viewport(), LEFT, pos=cell(table, KEYS[3], Column.MODEL))
    QTest.mouseDClick(table.viewport(), LEFT, pos=cell(table, KEYS[3], Column.URL))
    table.setFocus()
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert table.is_editing()
    assert editor.text() == "nonsense"
    assert table.selected_keys() == [KEYS[1]], "what the card is about"
    type_in(editor, "http://h/good")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert not table.is_editing()
    assert at.bench.phones[KEYS[1]].own_url == "http://h/good"
    assert table.selected_keys() == [KEYS[2]]


def test_the_card_shows_the_exact_bytes(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/${mac:-}/{mac}")
    shown = card(table)
    assert shown.url.text().replace("\u200b", "") == "http://h/00-04-13-00-00-01/{mac}"
    assert "00:04:13:00:00:01" in shown.caption.text()


def test_the_card_goes_with_the_editor(at: Set, table: PhoneTable, qtbot: QtBot) -> None:
    editor = begin(at, table)
    assert card(table)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.window().findChildren(UrlCard))


def test_the_card_is_away_while_the_editor_is_scrolled_away(at: Set, table: PhoneTable) -> None:
    fill(at, table, 200)
    table.select_keys([mac(2)])
    table.edit_url()
    shown = card(table)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert not shown.isVisible()
    table.scrollTo(table.currentIndex())
    assert shown.isVisible()


def test_the_card_stays_inside_the_window(at: Set, table: PhoneTable) -> None:
    fill(at, table, 60)
    table.select_keys([mac(59)])
    table.edit_url()
    assert table.window().rect().contains(card(table).geometry())
    assert (
        not card(table)
        .geometry()
        .intersects(opened(table).geometry().translated(table.viewport().pos()))
    )


def test_with_several_selected_it_is_for_all_of_them_and_says_so(
    at: Set, table: PhoneTable
) -> None:
    fill(at, table)
    table.select_keys(KEYS[1:4])
    table.edit_url()
    editor = opened(table)
    type_in(editor, "http://h/all")
    assert "3 selected" in card(table).caption.text()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    own = [at.bench.phones[key].own_url for key in KEYS]
    assert own == ["", "http://h/all", "http://h/all", "http://h/all", "", ""]


def test_different_urls_of_several_stay_until_one_types(at: Set, table: PhoneTable) -> None:
    fill(at, table)
    at.bench.set_own_url([KEYS[2]], "http://h/two")
    table.select_keys(KEYS[1:4])
    table.edit_url()
    assert opened(table).text() == ""
    assert card(table).caption.text() == "The 3 selected phones keep their URLs until you type."
    QTest.keyClick(opened(table), Qt.Key.Key_Return)
    assert [at.bench.phones[key].own_url for key in KEYS[1:4]] == ["", "http://h/two", ""]

    table.edit_url()
    QTest.keyClick(opened(table), Qt.Key.Key_Backspace)
    assert "no URL of their own" in card(table).caption.text()
    QTest.keyClick(opened(table), Qt.Key.Key_Return)
    assert [at.bench.phones[key].own_url for key in KEYS[1:4]] == ["", "", ""]


def test_what_was_given_is_said(at: Set, table: PhoneTable, qtbot: QtBot) -> None:
    fill(at, table)
    for keys, text, sentence in (
        (
            KEYS[1:2],
            "http://h/%n{url}",
            "00:04:13:00:00:01 now has its own URL: http://h/%n{url}",
        ),
        (KEYS[1:2], " ", "00:04:13:00:00:01 no longer has its own URL."),
        (KEYS[1:4], "http://h/<b>", "3 phones now have their own URL: http://h/<b>"),
        (KEYS[1:4], " ", "3 phones no longer have their own URL."),
    ):
        table.select_keys(keys)
        table.edit_url()
        type_in(opened(table), text)
        with qtbot.waitSignal(table.said) as said:
            QTest.keyClick(opened(table), Qt.Key.Key_Return)
        assert said.args == [sentence]


def test_it_is_for_the_selected_phones_where_the_frame_is_on_another(
    at: Set, table: PhoneTable
) -> None:
    fill(at, table)
    table.select_keys(KEYS[1:4])
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(table.viewport(), LEFT, ctrl, cell(table, KEYS[3], Column.MODEL))
    assert table.current_key() == KEYS[3], "which is no longer selected"
    table.edit_url()
    type_in(opened(table), "http://h/all")
    QTest.keyClick(opened(table), Qt.Key.Key_Return)
    own = [at.bench.phones[key].own_url for key in KEYS]
    assert own == ["", "http://h/all", "http://h/all", "", "", ""]


def test_changes_of_the_phone_and_new_phones_do_not_touch_the_typing(
    at: Set, table: PhoneTable
) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/unfin")
    at.heard("000000000001", *KEYS)
    at.bench.approve(KEYS)
    at.clock.forward(1)
    table.phone_model.flush()
    table.phone_model.refresh_live(range(11))
    assert opened(table) is editor
    assert editor.text() == "http://h/unfin"
    QTest.keyClicks(editor, "ished")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[KEYS[1]].own_url == "http://h/unfinished"


def test_the_editor_moves_with_its_phone(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/x")
    table.sortByColumn(Column.PHONE, Qt.SortOrder.DescendingOrder)
    row = table.phone_model.row_of(KEYS[1])
    table.doItemsLayout()
    assert opened(table) is editor
    assert editor.y() == table.rowViewportPosition(row)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[KEYS[1]].own_url == "http://h/x"


def test_a_second_f2_changes_nothing(at: Set, table: PhoneTable) -> None:
    editor = begin(at, table)
    type_in(editor, "http://h/x")
    table.edit_url()
    assert opened(table) is editor
    assert editor.text() == "http://h/x"


def test_without_a_row_nothing_opens(at: Set, table: PhoneTable) -> None:
    table.edit_url()
    assert not table.is_editing()
