"""What the window said goes when its opposite is true: sentences in the status bar, and tips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.words import conflict as conflict_words
from tests.ui.hands import CTRL, press, wait_rows
from tests.ui.scanner import scan, switch_on
from tests.ui.stage import Stage

Key = Qt.Key
OTHER = "198.51.100.9"


def said(window: MainWindow) -> str:
    return window.status_bar.left.text()


def test_not_listening_goes_when_it_listens_again(window: MainWindow) -> None:
    window._listening.start()
    press(Key.Key_F5)
    assert said(window).startswith("No longer listening")
    press(Key.Key_F5)
    assert "Not listening" not in said(window)


def test_no_phone_is_selected_goes_when_one_is(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Key.Key_A)
    assert said(window).startswith("There are no phones yet")
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.refresh()
    assert "There are no phones yet" not in said(window)
    window.table.clearSelection()
    press(Key.Key_A)
    assert said(window).startswith("No phone is selected")
    window.table.select_keys([mac])
    assert "No phone is selected" not in said(window)


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_F3, Key.Key_Delete, Key.Key_S])
def test_with_the_frame_on_a_row_that_is_not_selected_a_key_says_so(
    stage: Stage, window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.clearSelection()
    assert window.table.current_key()
    press(key)
    assert not window.table.is_editing()
    assert said(window).startswith("No phone is selected")


def test_what_was_done_stays_when_the_selection_changes(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([first])
    press(Key.Key_D)
    window.table.select_keys([second])
    window.refresh()
    assert "denied" in said(window)
    assert "01 denied. It gets no answer." in said(window)


@pytest.mark.usefixtures("ears")
def test_gets_its_url_when_it_asks_goes_when_it_has_it(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    switch_on(window)
    scan("000413000009")
    assert said(window).endswith("It gets its URL when it asks.")
    window.refresh()
    assert said(window).endswith("It gets its URL when it asks.")
    stage.ask(9)
    qtbot.waitUntil(lambda: "when it asks" not in said(window), timeout=2000)


@pytest.mark.usefixtures("ears")
def test_not_known_here_goes_when_the_phone_asks(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Key.Key_F, CTRL)
    scan("000413000007")
    assert said(window).endswith("is not known here.")
    stage.ask(7)
    qtbot.waitUntil(lambda: "not known" not in said(window), timeout=2000)


def show_tip(window: MainWindow, key: str) -> None:
    """As if the mouse rested on the status of this phone."""
    table = window.table
    index = table.phone_model.index(table.phone_model.row_of(key), Column.STATUS)
    at = table.visualRect(index).center()
    table._set_pointer(key, None)
    event = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), event)
    assert QToolTip.isVisible()


@pytest.fixture
def conflict(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> str:
    monkeypatch.setattr(conflict_words, "NEW_SECONDS", 0.0)
    key = stage.ask(1)
    stage.bench.approve([key])
    stage.ask(1, tag="other", address=OTHER)
    wait_rows(qtbot, window, 1)
    window.table.phone_model.flush()
    window.table.select_keys([key])
    show_tip(window, key)
    assert OTHER in QToolTip.text() or "second address" in QToolTip.text()
    return key


def test_a_tip_goes_with_a_key(window: MainWindow, conflict: str, qtbot: QtBot) -> None:
    press(Key.Key_Shift)
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2000)


def test_a_tip_goes_when_its_row_says_something_else(
    stage: Stage, window: MainWindow, conflict: str, qtbot: QtBot
) -> None:
    window.table.phone_model.flush()
    assert QToolTip.isVisible()
    stage.bench.change_address([conflict])
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=2000)


def test_a_tip_stays_while_its_row_says_the_same(
    stage: Stage, window: MainWindow, conflict: str
) -> None:
    stage.ask(1)
    window.table.phone_model.flush()
    QTest.qWait(600)
    assert QToolTip.isVisible()


def test_what_was_done_without_a_selection_stays_when_a_phone_is_selected(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.clearSelection()
    window._did("40 lines were applied.")
    window.table.select_keys([mac])
    window.refresh()
    assert said(window) == "40 lines were applied."
