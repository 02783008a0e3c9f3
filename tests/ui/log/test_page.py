"""The log page on the real bench: what it shows, and when it follows."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.app.session import BenchLogHandler
from pnp_gui.bench.record import log as log_module
from pnp_gui.bench.record.log import Level
from pnp_gui.ui.log import model as log_model
from pnp_gui.ui.log.model import LogColumn, LogFilter
from pnp_gui.ui.log.page import LogPage
from pnp_gui.ui.main_window.window import MainWindow
from tests.ui.hands import find_mac, wait_rows
from tests.ui.stage import Stage


@pytest.fixture
def page(qapp: QApplication, stage: Stage, qtbot: QtBot) -> LogPage:
    page = LogPage(stage.bench, QAction("Save"))
    qtbot.addWidget(page)
    page.resize(1000, 260)
    page.show()
    qtbot.waitExposed(page)
    return page


def add(stage: Stage, number: int, level: Level = Level.INFO) -> None:
    for n in range(number):
        stage.bench.log.add(1_800_000_000.0 + n, level, "Line {n}.", {"n": n})


def shown(page: LogPage) -> list[str]:
    model = page.model
    return [model.index(row, LogColumn.TEXT).data() for row in range(model.rowCount())]


def top(page: LogPage) -> str:
    row = page.view.indexAt(page.view.viewport().rect().topLeft()).row()
    return shown(page)[row]


def choose(page: LogPage, show: LogFilter) -> None:
    page.level.setCurrentIndex(page.level.findData(show.value))


def test_it_stays_at_the_end_only_while_the_reader_is_there(stage: Stage, page: LogPage) -> None:
    add(stage, 50)
    page.refresh()
    assert page.is_at_end()
    add(stage, 50)
    page.refresh()
    assert page.is_at_end()
    assert not page.new_lines.isVisible()

    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    QTest.keyClick(page.view, Qt.Key.Key_PageDown)
    before = top(page)
    add(stage, 7)
    page.refresh()
    assert top(page) == before
    assert page.new_lines.isVisible()
    assert page.new_lines.text() == "7 new lines"
    add(stage, 1)
    page.refresh()
    assert page.new_lines.text() == "8 new lines"

    QTest.mouseClick(page.new_lines, Qt.MouseButton.LeftButton)
    assert page.is_at_end()
    assert not page.new_lines.isVisible()
    add(stage, 3)
    page.refresh()
    assert page.is_at_end()


def test_scrolling_to_the_end_follows_again(stage: Stage, page: LogPage) -> None:
    add(stage, 100)
    page.refresh()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    add(stage, 5)
    page.refresh()
    assert page.new_lines.isVisible()
    QTest.keyClick(page.view, Qt.Key.Key_End)
    assert page.is_at_end()
    assert not page.new_lines.isVisible()


def test_it_is_bounded_says_so_and_the_reader_keeps_his_line(
    stage: Stage, page: LogPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_model, "MAX_LINES", 100)
    page.apply_filter()
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    for n in range(100):
        stage.bench.log.add(0.0, Level.INFO, "Line {n}.", {"n": n})
    page.refresh()
    page.view.scrollTo(page.model.index(50, 0), page.view.ScrollHint.PositionAtTop)
    assert top(page) == "Line 50."
    for n in range(100, 130):
        stage.bench.log.add(0.0, Level.INFO, "Line {n}.", {"n": n})
    page.refresh()
    assert len(shown(page)) == 100
    assert shown(page)[0] == "Line 30."
    assert top(page) == "Line 50."
    del tester

    monkeypatch.undo()
    add(stage, log_module.MAX_LINES)
    page.refresh()
    assert page.state.text() == "130 older lines are no longer kept."
    choose(page, LogFilter.ERRORS)
    add(stage, 1)
    page.refresh()
    assert page.state.text() == "131 older lines are no longer kept."


def test_level_and_words_narrow_it(stage: Stage, page: LogPage, qtbot: QtBot) -> None:
    key = stage.ask(1)
    stage.ask(2)
    stage.bench.approve([key])
    stage.answer(stage.air.sent[1], "481 No")
    add(stage, 1, Level.ERROR)
    page.refresh()
    everything = shown(page)
    assert any("A new phone asks" in line for line in everything)
    choose(page, LogFilter.WARNINGS)
    assert shown(page) == ["The phone refused the URL: 481 No.", "Line 0."]
    choose(page, LogFilter.ERRORS)
    assert shown(page) == ["Line 0."]
    choose(page, LogFilter.ALL)
    assert shown(page) == everything
    QTest.keyClicks(page.words, "00:04:13:00:00:02 new")
    qtbot.waitUntil(lambda: len(shown(page)) == 1)
    stage.ask(3)
    page.refresh()
    assert len(shown(page)) == 1
    page.words.clear()
    qtbot.waitUntil(lambda: len(shown(page)) == len(everything) + 1)


def test_everything_has_the_messages_between_the_lines(stage: Stage, page: LogPage) -> None:
    key = stage.ask(1)
    page.refresh()
    assert not any("SUBSCRIBE" in line for line in shown(page))
    choose(page, LogFilter.MESSAGES)
    stage.bench.approve([key])
    page.refresh()
    lines = [line for line in shown(page) if line.startswith(("→", "←"))]
    assert [line.split(":", 2)[0] for line in lines] == [
        "← from 192.0.2.101",
        "→ to 192.0.2.101",
        "→ to 192.0.2.101",
    ]
    assert "SUBSCRIBE sip:" in lines[0]
    assert [row.at for row in page.model.rows] == sorted(row.at for row in page.model.rows)


def test_enter_goes_to_the_phone_and_ctrl_c_copies_lines(
    stage: Stage, page: LogPage, qtbot: QtBot
) -> None:
    key = stage.ask(1)
    page.refresh()
    row = next(n for n, row in enumerate(page.model.rows) if row.key == key)
    page.view.setCurrentIndex(page.model.index(row, 0))
    with qtbot.waitSignal(page.phone_wanted) as wanted:
        QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert wanted.args == [key]
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "00:04:13:00:00:01" in copied
    assert "A new phone asks: snom" in copied


def test_user_and_password_are_masked_on_the_screen_and_on_the_clipboard(
    stage: Stage, page: LogPage
) -> None:
    stage.bench.log.add(0.0, Level.ERROR, "No: {url}", {"url": "http://bob:secret@h/?pw=hush"})
    page.refresh()
    assert shown(page)[-1] == "No: http://xxx:xxxxxx@h/?pw=xxxx"
    last = page.model.index(len(shown(page)) - 1, 0)
    flags = QItemSelectionModel.SelectionFlag
    page.view.selectionModel().select(last, flags.ClearAndSelect | flags.Rows)
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "secret" not in QGuiApplication.clipboard().text()
    assert "secret" in page.model.rows[-1].text(masked=False)


def test_what_the_rooms_below_tell_stands_in_the_log(stage: Stage, page: LogPage) -> None:
    handler = BenchLogHandler(stage.bench.log)
    logger = logging.getLogger("pnp_gui.net.test")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.info("joined on %s", "eth0 {braces}")
    logger.debug("not this")
    try:
        raise ValueError("odd")
    except ValueError as error:
        logger.error("fault", exc_info=error)
    logger.removeHandler(handler)
    page.refresh()
    assert shown(page)[-2:] == ["joined on eth0 {braces}", "fault: ValueError: odd"]
    assert [row.level for row in page.model.rows[-2:]] == [Level.INFO, Level.ERROR]


def test_who_is_at_the_end_stays_there_when_the_page_gets_lower(
    stage: Stage, page: LogPage, qtbot: QtBot
) -> None:
    add(stage, 80)
    page.refresh()
    assert page.is_at_end()
    for height in (240, 200, 140, 190):
        page.resize(1000, height)
        QApplication.processEvents()
        assert page.is_at_end()
    page.view.scrollToTop()
    page.resize(1000, 150)
    QApplication.processEvents()
    assert not page.is_at_end()


def test_a_line_leads_to_its_phone_also_since_its_mac_is_known(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key = stage.ask_without_mac(7)
    wait_rows(qtbot, window, 1)
    find_mac(stage, window, qtbot, key, "00908F000007")
    window.table.clearSelection()
    window.log_page.phone_wanted.emit(key)
    assert window.table.selected_keys() == ["00908F000007"]
    window.log_page.phone_wanted.emit("ip:192.0.2.99")
    assert "no longer in the table" in window.status_bar.left.text()


def test_without_a_line_it_says_why_and_what_to_do(
    stage: Stage, page: LogPage, qtbot: QtBot
) -> None:
    def said() -> tuple[str, str]:
        qtbot.waitUntil(lambda: not shown(page), timeout=2000)
        assert page.view._empty == (page.view.accessibleName(), page.view.accessibleDescription())
        return page.view._empty

    assert said() == ("Nothing happened yet", "")
    add(stage, 3)
    page.refresh()
    assert page.view.accessibleName() == "Log"
    QTest.keyClicks(page.words, "nobody")
    clear = "Clear the field, or choose another level, to see other lines."
    assert said() == ("No line matches “nobody”", clear)
    choose(page, LogFilter.MESSAGES)
    assert said() == ("No line matches “nobody”", "Clear the field to see other lines.")
    page.words.clear()
    qtbot.waitUntil(lambda: len(shown(page)) == 3, timeout=2000)
    assert page.view.accessibleName() == "Log"
    choose(page, LogFilter.ERRORS)
    assert said() == ("There is no such line", "Choose another level to see other lines.")
