"""A bar code scanner as the window meets it: a keyboard that types lines without a pause."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.mac import show_mac
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, focused, press, shown, wait_rows
from tests.ui.scanner import Ears, approved, scan, switch_on
from tests.ui.stage import Stage

pytestmark = pytest.mark.usefixtures("ears")

Key = Qt.Key


def test_it_is_off_at_every_start_and_enter_only_finds(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    mac = stage.ask(1)
    wait_rows(qtbot, window, 1)
    assert not window.action_bar.scan_switch.isChecked()
    press(Key.Key_F, CTRL)
    scan(mac)
    assert approved(stage) == set()
    assert stage.air.sent == []

    switch_on(window)
    window.finish()
    again = shown(stage, qtbot)
    assert not again.action_bar.scan_switch.isChecked()
    assert not again.actions_.scan_approves.isChecked()


def test_of_a_make_that_names_no_mac_it_is_said_how_else_it_is_approved(
    stage: Stage, window: MainWindow
) -> None:
    switch_on(window)
    scan("00908F112233")
    assert approved(stage) == {"00908F112233"}
    assert "AudioCodes phones send no MAC" in window.status_bar.left.text()
    scan("000413112233")
    assert "send no MAC" not in window.status_bar.left.text()


def test_a_known_phone_is_approved_answered_and_shown(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears
) -> None:
    stage.ask(1)
    mac = stage.ask(2)
    stage.ask(3)
    wait_rows(qtbot, window, 3)
    switch_on(window)
    scan(show_mac(mac))
    assert approved(stage) == {mac}
    assert stage.air.starts() == ["SIP/2.0 192.0.2.102", "NOTIFY 192.0.2.102"]
    assert window.table.selected_keys() == [mac]
    assert window.table.current_key() == mac
    assert ears.heard == ["good"]
    assert window.status_bar.left.text() == ("00:04:13:00:00:02 approved and answered in time.")
    assert window.action_bar.found.text() == "1 scanned"
    assert focused() is window.action_bar.find_field
    assert window.action_bar.find_field.text() == ""


def test_an_unknown_phone_is_added_approved_and_waits_for_it_to_ask(
    stage: Stage, window: MainWindow, ears: Ears
) -> None:
    switch_on(window)
    scan("SN 4711 MAC:000413000009")
    assert approved(stage) == {"000413000009"}
    phone = stage.bench.phones["000413000009"]
    assert status_of(phone, 0.0) is StatusKind.WAITING
    assert window.table.selected_keys() == ["000413000009"]
    assert "added and approved" in window.status_bar.left.text()
    assert ears.heard == ["good"]
    stage.ask(9)
    assert stage.air.starts() == ["SIP/2.0 192.0.2.109", "NOTIFY 192.0.2.109"]


def test_a_bad_code_says_so_and_changes_nothing(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    switch_on(window)
    scan("4006381333931")
    assert approved(stage) == set()
    assert len(stage.bench.phones) == 1
    assert ears.heard == ["bad"]
    assert "no MAC in the code “4006381333931”" in window.status_bar.left.text()
    line = window.problem_bar.line_for("scan")
    assert line is not None
    assert "nothing was changed" in line.sentence.text()
    scan("FFFFFFFFFFFF")
    line = window.problem_bar.line_for("scan")
    assert line is not None
    assert "2 codes were not accepted" in line.sentence.text()
    assert window.action_bar.found.text() == "0 scanned, 2 not accepted"
    # A good one takes the line back; the count remembers the bad ones.
    scan("000413000001")
    assert window.problem_bar.line_for("scan") is None
    assert window.action_bar.found.text() == "1 scanned, 2 not accepted"
    scan("FFFFFFFFFFFF")
    press(Key.Key_B, CTRL)
    assert window.problem_bar.line_for("scan") is None


@pytest.mark.parametrize(
    "end", [Key.Key_Return, Key.Key_Enter, Key.Key_Tab, "\n", "ctrl+j"], ids=str
)
def test_a_burst_of_fifty_counts_each_and_mixes_none(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears, end: Qt.Key | str
) -> None:
    known = {stage.ask(number) for number in range(10)}
    wait_rows(qtbot, window, 10)
    switch_on(window)
    macs = [f"0004130000{number:02X}" for number in range(50)]
    for mac in macs:
        scan(mac, end)
    assert approved(stage) == set(macs) == set(stage.bench.phones)
    assert ears.heard == ["good"] * 50
    assert len([one for one in stage.air.starts() if one.startswith("NOTIFY")]) == len(known)
    assert window.action_bar.found.text() == "50 scanned"
    assert window.table.selected_keys() == [macs[-1]]
    assert focused() is window.action_bar.find_field


def test_cr_and_lf_end_one_line(stage: Stage, window: MainWindow, ears: Ears) -> None:
    switch_on(window)
    scan("000413000001")
    scan("", "\n")
    scan("000413000002")
    scan("", "\n")
    assert ears.heard == ["good", "good"]
    assert len(approved(stage)) == 2


def test_tab_in_the_empty_field_goes_on(window: MainWindow) -> None:
    switch_on(window)
    press(Key.Key_Tab)
    assert focused() is not window.action_bar.find_field


def test_with_it_off_a_scan_finds_its_phone_and_the_field_waits_for_the_next(
    stage: Stage, window: MainWindow, qtbot: QtBot, ears: Ears
) -> None:
    for number in (1, 2):
        stage.ask(number)
    wait_rows(qtbot, window, 2)
    press(Key.Key_F, CTRL)
    scan("000413000002")
    assert window.table.selected_keys() == ["000413000002"]
    assert focused() is window.action_bar.find_field
    scan("000413000001")
    assert window.table.selected_keys() == ["000413000001"]
    scan("0004130000DA")
    assert ears.heard == ["good", "good", "bad"]
    assert "not known" in window.status_bar.left.text()
    assert approved(stage) == set()
    assert len(stage.bench.phones) == 2


def test_a_denied_phone_is_approved_and_the_line_says_what_it_was(
    stage: Stage, window: MainWindow
) -> None:
    mac = stage.ask(1)
    stage.bench.deny([mac])
    switch_on(window)
    scan(mac)
    assert approved(stage) == {mac}
    assert "It was denied before." in window.status_bar.left.text()
    scan(mac)
    assert "already approved" in window.status_bar.left.text()


def test_the_check_box_and_the_menu_switch_it_as_well(window: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(window.action_bar.scan_switch, Qt.MouseButton.LeftButton)
    assert window.actions_.scan_approves.isChecked()
    assert focused() is window.action_bar.find_field
    window.actions_.scan_approves.trigger()
    assert not window.actions_.scan_approves.isChecked()
    assert not window.action_bar.scan_switch.isChecked()


def test_ctrl_z_in_the_empty_scan_field_takes_the_last_scan_back(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    switch_on(window)
    scan(first)
    scan(second)
    scan("000413DDEE01")
    field = window.action_bar.find_field
    press(Key.Key_Z, CTRL)
    assert field.text() == ""
    assert "000413DDEE01" not in stage.bench.phones
    press(Key.Key_Z, CTRL)
    assert approved(stage) == {first}
    press(Key.Key_Y, CTRL)
    assert approved(stage) == {first, second}
    press(Key.Key_Z, CTRL)
    # What is being typed is the field's own.
    for letter in "0004":
        QTest.keyClicks(field, letter)
    press(Key.Key_Z, CTRL)
    assert approved(stage) == {first}
    assert field.text() != "0004"


def test_a_whole_mac_is_seen_in_the_find_field(window: MainWindow, qtbot: QtBot) -> None:
    field = window.action_bar.find_field
    window.resize(1280, 760)
    press(Key.Key_F, CTRL)
    scan("00:04:13:A2:10:5F", Key.Key_End)
    qtbot.wait(50)
    clear = max(field.findChildren(QToolButton), key=lambda button: button.x())
    assert field.cursorRect().right() < clear.geometry().left()
    press(Key.Key_Home)
    begin = field.cursorRect().left()
    assert begin > 0
    press(Key.Key_End)
    text = field.fontMetrics().horizontalAdvance(field.text())
    assert field.cursorRect().left() - begin >= text - 2
    assert abs(clear.geometry().center().y() - field.rect().center().y()) <= 1
