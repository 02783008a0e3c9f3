"""What a screen reader meets: the accessibility tree of the window, as Qt gives it, and what is
said by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.bench.store.settings import LETTER_KEYS
from pnp_gui.trouble import Trouble
from pnp_gui.ui.main_window import announcements
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.widgets import announce
from pnp_gui.ui.words.status import status_explanation
from tests.ui.hands import CTRL, find_mac, focused, press, shown, wait_rows
from tests.ui.stage import Stage

Key = Qt.Key
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name(widget: QWidget) -> str:
    return interface(widget).text(NAME)


def description(widget: QWidget) -> str:
    return interface(widget).text(DESCRIPTION)


def tree(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything in it that can be seen."""
    yield root
    for number in range(root.childCount()):
        child = root.child(number)
        if child is not None and not child.state().invisible:
            yield from tree(child)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """What was announced, and whether at once. Qt gives it to the system and tells nobody else."""
    heard: list[tuple[str, bool]] = []

    class Heard(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            assert isinstance(event, QAccessibleAnnouncementEvent)
            at_once = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            heard.append((event.message(), at_once))

    monkeypatch.setattr(announce, "QAccessible", Heard)
    monkeypatch.setattr(announcements, "GATHER_MS", 300)
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)


def test_the_tree_says_what_is_on_the_screen(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    stage.net.start()
    key = stage.ask(1)
    stage.ask(2)
    wait_rows(qtbot, window, 2)
    window.table.select_keys([key])
    window.refresh()
    pane, bar = window.detail_pane, window.status_bar
    assert name(pane.title) == "00:04:13:00:00:01"
    assert "192.0.2.101" in name(pane.facts)
    assert description(pane.url) == "Exact URL"
    assert name(pane.url) == "http://192.0.2.5/snom/{mac}.xml"
    assert "00:04:13:00:00:01" in description(pane)
    assert description(pane.copy_url) == "http://192.0.2.5/snom/{mac}.xml"
    assert name(pane.ladder) == "1 message of the phone"
    assert name(pane.text).startswith("SUBSCRIBE sip:")
    assert name(window.table) == "2 phones"
    assert "D: Deny" in description(window.table)
    qtbot.waitUntil(lambda: "2 asking" in description(bar.counts), timeout=3000)
    assert "2 asking" in [name(button) for button in bar.counts.buttons]
    assert name(bar.wire).startswith("UDP 5060  ·  2 interfaces")
    assert description(bar.wire) == "Network"
    names = [each.text(NAME) for each in tree(interface(window))]
    for text in ("Phone: 00:04:13:00:00:01", "Listening on 2 interfaces"):
        assert text in names, names


def test_a_message_is_its_own_name_until_the_next(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    press(Key.Key_S)
    sentence = window.status_bar.left.text()
    assert sentence
    assert name(window.status_bar.left) == sentence
    assert description(window.status_bar.left) == "Last action"
    stage.ask(1, address="192.0.2.9", tag="z")
    qtbot.waitUntil(lambda: window.detail_pane.conflict.isVisible(), timeout=2000)
    assert stage.bench.phones[key].conflict is not None
    conflict = window.detail_pane.conflict
    assert "192.0.2.9" in description(conflict)
    assert "192.0.2.9" in name(conflict.sentence)
    # Keys are shown only where they work.
    window.refresh()
    assert all(action.shortcuts() for action in conflict._actions)
    window.actions_.letter_keys.trigger()
    assert not any(action.shortcuts() for action in conflict._actions)


def test_a_problem_is_the_name_of_its_line_and_said_at_once(
    window: MainWindow, said: list[tuple[str, bool]]
) -> None:
    window.show_trouble(Trouble("The disk is full.", code="one"))
    window.show_trouble(Trouble("The disk is very full.", code="one"))
    line = window.problem_bar.line_for("one")
    assert line is not None
    assert line.dismiss is not None
    assert name(line.sentence) == "The disk is very full."
    assert description(line) == description(line.dismiss) == "The disk is very full."
    assert said == [("The disk is full.", True)]


def test_new_phones_and_outcomes_are_said_and_gathered(
    stage: Stage, window: MainWindow, qtbot: QtBot, said: list[tuple[str, bool]]
) -> None:
    keys = [stage.ask(number) for number in range(1, 31)]
    qtbot.waitUntil(lambda: bool(said), timeout=5000)
    assert said == [("30 phones ask: 30 snom", False)]
    stage.bench.approve(keys[:3])
    notifies = [each for each in stage.air.sent if each.data.startswith(b"NOTIFY")]
    for notify, status in zip(notifies, ("200 OK", "200 OK", "403 Forbidden"), strict=True):
        stage.answer(notify, status)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=5000)
    assert said[1][0] == "00:04:13:00:00:03: Refused 403  ·  2 accepted"


def test_a_phone_whose_mac_is_found_is_not_said_again(
    stage: Stage, window: MainWindow, qtbot: QtBot, said: list[tuple[str, bool]]
) -> None:
    key = stage.ask_without_mac(7)
    qtbot.waitUntil(lambda: len(said) == 1, timeout=5000)
    find_mac(stage, window, qtbot, key, "00908F000007")
    assert not window.announcements._gather.isActive()


def test_a_screen_reader_that_starts_later_hears_what_is_new_from_then_on(
    stage: Stage, window: MainWindow, qtbot: QtBot, said: list[tuple[str, bool]]
) -> None:
    QAccessible.setActive(False)
    for number in range(1, 4):
        stage.ask(number)
    wait_rows(qtbot, window, 3)
    QAccessible.setActive(True)
    stage.ask(4)
    qtbot.waitUntil(lambda: bool(said), timeout=5000)
    assert said == [("A phone asks: snom snomD785 at 192.0.2.104", False)]
    assert not window.announcements._gather.isActive()


def test_an_empty_table_says_what_to_do(stage: Stage, window: MainWindow) -> None:
    stage.net.start()
    title, detail = window.table.empty_text()
    assert (name(window.table), description(window.table)) == (title, detail)


def test_the_button_that_clears_a_field_has_a_name(window: MainWindow) -> None:
    press(Key.Key_F9)
    fields = [each for each in window.findChildren(QLineEdit) if each.isClearButtonEnabled()]
    assert len(fields) >= 2
    for field in fields:
        field.setText("x")
        buttons = field.findChildren(QToolButton)
        assert "Clear the field" in [name(button) for button in buttons]
        assert all(name(button) for button in buttons)


def test_tab_goes_from_the_bars_to_table_pane_ladder_text_and_status(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.refresh()
    pane = window.detail_pane
    visited: list[QWidget] = []
    window.listen_bar.state.setFocus(Qt.FocusReason.TabFocusReason)
    while focused() not in visited:
        visited.append(focused())
        press(Key.Key_Tab)
        assert len(visited) < 60
    wanted: list[QWidget] = [
        *(window.listen_bar.state, window.listen_bar.toggle),
        *(window.action_bar.approve, window.action_bar.find_field),
        *(window.table, pane.copy_url, *pane._buttons, pane.ladder, pane.text),
        *(window.status_bar.counts.buttons[0], window.status_bar.pane, window.status_bar.log),
    ]
    places = [visited.index(each) for each in wanted]
    assert places == sorted(places)
    between = set(visited[visited.index(window.table) + 1 : visited.index(pane.text)])
    assert between == {pane.copy_url, *pane._buttons, pane.ladder}


def test_no_sentence_names_a_letter_while_letters_are_off(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key, denied = stage.ask(1), stage.ask(2)
    wait_rows(qtbot, window, 2)
    stage.bench.approve([key])
    stage.answer(stage.air.take()[-1])
    window.table.select_keys([key])
    stage.bench.set_default_url("http://192.0.2.9/{mac}")
    window.refresh()
    line = window.problem_bar.line_for("older_url")
    assert line is not None
    assert line.sentence.text() == "1 phone has the old URL; S sends it the new one."
    assert window.detail_pane.url.text().endswith(", S sends it")

    window.actions_.letter_keys.trigger()
    window.refresh()
    assert line.sentence.text() == "1 phone has the old URL; “Send again” sends it the new one."
    assert window.detail_pane.url.text().endswith(", “Send again” sends it")
    tip = status_explanation(stage.bench.phones[key], StatusKind.OLDER_URL)
    assert "“Send again” sends the URL, if" in tip
    window.table.select_keys([denied])
    window.actions_.send_again.trigger()
    assert window.status_bar.left.text().endswith("“Approve” approves it.")
    window.actions_.letter_keys.trigger()
    window.actions_.send_again.trigger()
    assert window.status_bar.left.text().endswith(" A approves it.")


def test_single_letters_can_be_switched_off_for_good(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    wait_rows(qtbot, window, 1)
    window.table.select_keys([key])
    window.actions_.letter_keys.trigger()
    press(Key.Key_A)
    press(Key.Key_D)
    assert stage.bench.phones[key].decision.name == "UNDECIDED"
    assert stage.air.sent == []
    assert "Deny" not in description(window.table)
    assert "F2: Edit URL" in description(window.table)
    # "Scan to approve" takes the letters too, and gives back none that are off.
    press(Key.Key_B, CTRL)
    press(Key.Key_B, CTRL)
    assert window.actions_.approve.shortcuts() == []
    window.finish()

    again = shown(stage, qtbot)
    assert not stage.bench.setting(LETTER_KEYS)
    assert not again.actions_.letter_keys.isChecked()
    wait_rows(qtbot, again, 1)
    again.table.select_keys([key])
    press(Key.Key_A)
    assert stage.air.sent == []
    qtbot.wait(200)  # two letters within that time would be a scan
    again.actions_.letter_keys.trigger()
    press(Key.Key_A)
    assert stage.bench.phones[key].decision.name == "APPROVED"
