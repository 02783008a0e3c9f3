"""The whole window, by keys and clicks, on the real bench and responder."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phone import Decision
from pnp_gui.bench.sheet import SheetLine
from pnp_gui.trouble import Trouble
from pnp_gui.ui.columns import Column
from pnp_gui.ui.window import MainWindow
from tests.ui.hands import CTRL, decisions, focused, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def test_the_table_has_the_keyboard_at_the_start(window: MainWindow) -> None:
    assert focused() is window.table


def test_undecided_phones_get_nothing_and_ctrl_a_then_a_serves_them_all(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    assert stage.air.sent == []

    press(Key.Key_A, CTRL)
    press(Key.Key_A)

    served = sorted(stage.air.starts())
    assert served == sorted(
        f"{first} 192.0.2.{100 + n}" for n in (1, 2, 3) for first in ("SIP/2.0", "NOTIFY")
    )
    assert all(
        b"http://192.0.2.5/snom/{mac}.xml" in one.data
        for one in stage.air.sent
        if one.data.startswith(b"NOTIFY")
    )
    assert window.status.left.text() == (
        "3 phones approved. 3 were answered inside their own request."
    )


def test_d_u_and_s_on_the_selection(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([key])

    press(Key.Key_D)
    assert decisions(stage) == [Decision.DENIED, Decision.UNDECIDED]
    press(Key.Key_U)
    assert decisions(stage) == [Decision.UNDECIDED, Decision.UNDECIDED]
    press(Key.Key_S)
    assert stage.air.sent == []
    assert "not approved" in window.status.left.text()

    press(Key.Key_A)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]
    stage.answer(stage.air.take()[1])
    press(Key.Key_S)
    assert stage.air.starts() == ["NOTIFY 192.0.2.101"]
    assert "sent to 00:04:13:00:00:01 again" in window.status.left.text()


def test_the_sentence_tells_apart_how_the_approved_phones_were_served(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2, seconds_ago=40)
    stage.bench.apply_sheet([SheetLine(1, "000413000003", None, None, "Lobby")])
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    assert window.status.left.text() == (
        "3 phones approved."
        " 1 was answered inside its own request."
        " 1 was late, which not every phone takes."
        " 1 gets its URL when it asks."
    )


@pytest.mark.parametrize("way", ["find", "url", "editor"])
def test_letters_are_letters_where_somebody_types(
    stage: Stage, window: MainWindow, qtbot: QtBot, way: str
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_A, CTRL)
    if way == "find":
        press(Key.Key_F, CTRL)
    elif way == "url":
        press(Key.Key_L, CTRL)
    else:
        press(Key.Key_F2)
        qtbot.waitUntil(lambda: focused() is not window.table)
    for key in (Key.Key_A, Key.Key_D, Key.Key_U, Key.Key_S, Key.Key_Delete):
        press(key)
    assert decisions(stage) == [Decision.UNDECIDED]
    assert stage.air.sent == []
    assert window.problem_bar.line_for("forget") is None
    press(Key.Key_Escape)
    assert focused() is window.table


def test_the_buttons_act_and_leave_the_keyboard_in_the_table(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    QTest.mouseClick(window.action_bar.deny, Qt.MouseButton.LeftButton)
    assert decisions(stage) == [Decision.DENIED]
    QTest.mouseClick(window.action_bar.approve, Qt.MouseButton.LeftButton)
    assert decisions(stage) == [Decision.APPROVED]
    assert focused() is window.table


def test_a_click_on_the_toggle_in_a_row_approves_that_row(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    table = window.table
    row = table.phone_model.row_of("000413000002")
    cell = table.visualRect(table.phone_model.index(row, Column.DECISION))
    at = QPoint(cell.left() + cell.width() // 4, cell.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert decisions(stage) == [Decision.UNDECIDED, Decision.APPROVED]
    assert stage.air.starts() == ["SIP/2.0 192.0.2.102", "NOTIFY 192.0.2.102"]


def test_without_a_selection_the_window_says_what_to_do(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Key.Key_A)
    assert "no phone yet" in window.status.left.text()
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.clearSelection()
    press(Key.Key_A)
    assert "No phone is selected" in window.status.left.text()
    assert decisions(stage) == [Decision.UNDECIDED]


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


def test_forgetting_wants_a_second_key(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    line = window.problem_bar.line_for("forget")
    assert line is not None
    assert "Ctrl+Z brings them back" in line.sentence.text()
    assert len(stage.bench.phones) == 2
    press(Key.Key_Escape)
    assert window.problem_bar.line_for("forget") is None
    assert focused() is window.table

    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert stage.bench.phones == {}
    wait_rows(qtbot, window, 0)
    assert focused() is window.table


def test_copying_rows_says_how_many(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_C, CTRL)
    assert "00:04:13:00:00:02" in QGuiApplication.clipboard().text()
    assert window.status.left.text() == "2 rows are on the clipboard."


def test_f4_hides_the_pane_and_f5_stops_listening(stage: Stage, window: MainWindow) -> None:
    assert window.pane.isVisible()
    press(Key.Key_F4)
    assert not window.pane.isVisible()
    QTest.mouseClick(window.status.pane, Qt.MouseButton.LeftButton)
    assert window.pane.isVisible()
    press(Key.Key_F5)
    assert stage.net.listening
    press(Key.Key_F5)
    assert not stage.net.listening
    assert window.listen_bar.state.text() == "Not listening"


def test_hiding_the_pane_gives_the_keyboard_back(window: MainWindow) -> None:
    window.pane.text.setFocus()
    press(Key.Key_F4)
    assert focused() is window.table


def test_troubles_of_bench_and_network_show_and_go_by_themselves(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.net.troubles["port_busy"] = Trouble(
        "UDP port {port} is taken.", action="try_again", code="port_busy", port=5060
    )
    stage.net.changed.emit()
    line = window.problem_bar.line_for("port_busy")
    assert line is not None
    assert line.sentence.text() == "UDP port 5060 is taken."
    assert line.action is not None
    stage.net.troubles.clear()
    QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)
    assert stage.net.starts == 1
    assert window.problem_bar.isHidden()

    stage.bench.troubles["disk"] = Trouble("The disk is full.", code="disk")
    qtbot.waitUntil(lambda: window.problem_bar.line_for("disk") is not None, timeout=2000)
    del stage.bench.troubles["disk"]
    qtbot.waitUntil(window.problem_bar.isHidden, timeout=2000)


def test_a_trouble_put_away_comes_back_only_with_other_words(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.troubles["disk"] = Trouble("{n} MB are left.", code="disk", n=3)
    window.refresh()
    line = window.problem_bar.line_for("disk")
    assert line is not None
    assert line.dismiss is not None
    QTest.mouseClick(line.dismiss, Qt.MouseButton.LeftButton)
    window.refresh()
    assert window.problem_bar.isHidden()
    stage.bench.troubles["disk"] = Trouble("{n} MB are left.", code="disk", n=2)
    window.refresh()
    assert window.problem_bar.line_for("disk") is not None
    stage.bench.troubles.clear()


def test_details_go_to_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.show_trouble(
        Trouble("It broke.", code="internal", action="copy_details", details="Traceback …")
    )
    line = window.problem_bar.line_for("internal")
    assert line is not None
    assert line.action is not None
    QTest.mouseClick(line.action, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "It broke." in text
    assert "Traceback …" in text
    window.clear_trouble("internal")
    assert window.problem_bar.isHidden()


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


def test_a_bad_default_url_stays_in_the_field_and_is_told(stage: Stage, window: MainWindow) -> None:
    before = stage.bench.default_url
    press(Key.Key_L, CTRL)
    QTest.keyClicks(focused(), "http://a b/")
    press(Key.Key_Return)
    assert stage.bench.default_url == before
    assert window.listen_bar.url.is_wrong()
    line = window.problem_bar.line_for("default_url_refused")
    assert line is not None
    assert "position 9" in line.sentence.text()
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
    window = shown(stage, qtbot)
    window.resize(796, 640)
    window.splitter.setSizes([300, 260])
    press(Key.Key_F4)
    window.finish()
    again = shown(stage, qtbot)
    assert (again.width(), again.height()) == (796, 640)
    assert not again.pane.isVisible()
    press(Key.Key_F4)
    qtbot.waitUntil(lambda: abs(again.pane.height() - 260) < 60, timeout=2000)
    height = again.pane.height()
    press(Key.Key_F4)
    press(Key.Key_F4)
    qtbot.waitUntil(lambda: again.pane.height() == height, timeout=2000)


def test_counts_and_wire_are_in_the_status_bar(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.net.start()
    stage.ask(1)
    key = stage.ask(2)
    stage.bench.deny([key])
    stage.net.heard, stage.net.ignored = 31, 4
    qtbot.waitUntil(
        lambda: window.status.left.text() == "2 phones  ·  1 asking  ·  1 denied", timeout=3000
    )
    assert window.status.wire.text() == "UDP 5060  ·  2 network ports  ·  heard 31  ·  ignored 4"


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
        window.status.pane,
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
    box.close()


def test_the_question_to_forget_goes_when_something_else_is_decided(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in (1, 2)]
    wait_rows(qtbot, window, 2)
    window.table.select_keys([keys[0]])
    press(Key.Key_A)
    window.table.selectAll()
    press(Key.Key_Delete)
    assert window.problem_bar.line_for("forget") is not None
    press(Key.Key_Z, CTRL)
    assert decisions(stage) == [Decision.UNDECIDED] * 2
    assert window.problem_bar.line_for("forget") is None
    assert focused() is window.table
    press(Key.Key_Space)
    assert len(stage.bench.phones) == 2
