"""R in the real window: what is sent, and what row and status line say of the phone's answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import Outgoing
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from tests.ui.hands import CTRL, find_mac, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    stage.net.start()
    return shown(stage, qtbot)


def accepted(stage: Stage, window: MainWindow, qtbot: QtBot, *numbers: int) -> list[str]:
    """These phones have asked, were approved and took their URL; they are selected."""
    keys = [stage.ask(number) for number in numbers]
    wait_rows(qtbot, window, len(stage.bench.phones))
    stage.bench.approve(keys)
    for notify in [one for one in stage.air.take() if one.data.startswith(b"NOTIFY")]:
        stage.answer(notify)
    window.table.select_keys(keys)
    return keys


def asked(stage: Stage) -> dict[str, Outgoing]:
    """The questions that went out since, by address."""
    sent = stage.air.take()
    assert all(b"\r\nEvent: check-sync;reboot=true\r\n" in one.data for one in sent)
    return {one.remote[0]: one for one in sent}


def status(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    return str(model.index(model.row_of(key), Column.STATUS).data())


def wait_line(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.waitUntil(lambda: window.status_bar.left.text() == text, timeout=3000)


@pytest.mark.parametrize(
    ("answer", "in_row", "in_line"),
    [
        (
            "200 OK",
            "Rebooting since ",
            "00:04:13:00:00:01 is rebooting: it answered 200 OK.",
        ),
        (
            "401 Unauthorized",
            "No reboot: password required",
            "00:04:13:00:00:01 requires a password to reboot (401 Unauthorized). Reboot it by "
            "hand.",
        ),
        (
            "407 ",
            "No reboot: password required",
            "00:04:13:00:00:01 requires a password to reboot (407). Reboot it by hand.",
        ),
        (
            "481 Subscription does not exist",
            "No reboot: refused 481",
            "00:04:13:00:00:01 refused to reboot: 481 Subscription does not exist.",
        ),
    ],
)
def test_row_and_line_say_what_the_phone_answered(
    stage: Stage, window: MainWindow, qtbot: QtBot, answer: str, in_row: str, in_line: str
) -> None:
    [key] = accepted(stage, window, qtbot, 1)
    press(Key.Key_R)
    question = asked(stage)["192.0.2.101"]
    assert window.status_bar.left.text() == (
        "00:04:13:00:00:01 was asked to reboot, waiting for its answer."
    )
    assert status(window, key) == "Asked to reboot, waiting"
    stage.answer(question, answer)
    wait_line(qtbot, window, in_line)
    assert status(window, key).startswith(in_row)
    tip = window.table.phone_model
    text = tip.index(tip.row_of(key), Column.STATUS).data(Qt.ItemDataRole.ToolTipRole)
    assert text.startswith(answer.strip())


def test_no_answer_is_said_after_32_s(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    [key] = accepted(stage, window, qtbot, 1)
    press(Key.Key_R)
    stage.air.expire(33)
    assert len(stage.air.sent) == 11
    wait_line(qtbot, window, "00:04:13:00:00:01 did not answer the reboot request for 32 s.")
    assert status(window, key) == "No reboot: no answer"


def test_when_it_asks_again_its_usual_status_is_back(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    [key] = accepted(stage, window, qtbot, 1)
    press(Key.Key_R)
    stage.answer(asked(stage)["192.0.2.101"])
    stage.ask(1, tag="b")
    stage.answer(stage.air.take()[1])
    assert status(window, key).startswith("Accepted ")


def test_a_phone_that_is_not_approved_is_told_so_and_gets_nothing(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    for decide in (Key.Key_U, Key.Key_D):
        press(decide)
        press(Key.Key_R)
        assert window.status_bar.left.text() == (
            "00:04:13:00:00:01 is not approved, so it was not asked to reboot. A approves it."
        )
    assert stage.air.sent == []


def test_a_phone_not_heard_in_this_run_is_not_asked(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.bench.apply_sheet([SheetLine(1, "000413000009", Decision.APPROVED, None, "hall")])
    wait_rows(qtbot, window, 1)
    press(Key.Key_A, CTRL)
    press(Key.Key_R)
    assert "cannot be asked to reboot before it asks" in window.status_bar.left.text()
    assert stage.air.sent == []


def test_while_nothing_is_listened_on_nobody_is_asked(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    accepted(stage, window, qtbot, 1)
    stage.net.stop()
    press(Key.Key_R)
    assert (
        window.status_bar.left.text()
        == "Not listening, so no phone was asked to reboot. F5 starts listening."
    )
    assert stage.air.sent == []


def test_a_second_r_asks_nobody_twice(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    accepted(stage, window, qtbot, 1)
    press(Key.Key_R)
    press(Key.Key_R)
    assert len(stage.air.sent) == 1
    assert "already been asked to reboot" in window.status_bar.left.text()
    stage.answer(asked(stage)["192.0.2.101"])
    wait_line(qtbot, window, "00:04:13:00:00:01 is rebooting: it answered 200 OK.")


def test_a_selection_is_summed_up_as_the_answers_come(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    accepted(stage, window, qtbot, 1, 2, 3, 4)
    stage.ask(5)
    stage.bench.apply_sheet([SheetLine(1, "000413000009", Decision.APPROVED, None, None)])
    wait_rows(qtbot, window, 6)
    press(Key.Key_A, CTRL)
    press(Key.Key_R)
    press(Key.Key_Return)
    questions = asked(stage)
    assert len(questions) == 4
    assert window.status_bar.left.text() == (
        "4 phones were asked to reboot, waiting for their answers. 1 is not approved and was not"
        " asked. 1 cannot be asked before it asks for its URL."
    )
    stage.answer(questions["192.0.2.101"])
    stage.answer(questions["192.0.2.102"], "401 Unauthorized")
    wait_line(
        qtbot, window, "1 phone is rebooting. 1 requires a password. 2 have not answered yet."
    )
    stage.answer(questions["192.0.2.103"], "603 Decline")
    stage.ask(1, tag="b")  # back already: it still counts as rebooting
    stage.air.expire(33)
    wait_line(
        qtbot,
        window,
        "1 phone is rebooting. 1 requires a password. 1 refused. 1 did not answer for 32 s.",
    )


def test_one_whose_mac_is_found_meanwhile_is_waited_for_still(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask_without_mac(7)
    wait_rows(qtbot, window, 1)
    stage.bench.approve([key])
    stage.answer(stage.air.take()[1])
    window.table.select_keys([key])
    press(Key.Key_R)
    [question] = stage.air.take()
    find_mac(stage, window, qtbot, key, "00908F000007")
    assert window.table.selected_keys() == ["00908F000007"]
    stage.answer(question)
    wait_line(qtbot, window, "00:90:8F:00:00:07 is rebooting: it answered 200 OK.")


def test_menu_and_context_menu_have_it(window: MainWindow) -> None:
    [phones] = [a for a in window.menuBar().actions() if a.text() == "&Phones"]
    menu = phones.menu()
    assert isinstance(menu, QMenu)
    assert window.actions_.reboot in menu.actions()
    window.table.customContextMenuRequested.emit(window.table.rect().center())
    assert window.actions_.reboot in window.table.context_menu.actions()
    window.table.context_menu.close()
    assert window.actions_.reboot in window.table.actions()


def test_the_find_field_finds_it(stage: Stage, window: MainWindow, qtbot: QtBot) -> None:
    accepted(stage, window, qtbot, 1, 2)
    press(Key.Key_R)
    press(Key.Key_Return)
    stage.answer(asked(stage)["192.0.2.101"], "488 Not here")
    for text in ("488", "refused"):
        window.table.set_find(text)
        wait_rows(qtbot, window, 1)
        window.table.set_find("")


def test_a_second_request_keeps_the_tally_of_the_first(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    keys = accepted(stage, window, qtbot, 1, 2, 3)
    window.table.select_keys(keys[:2])
    press(Key.Key_R)
    press(Key.Key_Return)
    window.table.select_keys(keys[2:])
    press(Key.Key_R)
    for question in asked(stage).values():
        stage.answer(question)
    wait_line(qtbot, window, "3 phones are rebooting.")
