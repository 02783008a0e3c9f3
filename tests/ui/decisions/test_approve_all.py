"""Approve all for some minutes, by keys and clicks in the whole window."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.settings import APPROVE_ALL_MINUTES
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import press, shown
from tests.ui.stage import Stage

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    return listening(stage, qtbot)


def listening(stage: Stage, qtbot: QtBot, width: int = 1280) -> MainWindow:
    stage.net.start()
    return shown(stage, qtbot, (width, 700))


def start() -> None:
    """F8, and yes."""
    press(Key.Key_F8)
    press(Key.Key_Return)


def decision(stage: Stage, key: str) -> Decision:
    return stage.bench.phones[key].decision


def assert_seen(window: MainWindow, on: bool) -> None:
    """Band, button and title say the same as the bench."""
    assert (window._bench.approving_all is not None) == on
    assert window.approve_all_banner.is_on == on
    assert not on or window.approve_all_banner.isVisible()
    assert ("Approving all" in window.actions_.approve_all.iconText()) == on
    assert (window.action_bar.approve_all.property("tone") == "alarm") == on
    assert ("Approving all" in window.windowTitle()) == on


def time_is_over(window: MainWindow) -> None:
    """Its time passes."""
    window._bench._decisions.approve_all.until = time.monotonic()
    window.refresh()


def test_f8_answers_those_that_ask_and_f8_ends_it(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    waiting = stage.ask(1)
    denied = stage.ask(2)
    stage.bench.deny([denied])
    assert_seen(window, False)

    start()
    assert_seen(window, True)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]
    assert window.status_bar.left.text() == (
        "All phones that ask are approved for 5 min. 1 that was asking was approved at once."
    )
    stage.air.take()
    new = stage.ask(3)
    stage.ask(2, tag="b")
    assert stage.air.starts() == ["SIP/2.0 192.0.2.103", "NOTIFY 192.0.2.103"]
    assert [decision(stage, key) for key in (waiting, denied, new)] == [
        Decision.APPROVED,
        Decision.DENIED,
        Decision.APPROVED,
    ]
    window.refresh()
    assert "2 approved so far" in window.approve_all_banner.sentence.text()
    assert "End now (F8)" in window.approve_all_banner.button.text()

    press(Key.Key_F8)
    assert_seen(window, False)
    assert not window.approve_all_banner.isVisible(), "ended by hand: nothing more to say"
    assert window.status_bar.left.text() == "Approve all has ended: 2 phones were approved."
    stage.air.take()
    assert decision(stage, stage.ask(4)) is Decision.UNDECIDED
    assert stage.air.sent == []


def test_the_countdown_is_in_band_button_and_title(window: MainWindow, qtbot: QtBot) -> None:
    start()
    texts = (
        window.approve_all_banner.sentence.text,
        window.action_bar.approve_all.text,
        window.windowTitle,
    )
    qtbot.waitUntil(
        lambda: all("4:59" in text() or "4:58" in text() for text in texts), timeout=3000
    )


def test_escape_in_the_table_ends_it_before_it_clears_the_find_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.action_bar.find_field.setText("snom")
    start()
    press(Key.Key_Escape)
    assert_seen(window, False)
    assert window.action_bar.find_field.text() == "snom"
    press(Key.Key_Escape)
    assert window.action_bar.find_field.text() == ""


def test_the_band_cannot_be_put_away_while_it_is_on(window: MainWindow) -> None:
    start()
    window.approve_all_banner.hide()
    window._bench._decisions.approve_all.approved += 1
    window.refresh()
    assert_seen(window, True)
    QTest.mouseClick(window.approve_all_banner.button, LEFT)
    assert_seen(window, False)


def test_one_that_ended_by_itself_says_so_until_it_is_put_away(
    stage: Stage, window: MainWindow
) -> None:
    start()
    stage.ask(1)
    top = window.table.mapTo(window, QPoint(0, 0)).y()
    time_is_over(window)
    assert_seen(window, False)
    assert window.approve_all_banner.is_over
    assert window.approve_all_banner.isVisible()
    assert window.table.mapTo(window, QPoint(0, 0)).y() == top, "no row moved under the mouse"
    assert (
        window.approve_all_banner.sentence.text() == "Approve all has ended: 1 phone was approved."
    )
    assert decision(stage, stage.ask(2)) is Decision.UNDECIDED
    press(Key.Key_Escape)
    assert not window.approve_all_banner.isVisible()


def chosen(menu: QMenu, *texts: str) -> QAction:
    """The entry that these words lead to, one menu after the other."""
    *titles, text = texts
    for title in titles:
        menu = next(each for each in menu.findChildren(QMenu) if each.title().startswith(title))
    return next(each for each in menu.actions() if each.text() == text)


def test_the_menu_has_lengths_and_makes(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    snom = stage.ask(1)
    menu = window.approve_all.menu
    menu.fill()
    assert [each.text() for each in menu.actions()][:4] == [
        "Every phone for 1 minute",
        "Every phone for 5 minutes",
        "Every phone for 15 minutes",
        "Every phone for 60 minutes",
    ]
    chosen(menu, "Only another make", "Only Yealink", "For 15 minutes").trigger()
    assert_seen(window, True)
    assert "Every Yealink phone" in window.approve_all_banner.sentence.text()
    assert decision(stage, snom) is Decision.UNDECIDED
    chosen(menu, "Only snom (1 here)", "For 1 minute").trigger()
    assert decision(stage, snom) is Decision.APPROVED
    state = stage.bench.approving_all
    assert state is not None
    assert state.left <= 60
    press(Key.Key_F8)
    assert window.action_bar.approve_all.text() == "Approve all for 1 min", "as chosen last"
    assert stage.bench.setting(APPROVE_ALL_MINUTES) == 1


def test_the_arrow_opens_the_menu_by_mouse_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    button = window.action_bar.approve_all
    seen: list[bool] = []

    def look() -> None:
        seen.append(window.approve_all.menu.isVisible())
        window.approve_all.menu.close()

    QTimer.singleShot(100, look)
    QTest.mouseClick(button, LEFT, pos=QPoint(button.width() - 8, button.height() // 2))
    QTimer.singleShot(100, look)
    button.setFocus()
    QTest.keyClick(button, Key.Key_Down)
    assert seen == [True, True]
    assert_seen(window, False)
    QTest.mouseClick(button, LEFT, pos=QPoint(20, button.height() // 2))
    assert_seen(window, False)
    line = window.problem_bar.line_for("question")
    assert line is not None
    QTest.mouseClick(line.button, LEFT)
    assert_seen(window, True)


def test_after_a_restart_it_is_off(tmp_path: Path, qtbot: QtBot) -> None:
    stage = Stage(tmp_path)
    stage.bench.approve_all(5, "snom")
    stage.bench.close()
    again = Stage(stage.folder)
    window = again.window()
    qtbot.addWidget(window, before_close_func=lambda _: window.finish())
    window.show()
    assert_seen(window, False)
    assert decision(again, again.ask(1)) is Decision.UNDECIDED
    assert again.air.sent == []
    window.finish()
    again.bench.close()


def test_without_listening_it_says_that_nobody_is_heard(stage: Stage, window: MainWindow) -> None:
    stage.net.stop()
    start()
    assert window.status_bar.left.text().endswith("But PnP Bench is not listening: F5 starts it.")


@pytest.mark.parametrize("width", [900, 1024, 1280])
@pytest.mark.parametrize("on", [False, True])
def test_the_bar_fits(stage: Stage, qtbot: QtBot, width: int, on: bool) -> None:
    window = listening(stage, qtbot, width)
    if on:
        start()
    QApplication.processEvents()
    bar = window.action_bar
    assert window.width() == width
    shown_widgets: list[QWidget] = [
        each
        for each in (
            *(bar.approve, bar.deny, bar.undecide, bar.send_again, bar.approve_all),
            *(bar.scan_switch, bar.find_field),
        )
        if each.isVisible()
    ]
    for one, other in pairwise(shown_widgets):
        assert one.geometry().right() < other.geometry().left()
        assert one.width() >= one.minimumSizeHint().width()
    assert shown_widgets[-1].geometry().right() < bar.width()
    assert {bar.approve, bar.deny, bar.approve_all, bar.find_field} <= set(shown_widgets)
    if width >= 1024:
        assert {bar.undecide, bar.send_again} <= set(shown_widgets)
