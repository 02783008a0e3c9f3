"""Ctrl+Y in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import CTRL, decisions, focused, press, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


def line(window: MainWindow) -> str:
    return window.status_bar.left.text()


def redo() -> None:
    press(Key.Key_Y, CTRL)


def undo() -> None:
    press(Key.Key_Z, CTRL)


def test_an_approval_is_sent_again_and_the_line_says_so(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = [stage.ask(number) for number in (1, 2)]
    wait_rows(qtbot, window, 2)
    redo()
    assert line(window) == "There is nothing to redo."
    window.table.select_keys(keys[:1])
    press(Key.Key_A)
    undo()
    stage.air.take()
    redo()
    assert line(window) == (
        "Redone. 00:04:13:00:00:01 is approved again. 1 was sent its URL late, "
        "which not every phone accepts."
    )
    assert stage.air.starts() == ["NOTIFY 192.0.2.101"]
    undo()
    assert line(window) == (
        "Undone. 00:04:13:00:00:01 is undecided again. It was sent its URL already; that cannot be"
        " undone."
    )
    window.table.select_keys(keys)
    press(Key.Key_D)
    redo()
    assert line(window) == "There is nothing to redo.", "a new decision"
    assert decisions(stage) == [Decision.DENIED] * 2


def test_a_denial_is_redone_and_sends_nothing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    press(Key.Key_A, CTRL)
    press(Key.Key_D)
    press(Key.Key_D)
    assert line(window) == "2 phones are already denied. They get no answer."
    undo()
    assert decisions(stage) == [Decision.UNDECIDED] * 2, "the second D was no step"
    redo()
    assert line(window) == "Redone. 2 phones are denied again."
    assert stage.air.sent == []
    press(Key.Key_U)
    press(Key.Key_U)
    assert line(window).startswith("2 phones are already undecided.")


def test_one_that_changed_since_is_left_and_counted(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_A)
    undo()
    stage.air.take()
    stage.ask(1, tag="other", address="198.51.100.9")
    redo()
    assert line(window) == "1 changed since the undo and was left as it is."
    assert stage.air.sent == []


def test_in_a_text_field_it_redoes_the_typing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_D)
    undo()
    press(Key.Key_F, CTRL)
    QTest.keyClicks(focused(), "snom")
    undo()
    assert window.action_bar.find_field.text() == ""
    redo()
    assert window.action_bar.find_field.text() == "snom"
    redo()
    assert decisions(stage) == [Decision.UNDECIDED]
