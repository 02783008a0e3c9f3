"""View > Larger, Smaller, Normal size, Theme and Columns: at once, and kept for the next start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store.settings import THEME, ZOOM
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from tests.ui.hands import CTRL, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.change_theme(Qt.ColorScheme.Light, 100)


def test_larger_and_smaller_are_kept(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    usual, row = theme.current.scale, window.table.rowHeight(0)
    font = QApplication.font().pointSizeF()
    stage.ask(1)
    press(Key.Key_Plus, CTRL)
    press(Key.Key_Equal, CTRL)
    assert stage.bench.setting(ZOOM) == 125
    assert theme.current.scale == pytest.approx(1.25 * usual)
    assert QApplication.font().pointSizeF() == pytest.approx(1.25 * font)
    assert window.status_bar.left.text() == "Size: 125%"
    assert window.table.verticalHeader().defaultSectionSize() > row
    window.finish()
    theme.change_theme(Qt.ColorScheme.Light, 100)
    again = shown(stage, qtbot)
    assert theme.current.scale == pytest.approx(1.25 * usual)
    press(Key.Key_0, CTRL)
    assert theme.current.scale == pytest.approx(usual)
    for _ in range(12):
        press(Key.Key_Minus, CTRL)
    assert stage.bench.setting(ZOOM) == 80
    assert again.status_bar.left.text() == "Size: 80%"


def test_what_is_shown_first_after_a_change_of_size_has_that_size(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_Plus, CTRL)
    window.table.select_keys([key])
    window.refresh()
    size = QApplication.font().pointSizeF()
    small = [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.font().pointSizeF() < size - 0.1
        and not each.objectName().startswith("qt_scrollarea")
    ]
    assert small == []


def test_a_column_that_was_widened_grows_with_its_text(window: MainWindow) -> None:
    window.resize(2400, 700)
    header = window.table.horizontalHeader()
    header.resizeSection(Column.LABEL, 123)
    press(Key.Key_Plus, CTRL)
    press(Key.Key_Plus, CTRL)
    assert header.sectionSize(Column.LABEL) == pytest.approx(123 * 1.25, abs=1)
    assert header.minimumSectionSize() == theme.spacing(44)
    press(Key.Key_0, CTRL)
    assert header.sectionSize(Column.LABEL) == 123


def test_the_theme_is_kept(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    assert window.actions_.themes["system"].isChecked()
    assert all(map(THEME.fits, window.actions_.themes)), "what is chosen is kept"
    window.actions_.themes["dark"].trigger()
    assert theme.tokens() is theme.DARK
    assert stage.bench.setting(THEME) == "dark"
    window.finish()
    theme.change_theme(Qt.ColorScheme.Light, 100)
    again = shown(stage, qtbot)
    assert theme.tokens() is theme.DARK
    assert again.actions_.themes["dark"].isChecked()
    again.actions_.themes["light"].trigger()
    assert theme.tokens() is theme.LIGHT


def test_the_view_menu_has_the_columns_and_resets_them(window: MainWindow) -> None:
    window.resize(1600, 700)
    menu = window.table.columns_menu
    menu.aboutToShow.emit()
    entries = {action.text(): action for action in menu.actions() if action.text()}
    entries["Make"].trigger()
    assert window.table.isColumnHidden(Column.MAKE)
    entries["&Reset columns"].trigger()
    assert not window.table.isColumnHidden(Column.MAKE)
    inside = [
        entry.menu()
        for title in window.menuBar().actions()
        for entry in _menu(title.menu()).actions()
        if title.text() == "&View"
    ]
    assert menu in inside


def test_menus_are_in_a_technicians_order_and_alt_f_opens_file(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["&File", "&Phones", "U&RLs", "F&iles", "&Listening", "&View", "&Help"]
    for title in window.menuBar().actions():
        entries = [each.text() for each in _menu(title.menu()).actions() if each.text()]
        marks = [text[text.index("&") + 1].casefold() for text in entries if "&" in text]
        twice = {mark for mark in marks if marks.count(mark) > 1}
        assert not twice, (title.text(), twice)
        assert len(marks) == len(entries), title.text()


def test_the_context_menu_is_in_groups_and_forget_is_its_last(window: MainWindow) -> None:
    menu, spot = window.table.context_menu, window.table.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, window.table.mapToGlobal(spot))
    # It returns: a menu that waits in a loop of its own aborts the program that ends meanwhile.
    QApplication.sendEvent(window.table.viewport(), event)
    assert menu.isVisible()
    entries = menu.actions()
    menu.close()
    assert entries[-1] is window.actions_.forget
    assert entries[-2].isSeparator()
    assert sum(entry.isSeparator() for entry in entries) >= 4
    pairs = pairwise(entry.isSeparator() for entry in entries)
    assert not any(one and other for one, other in pairs)
    do = window.actions_
    assert {do.open_page, do.copy_macs, do.copy_addresses, do.copy_rows} <= set(entries)


def _menu(menu: object) -> QMenu:
    assert isinstance(menu, QMenu)
    return menu
