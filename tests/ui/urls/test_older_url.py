"""A changed URL after acceptances: who has the old one is seen, counted, found, sent the new."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.urls.older_notice import OLDER_URL
from tests.ui.hands import CTRL, focused, press, shown, wait_rows, write
from tests.ui.history.served import serve
from tests.ui.stage import Stage

Key = Qt.Key
NEW = "http://192.0.2.5/new/{mac}.xml"


def line(window: MainWindow) -> str:
    window.refresh()
    shown = window.problem_bar.line_for(OLDER_URL)
    return "" if shown is None else shown.sentence.text()


def status(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    model.flush()
    return str(model.index(model.row_of(key), Column.STATUS).data())


@pytest.fixture
def keys(stage: Stage, window: MainWindow, qtbot: QtBot) -> list[str]:
    keys = serve(stage, window, qtbot, *range(1, 11))
    stage.air.take()
    wait_rows(qtbot, window, 10)
    return keys


def test_ten_phones_have_the_old_url_until_they_accept_the_new_one(
    stage: Stage, window: MainWindow, qtbot: QtBot, keys: list[str]
) -> None:
    assert line(window) == ""
    press(Key.Key_L, CTRL)
    write(NEW)
    press(Key.Key_Return)
    assert line(window) == "10 phones have the old URL; S sends them the new one."
    assert {status(window, key) for key in keys} == {"Accepted · older URL"}
    window._show_counts()
    assert "10 older URL" in window.status_bar.counts.text()
    assert "accepted" not in window.status_bar.counts.text()

    press(Key.Key_F, CTRL)
    write("older")
    wait_rows(qtbot, window, 10)
    write("accepted 2")
    window.table.set_only(Decision.DENIED)
    shown = window.problem_bar.line_for(OLDER_URL)
    assert shown is not None
    assert shown.action is not None
    assert shown.action.text() == "Select them"
    QTest.mouseClick(shown.action, Qt.MouseButton.LeftButton)
    assert sorted(window.table.selected_keys()) == keys
    assert focused() is window.table

    stage.bench.send_again(keys[:3])
    assert line(window) == "7 phones have the old URL; S sends them the new one."
    press(Key.Key_S)
    notifies = stage.air.take()
    assert len(notifies) >= 10
    assert line(window) == ""
    for notify in notifies:
        stage.answer(notify)
    assert not any("older" in status(window, key) for key in keys)


def test_the_pane_says_what_it_has_and_what_it_would_get(
    stage: Stage, window: MainWindow, keys: list[str]
) -> None:
    pane = window.detail_pane
    window.table.select_keys(keys[:1])
    assert not pane.has.isVisible()
    old = pane.url.text()
    stage.bench.set_own_url(keys[:1], NEW)
    window.table.phone_model.flush()
    assert pane.has.isVisible()
    assert pane.has.text().startswith(f"Has: {old} (")
    assert pane.url.text() == f"Would get now: {NEW}, S sends it"
    assert line(window) == "1 phone has the old URL; S sends it the new one."
    stage.bench.undo()
    window.table.phone_model.flush()
    assert not pane.has.isVisible()
    assert pane.url.text() == old
    assert line(window) == ""


def test_after_a_restart_only_phones_that_asked_again_are_said_to_be_sent_it(
    stage: Stage, window: MainWindow, qtbot: QtBot, keys: list[str]
) -> None:
    window.finish()
    stage.bench.close()
    again = Stage(stage.folder)
    window = shown(again, qtbot)
    again.bench.set_own_url(keys[:1], NEW)
    assert line(window) == "1 phone has the old URL and gets the new one when it asks."
    again.bench.set_own_url(keys[:2], NEW)
    assert line(window) == (
        "2 phones have the old URL and get the new one when they ask; S sends it now to those "
        "that have asked since the program started."
    )
    window.table.select_keys(keys[:1])
    press(Key.Key_A)
    assert window.status_bar.left.text() == (
        "00:04:13:00:00:01 is already approved and was sent its URL. It gets it again when it asks."
    )
    press(Key.Key_A, CTRL)
    press(Key.Key_D)
    press(Key.Key_Z, CTRL)
    assert window.status_bar.left.text() == (
        "Undone. 10 phones are approved again. 10 get their URL when they ask."
    )
    assert again.air.take() == []
    window.finish()
    again.bench.close()


def test_the_line_stays_hidden_until_the_next_change(
    stage: Stage, window: MainWindow, keys: list[str]
) -> None:
    stage.bench.set_default_url(NEW)
    assert line(window)
    shown = window.problem_bar.line_for(OLDER_URL)
    assert shown is not None
    assert shown.dismiss is not None
    shown.dismiss.click()
    stage.bench.send_again(keys[:1])
    stage.answer(stage.air.take()[-1])
    assert line(window) == ""
    stage.bench.set_default_url(f"{NEW}?2")
    assert line(window).startswith("10 phones")
