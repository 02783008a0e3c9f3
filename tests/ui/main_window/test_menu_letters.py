"""A letter in an open menu is the menu's, whatever it would decide in the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.stage import Stage


def inner(menu: QMenu) -> QMenu:
    found = next(each.menu() for each in menu.actions() if isinstance(each.menu(), QMenu))
    assert isinstance(found, QMenu)
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_Delete])
def test_a_key_of_the_table_decides_nothing_while_a_menu_is_open(
    stage: Stage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    phone = stage.ask(1)
    qtbot.waitUntil(lambda: window.table.visible_count() == 1, timeout=2000)
    window.table.select_keys([phone])
    for entry in window.menuBar().actions()[1:]:
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        menus = [menu, inner(menu)] if entry is window.menuBar().actions()[1] else [menu]
        for each in menus:
            each.popup(window.mapToGlobal(window.rect().center()))
        # The menu of the phones itself has an entry with that letter.
        if entry is not window.menuBar().actions()[1] or len(menus) > 1:
            QTest.keyClick(menus[-1], key)
        for each in reversed(menus):
            each.close()
        assert stage.bench.phones[phone].decision is Decision.UNDECIDED
        assert window.problem_bar.line_for("question") is None
    QTest.keyClick(window.menuBar(), key)
    assert stage.bench.phones[phone].decision is Decision.UNDECIDED


def test_the_letter_chooses_the_entry_that_is_marked_with_it(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    phone = stage.ask(1)
    qtbot.waitUntil(lambda: window.table.visible_count() == 1, timeout=2000)
    window.table.select_keys([phone])
    menu = window.menuBar().actions()[1].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.mapToGlobal(window.rect().center()))
    QTest.keyClick(menu, Qt.Key.Key_D)
    assert stage.bench.phones[phone].decision is Decision.DENIED
    assert not menu.isVisible()
