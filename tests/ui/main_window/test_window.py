"""The whole window, by keys and clicks: its parts, its bars, its URL, its beginning and its end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, focused, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def test_the_table_has_the_keyboard_at_the_start(window: MainWindow) -> None:
    assert focused() is window.table


class Painted(QObject):
    """Where a widget was each time it was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.at.append(watched.geometry())
        return False


def test_what_is_painted_first_is_laid_out(stage: Stage, qtbot: QtBot) -> None:
    """Windows paints a window that its loop shows before it lays out anew what was polished."""
    window = stage.window()
    qtbot.addWidget(window, before_close_func=lambda _: window.finish())
    watched = (window.status_bar.pane, window.action_bar, window.splitter)
    painted = [Painted(widget) for widget in watched]
    QTimer.singleShot(0, window, window.show)
    qtbot.waitUntil(lambda: all(one.at for one in painted))
    QApplication.sendPostedEvents()
    assert [one.at[0] for one in painted] == [widget.geometry() for widget in watched]


def test_find_narrows_and_escape_shows_all_again(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    press(Key.Key_F, CTRL)
    assert focused() is window.action_bar.find_field
    QTest.keyClicks(focused(), "00:04:13:00:00:02")
    wait_rows(qtbot, window, 1)
    assert window.action_bar.found.text() == "1 of 3 shown"
    press(Key.Key_Down)
    assert focused() is window.table
    press(Key.Key_F, CTRL)
    press(Key.Key_Return)
    assert focused() is window.table
    assert window.table.selected_keys() == ["000413000002"]
    press(Key.Key_F, CTRL)
    press(Key.Key_Escape)
    assert focused() is window.table
    assert window.action_bar.find_field.text() == ""
    wait_rows(qtbot, window, 3)


def test_copying_rows_says_how_many(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_C, CTRL)
    assert "00:04:13:00:00:02" in QGuiApplication.clipboard().text()
    assert window.status_bar.left.text() == "2 rows are on the clipboard."


def test_f4_hides_the_pane_and_f5_stops_listening(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    qtbot.waitUntil(window.detail_pane.isVisible, timeout=2000)
    press(Key.Key_F4)
    assert not window.detail_pane.isVisible()
    QTest.mouseClick(window.status_bar.pane, Qt.MouseButton.LeftButton)
    assert window.detail_pane.isVisible()
    press(Key.Key_F5)
    assert stage.net.listening
    press(Key.Key_F5)
    assert not stage.net.listening
    assert window.listen_bar.state.text() == "Not listening"


def test_hiding_the_pane_gives_the_keyboard_back(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    qtbot.waitUntil(window.detail_pane.isVisible, timeout=2000)
    window.detail_pane.text.setFocus()
    press(Key.Key_F4)
    assert focused() is window.table


def test_a_new_default_url_is_what_phones_get(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_L, CTRL)
    QTest.keyClicks(focused(), "http://192.0.2.9/${mac}.cfg")
    press(Key.Key_Return)
    assert focused() is window.table
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert stage.air.sent[1].data.endswith(b"\r\n\r\nhttp://192.0.2.9/000413000001.cfg")


def test_a_bad_default_url_stays_in_the_field_and_is_told_once(
    stage: Stage, window: MainWindow
) -> None:
    before = stage.bench.urls.default
    press(Key.Key_L, CTRL)
    QTest.keyClicks(focused(), "http://a b/")
    press(Key.Key_Return)
    assert stage.bench.urls.default == before
    url = window.listen_bar.url
    assert url.is_wrong()
    card = url._card
    assert card is not None
    assert card.isVisible()
    assert "position 9" in url.line.accessibleDescription()
    assert window.problem_bar.isHidden()
    press(Key.Key_Tab)
    assert not card.isVisible()
    line = window.problem_bar.line_for("default_url_refused")
    assert line is not None
    assert "position 9" in line.sentence.text()
    press(Key.Key_L, CTRL)
    assert card.isVisible()
    assert window.problem_bar.isHidden()
    press(Key.Key_Escape)
    assert window.listen_bar.url.currentText() == before
    assert window.problem_bar.isHidden()
    assert focused() is window.table


def test_closing_only_asks(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.close_requested):
        press(Key.Key_Q, CTRL)
    window.finish()
    assert not window.isVisible()


def test_size_and_panes_are_as_they_were(stage: Stage, qtbot: QtBot) -> None:
    stage.ask(1)
    window = shown(stage, qtbot)
    window.resize(796, 640)
    window.splitter.moveSplitter(window.splitter.height() - 265, 1)
    press(Key.Key_F4)
    window.finish()
    again = shown(stage, qtbot)
    assert (again.width(), again.height()) == (796, 640)
    assert not again.detail_pane.isVisible()
    press(Key.Key_F4)
    qtbot.waitUntil(lambda: abs(again.detail_pane.height() - 260) < 60, timeout=2000)
    height = again.detail_pane.height()
    press(Key.Key_F4)
    press(Key.Key_F4)
    qtbot.waitUntil(lambda: again.detail_pane.height() == height, timeout=2000)


def test_counts_and_wire_are_in_the_status_bar(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1000, 700)
    stage.net.start()
    stage.ask(1)
    key = stage.ask(2)
    stage.bench.deny([key])
    stage.net.heard, stage.net.ignored = 31, 4
    qtbot.waitUntil(
        lambda: window.status_bar.counts.text() == "2 phones  ·  1 asking  ·  1 denied",
        timeout=3000,
    )
    assert (
        window.status_bar.wire.text() == "UDP 5060  ·  2 interfaces  ·  requests 31  ·  ignored 4"
    )


def test_every_control_has_a_name_and_can_be_reached(window: MainWindow) -> None:
    reached = set()
    at: QWidget = window.table
    for _ in range(200):
        following = at.nextInFocusChain()
        assert following is not None
        at = following
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(at)
    assert {
        window.listen_bar.state,
        window.listen_bar.toggle,
        window.listen_bar.url,
        window.action_bar.approve,
        window.action_bar.find_field,
        window.table,
        window.status_bar.pane,
    } <= reached
    for widget in reached:
        assert widget.accessibleName(), widget
        assert widget.accessibleDescription() or widget.toolTip(), widget


@pytest.mark.parametrize("width", [1024, 1280])
def test_no_button_is_cut(window: MainWindow, qtbot: QtBot, width: int) -> None:
    window.resize(width, 700)
    qtbot.wait(50)
    assert window.width() == width
    bars = (window.action_bar, window.listen_bar)
    for widget in (one for bar in bars for one in bar.findChildren(QWidget) if one.isVisible()):
        if widget.parentWidget() in bars:
            assert widget.width() >= widget.minimumSizeHint().width(), widget
            assert widget.geometry().right() < width


def test_about_names_version_and_licence(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.about.trigger()
    box = QApplication.activeModalWidget()
    assert box is not None
    text = box.property("informativeText")
    assert "LGPL" in text
    assert "Help > Licence texts" in text  # what the bundle contains differs
    box.close()


def test_the_empty_window_shows_two_steps_and_no_empty_pane(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.set_default_url(FACTORY_URL)
    stage.net.start()
    assert window.table.empty_text()[0].startswith("1. Type your URL at the top (Ctrl+L)")
    assert "2. Plug in a phone" in window.table.empty_text()[0]
    assert not window.detail_pane.isVisible()
    press(Key.Key_F4)
    press(Key.Key_F4)
    assert not window.detail_pane.isVisible()
    assert "There are no phones yet" in window.status_bar.left.text()
    press(Key.Key_F9)
    assert window.log_page.isVisible()
    press(Key.Key_F9)
    press(Key.Key_F4)
    press(Key.Key_L, CTRL)
    QTest.keyClicks(focused(), "http://192.0.2.9/{mac}")
    press(Key.Key_Return)
    assert window.table.empty_text()[0].startswith("1. Your URL: http://192.0.2.9/{mac}")
    key = stage.ask(1)
    qtbot.waitUntil(window.detail_pane.isVisible, timeout=2000)
    assert window.detail_pane.key == key
    stage.bench.forget([key])
    qtbot.waitUntil(lambda: not window.detail_pane.isVisible(), timeout=2000)
