"""Ctrl+Z in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from tests.ui.hands import CTRL, decisions, focused, press, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def line(window: MainWindow) -> str:
    return window.status_bar.left.text()


def status(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    return str(model.index(model.row_of(key), Column.STATUS).data())


def undo() -> None:
    press(Key.Key_Z, CTRL)


def test_an_approval_of_several_and_what_cannot_be_undone(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    for number in (1, 2):
        stage.ask(number)
    stage.bench.apply_sheet([SheetLine(1, "000413000009", None, None, None)])
    wait_rows(qtbot, window, 3)
    press(Key.Key_A, CTRL)
    press(Key.Key_A)
    stage.answer(stage.air.take()[1])
    undo()
    assert line(window) == (
        "Undone. 3 phones are undecided again. 2 were sent their URL already; that cannot be"
        " undone."
    )
    assert set(decisions(stage)) == {Decision.UNDECIDED}
    stage.air.expire(40)
    assert stage.air.sent == [], "nothing is repeated any more"


def test_one_phone_is_named(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    press(Key.Key_A)
    press(Key.Key_D)
    stage.air.take()
    undo()
    assert line(window) == "Undone. 00:04:13:00:00:01 is approved again. S sends the URL now."
    assert stage.air.sent == []
    undo()
    assert line(window) == (
        "Undone. 00:04:13:00:00:01 is undecided again. It was sent its URL already; that cannot be"
        " undone."
    )
    undo()
    assert line(window) == "There is nothing to undo."


def test_one_that_has_not_asked_is_not_said_to_be_sent_anything(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = "000413000009"
    stage.bench.apply_sheet([SheetLine(1, key, Decision.APPROVED, None, None)])
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    press(Key.Key_U)
    undo()
    assert line(window) == (
        "Undone. 00:04:13:00:00:09 is approved again. It gets its URL when it asks."
    )


def test_a_forgotten_phone_comes_back(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    press(Key.Key_Delete)
    press(Key.Key_Return)
    wait_rows(qtbot, window, 0)
    undo()
    wait_rows(qtbot, window, 1)
    assert line(window) == "Undone. 00:04:13:00:00:01 is back."
    assert not status(window, key).startswith("Asking"), "there is no request to answer any more"
    stage.air.take()
    window.table.select_keys([key])
    press(Key.Key_A)
    assert stage.air.sent == []
    assert line(window) == "00:04:13:00:00:01 approved. It gets its URL when it asks."
    press(Key.Key_S)
    assert line(window) == "Nothing was sent to 00:04:13:00:00:01. It gets its URL when it asks."
    stage.ask(1, tag="b")
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]


def test_a_refused_phone_that_was_forgotten_is_not_said_to_be_sent_anything(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    stage.bench.approve([key])
    stage.answer(stage.air.take()[1], "481 Gone")
    stage.bench.forget([key])
    stage.bench.undo()
    wait_rows(qtbot, window, 1)
    assert status(window, key) == "Refused 481: another server?"
    window.table.select_keys([key])
    press(Key.Key_A)
    assert stage.air.sent == []
    assert line(window) == "00:04:13:00:00:01 approved. It gets its URL when it asks."


def test_urls_labels_and_a_sheet(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    keys = [stage.ask(number) for number in (1, 2)]
    wait_rows(qtbot, window, 2)
    stage.bench.set_own_url(keys, "http://192.0.2.5/own")
    undo()
    assert line(window) == "Undone. 2 phones have their earlier URL again."
    stage.bench.set_label(keys[:1], "hall")
    undo()
    assert line(window) == "Undone. 00:04:13:00:00:01 has its earlier label again."
    stage.bench.apply_sheet(
        [
            SheetLine(1, keys[0], Decision.DENIED, None, None),
            SheetLine(2, keys[1], None, None, "door"),
            SheetLine(3, "000413000009", None, None, None),
        ]
    )
    undo()
    assert line(window) == (
        "Undone. 1 phone is undecided again. 1 phone has its earlier label again. 1 phone is"
        " removed from the table again."
    )


def test_in_a_text_field_it_undoes_the_typing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    press(Key.Key_D)
    press(Key.Key_F, CTRL)
    assert focused() is window.action_bar.find_field
    QTest.keyClicks(focused(), "snom")
    undo()
    assert window.action_bar.find_field.text() == ""
    undo()
    assert decisions(stage) == [Decision.DENIED]
