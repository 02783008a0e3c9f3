"""A scan into a URL or the filter of the log: nothing of it is left there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.url_delegate import UrlEditor
from tests.ui.hands import CTRL, focused, press, wait_rows, write
from tests.ui.scanner import Ears, approved, scan, switch_on
from tests.ui.stage import Stage

pytestmark = pytest.mark.usefixtures("ears")

Key = Qt.Key


def test_a_scan_into_the_default_url_leaves_it_as_it_was(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears
) -> None:
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    url, before = window.listen_bar.url, stage.bench.urls.default
    url.setFocus()
    press(Key.Key_Home)
    press(Key.Key_Right)
    scan(mac)
    assert (stage.bench.urls.default, url.currentText()) == (before, before)
    assert not url.is_wrong()
    assert approved(stage) == set()
    assert "Ctrl+F first" in window.status_bar.left.text()
    assert ears.heard == ["bad"]

    # A scanner that ends its lines with a tab leaves the field by it, and leaving it commits.
    scan(mac, Key.Key_Tab)
    assert (stage.bench.urls.default, url.currentText()) == (before, before)

    # With the switch on it means its phone, wherever the keyboard is.
    switch_on(window)
    write("nobody")
    url.setFocus()
    scan(mac)
    assert (stage.bench.urls.default, url.currentText()) == (before, before)
    assert approved(stage) == {mac}
    assert focused() is window.action_bar.find_field
    assert window.table.selected_keys() == [mac]
    scan(mac)
    assert window.action_bar.found.text() == "2 scanned"


@pytest.mark.parametrize(
    ("code", "held", "there"),
    [(Key.Key_F, CTRL, "find_field"), (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, None)],
)
def test_the_keyboard_goes_from_the_url_where_it_is_sent(
    window: MainWindow,
    code: Qt.Key,
    held: Qt.KeyboardModifier,
    there: str | None,
) -> None:
    window.listen_bar.url.setFocus()
    press(code, held)
    assert focused() is not window.table
    assert there is None or focused() is getattr(window.action_bar, there)


def test_a_url_that_is_typed_as_fast_is_meant(stage: Stage, window: MainWindow) -> None:
    url = window.listen_bar.url
    url.setFocus()
    press(Key.Key_A, CTRL)
    scan("http://192.0.2.9/000413A2105F.xml")
    assert stage.bench.urls.default == "http://192.0.2.9/000413A2105F.xml"


@pytest.mark.parametrize("on", [True, False])
def test_a_scan_into_a_url_in_a_row_leaves_it_as_it_was(
    stage: Stage, window: MainWindow, qtbot: QtBot, on: bool
) -> None:
    first, second = stage.ask(1), stage.ask(2)
    own = "http://h/a.xml"
    stage.bench.set_own_url([first], own)
    wait_rows(qtbot, window, 2)
    if on:
        switch_on(window)
    window.table.select_keys([first])
    window.table.setFocus()
    window.table.edit_url()
    field = focused()
    assert isinstance(field, UrlEditor)
    field.end(False)
    scan(second)
    assert stage.bench.phones[first].own_url == own
    assert approved(stage) == ({second} if on else set())
    assert on or (field.text() == own and "scanner" in window.status_bar.left.text())


def test_a_scan_into_the_filter_of_the_log_approves_while_it_is_on_and_else_narrows(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    phone = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.actions_.log.trigger()
    window.log_page.words.setFocus()
    scan(phone)
    assert window.log_page.words.text() == phone
    assert approved(stage) == set()
    window.log_page.words.clear()
    switch_on(window)
    window.log_page.words.setFocus()
    scan(phone)
    assert window.log_page.words.text() == ""
    assert approved(stage) == {phone}
