"""New phones: the mark in the row and when it goes; one notice when the window is not in front."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.store import settings
from pnp_gui.ui.main_window import notifications
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table import seen
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.seen import in_front
from tests.bench.rig import ask
from tests.ui.hands import find_mac, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


class Heard:
    """What the technician would have seen and heard outside of the window."""

    def __init__(self) -> None:
        self.alerts = 0
        self.beeps = 0
        self.bubbles: list[str] = []

    def alert(self, window: QWidget, milliseconds: int = 0) -> None:
        self.alerts += 1

    def beep(self) -> None:
        self.beeps += 1


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(QApplication, "alert", heard.alert)
    monkeypatch.setattr(QApplication, "beep", heard.beep)
    monkeypatch.setattr(notifications, "GATHER_MS", 150)
    return heard


def go_away(qtbot: QtBot, window: MainWindow) -> None:
    window.showMinimized()
    qtbot.waitUntil(lambda: not in_front(window), timeout=2000)


def come_back(qtbot: QtBot, window: MainWindow) -> None:
    window.showNormal()
    window.activateWindow()
    qtbot.waitUntil(lambda: in_front(window), timeout=2000)


def spoken(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    index = model.index(model.row_of(key), Column.PHONE)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


# ---- the mark


def test_a_new_phone_is_marked_until_it_is_selected(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    assert spoken(window, first) == "Phone: 00:04:13:00:00:01, new"
    model = window.table.phone_model
    tip = model.index(model.row_of(first), Column.PHONE).data(Qt.ItemDataRole.ToolTipRole)
    assert "New" in tip
    window.table.select_keys([first])
    assert spoken(window, first) == "Phone: 00:04:13:00:00:01"
    assert spoken(window, second) == "Phone: 00:04:13:00:00:02, new"


def test_the_mark_is_painted_in_the_first_cell_of_the_row(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    table = window.table
    cell = table.visualRect(table.phone_model.index(0, Column.PHONE))
    marked = table.viewport().grab(cell).toImage()
    stage.bench.mark_seen([key])
    qtbot.waitUntil(lambda: table.viewport().grab(cell).toImage() != marked, timeout=2000)


def test_it_goes_after_some_seconds_in_sight_but_not_behind_other_windows(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "SEEN_AFTER_S", 1.0)
    go_away(qtbot, window)
    key = stage.ask(1)
    qtbot.wait(1800)
    assert stage.bench.unseen == {key}
    come_back(qtbot, window)
    qtbot.waitUntil(lambda: not stage.bench.unseen, timeout=5000)


def test_a_phone_out_of_sight_stays_marked(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "SEEN_AFTER_S", 0.6)
    for number in range(1, 60):
        stage.ask(number)
    wait_rows(qtbot, window, 59)
    in_view = set(window.table.keys_in_view())
    assert 5 < len(in_view) < 40
    qtbot.waitUntil(lambda: not (stage.bench.unseen & in_view), timeout=5000)
    assert len(stage.bench.unseen) == 59 - len(in_view)


# ---- the notice


def test_many_phones_at_once_make_one_notice(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard
) -> None:
    go_away(qtbot, window)
    for number in range(1, 40):
        stage.ask(number)
        if number % 8 == 0:
            qtbot.wait(30)
    qtbot.waitUntil(lambda: heard.alerts > 0, timeout=3000)
    stage.ask(50)
    qtbot.wait(500)
    assert (heard.alerts, heard.beeps) == (1, 1)


def test_a_phone_that_asks_over_and_over_is_told_of_once_until_somebody_looks(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PAUSE_MS", 0)
    go_away(qtbot, window)
    key = stage.ask(1, seconds_ago=200)
    qtbot.waitUntil(lambda: heard.alerts == 1, timeout=3000)
    stage.ask(1, tag="b", seconds_ago=100)
    qtbot.wait(500)
    assert heard.alerts == 1
    come_back(qtbot, window)
    window.table.clearSelection()
    window.table.select_keys([key])
    assert stage.bench.unseen == set()
    window.table.clearSelection()
    qtbot.wait(250)
    go_away(qtbot, window)
    stage.ask(1, tag="c")
    qtbot.waitUntil(lambda: heard.alerts == 2, timeout=3000)


def test_nothing_is_told_to_somebody_who_looks_or_came_back_meanwhile(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard
) -> None:
    stage.ask(1)
    qtbot.wait(500)
    go_away(qtbot, window)
    stage.ask(2)
    qtbot.wait(120)
    come_back(qtbot, window)
    qtbot.wait(500)
    assert (heard.alerts, heard.beeps) == (0, 0)


def test_a_phone_whose_mac_is_found_is_no_other_one(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PAUSE_MS", 0)
    go_away(qtbot, window)
    key = stage.ask_without_mac(7)
    qtbot.waitUntil(lambda: heard.alerts == 1, timeout=3000)
    find_mac(stage, window, qtbot, key, "00908F000007")
    assert stage.bench.unseen == {"00908F000007"}
    qtbot.wait(500)
    assert heard.alerts == 1
    stage.ask(2)
    qtbot.waitUntil(lambda: heard.alerts == 2, timeout=3000)


def test_decided_phones_make_no_notice(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard
) -> None:
    keys = [stage.ask(number, seconds_ago=100) for number in (1, 2)]
    stage.bench.approve(keys[:1])
    stage.bench.deny(keys[1:])
    go_away(qtbot, window)
    for number in (1, 2):
        stage.ask(number, tag="b")
    qtbot.wait(500)
    assert heard.alerts == 0


def test_notice_and_sound_can_be_switched_off_and_stay_so(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PAUSE_MS", 0)
    do = window.actions_
    assert (do.notify.isChecked(), do.sound.isChecked()) == (True, True)
    do.sound.trigger()
    go_away(qtbot, window)
    stage.ask(1)
    qtbot.waitUntil(lambda: heard.alerts == 1, timeout=3000)
    assert heard.beeps == 0
    do.notify.trigger()
    assert not do.sound.isEnabled()
    stage.ask(2)
    qtbot.wait(500)
    assert heard.alerts == 1
    assert stage.bench.setting(settings.NOTICES) is False
    assert stage.bench.setting(settings.NOTICE_SOUND) is False
    window.finish()
    again = shown(stage, qtbot)
    assert not again.actions_.notify.isChecked()
    assert not again.actions_.sound.isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")
def test_the_tray_says_who_asks_and_leads_back(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_texts: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda self, title, text, icon: shown_texts.append(text)
    )
    go_away(qtbot, window)
    for number in (1, 2, 3):
        stage.ask(number)
    qtbot.waitUntil(lambda: bool(shown_texts), timeout=3000)
    assert shown_texts == ["3 phones ask: 3 snom"]
    tray = window.notifications.findChild(QSystemTrayIcon)
    assert tray is not None
    assert tray.isVisible()
    tray.messageClicked.emit()
    qtbot.waitUntil(lambda: in_front(window), timeout=2000)
    qtbot.waitUntil(lambda: not tray.isVisible(), timeout=2000)


def test_without_a_tray_there_is_no_icon_and_no_error(
    stage: Stage, window: MainWindow, qtbot: QtBot, heard: Heard
) -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    go_away(qtbot, window)
    stage.ask(1)
    qtbot.waitUntil(lambda: heard.alerts == 1, timeout=3000)
    assert window.notifications.findChild(QSystemTrayIcon) is None


def test_a_tray_that_fails_goes_to_the_log_and_the_rest_is_told(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> bool:
        raise RuntimeError("no bus")

    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", fail)
    go_away(qtbot, window)
    stage.ask(1)
    qtbot.waitUntil(lambda: heard.beeps == 1, timeout=3000)
    assert heard.alerts == 1
    assert "could not show a notification in the tray" in caplog.text


def test_the_words_count_the_makes(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    phones = stage.bench.phones
    assert (
        window.notifications.text_for([phones[key]]) == "A phone asks: snom snomD785 at 192.0.2.101"
    )
    made = [phones[stage.ask(number)] for number in range(2, 12)]
    for phone, make in zip(
        made, ["Yealink", "Yealink", "Fanvil", "Htek", "Poly", "", "Yealink"], strict=False
    ):
        phone.subscribed(ask(phone.key, make=make), 0.0, 0.0, again=True)
    text = window.notifications.text_for([phones[key], *made])
    assert text == "11 phones ask: 4 snom, 3 Yealink, 1 Fanvil, 1 Htek, 2 others"


def test_a_press_in_the_window_is_looking_too(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    assert window.table.selected_keys() == [*stage.bench.unseen], "by itself: nobody looked"
    press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stage.bench.unseen == set(), timeout=2000)
