"""The history in its window: order, words, periods, and what comes while it is open."""

from __future__ import annotations

import gc
import sqlite3
import weakref
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.rows import (
    FORGOTTEN,
    KNOWN_BY_MAC,
    OFFER_OUTCOMES,
    REBOOT_OUTCOMES,
    FetchOutcome,
    How,
)
from pnp_gui.bench.store.store import FILE, HistoryLine
from pnp_gui.ui.history import model
from pnp_gui.ui.history.model import HistoryColumn
from pnp_gui.ui.history.window import HistoryWindow, Period
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.widgets import lines_view
from tests.ui.hands import CTRL, press, shown
from tests.ui.history.served import history, serve
from tests.ui.stage import Stage

Key = Qt.Key


@pytest.fixture
def window(stage: Stage, qtbot: QtBot) -> MainWindow:
    stage.bench.set_default_url("http://bob:secret@192.0.2.5/{mac}.xml")
    return shown(stage, qtbot)


def cells(made: HistoryWindow, column: int) -> list[str]:
    model = made.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_history_is_shown_sorted_found_and_goes_on(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    first, second = serve(stage, window, qtbot, 1, 2)
    stage.bench.set_label([second], "Lobby")
    made = history(stage, window, qtbot)
    tester = QAbstractItemModelTester(
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert cells(made, HistoryColumn.OUTCOME) == [
        *["✓ Accepted, 200"] * 2,
        *["→ Offered"] * 2,
        *["Approved, by hand"] * 2,
    ]
    assert set(cells(made, HistoryColumn.URL)) == {"", "http://xxx:xxxxxx@192.0.2.5/{mac}.xml"}
    made.view.sortByColumn(HistoryColumn.PHONE, Qt.SortOrder.AscendingOrder)
    assert cells(made, HistoryColumn.PHONE)[0] == "00:04:13:00:00:01"
    assert cells(made, HistoryColumn.PHONE)[-1] == "00:04:13:00:00:02"
    press(Key.Key_F, CTRL)
    QTest.keyClicks(made.words, "lobby accepted")
    qtbot.waitUntil(lambda: cells(made, HistoryColumn.LABEL) == ["Lobby"])
    assert made.state.text() == "1 of 6 lines"
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(cells(made, 0)) == 6)
    serve(stage, window, qtbot, 3)
    made.refresh()
    assert "00:04:13:00:00:03" in cells(made, HistoryColumn.PHONE)
    made.view.sortByColumn(HistoryColumn.TIME, Qt.SortOrder.DescendingOrder)
    serve(stage, window, qtbot, 4)
    made.refresh()
    assert cells(made, HistoryColumn.PHONE)[:2] == ["00:04:13:00:00:04"] * 2
    stage.bench.forget([second])
    made.refresh()
    assert cells(made, HistoryColumn.LABEL).count("Lobby") == 4, "that of a forgotten phone stays"
    made.view.setFocus()
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: window.exports.history is None)
    assert first in stage.bench.phones
    del tester


def test_older_parts_are_loaded_and_the_period_limits_them(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "PART", 100)
    since = Period.TODAY.since()
    for number in range(450):
        at = since - 1000 + number * 2
        stage.bench.store.note_history(
            HistoryLine(at, "K", "", "http://h/", "eth0", "192.0.2.1", "offered", 0)
        )
    stage.bench.store.flush()
    made = history(stage, window, qtbot)
    assert made.model.rowCount() == 0
    made.period.setCurrentIndex(made.period.findText("Everything"))
    assert 0 < made.model.rowCount() < 450
    assert not made.csv.isEnabled()
    qtbot.waitUntil(lambda: made.model.rowCount() == 450)
    assert [row.at for row in made.model.rows] == sorted(
        (row.at for row in made.model.rows), reverse=True
    )
    qtbot.waitUntil(made.csv.isEnabled)
    assert made.state.text() == "450 lines"


def test_today_is_the_new_day_after_midnight(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(stage, window, qtbot, 1)
    made = history(stage, window, qtbot)
    assert made.state.text() == "3 lines"
    midnight = max(line.at for line in made.model.rows) + 1
    monkeypatch.setattr(Period, "since", lambda _: midnight)
    stage.bench.store.note_history(
        HistoryLine(midnight + 1, "K", "", "http://h/", "eth0", "192.0.2.1", "offered", 0)
    )
    made.refresh()
    assert [row.at for row in made.model.rows] == [midnight + 1]
    assert made.state.text() == "1 line"


def test_without_a_line_it_says_why_and_what_to_do(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    def said() -> tuple[str, str]:
        qtbot.waitUntil(lambda: made.view.accessibleName() != "History", timeout=2000)
        assert made.view._empty == (made.view.accessibleName(), made.view.accessibleDescription())
        return made.view._empty

    made = history(stage, window, qtbot)
    assert said() == ("Nothing happened in this period", "Choose a longer one to see more.")
    assert made.state.text() == "0 lines"
    serve(stage, window, qtbot, 1)
    made.refresh()
    assert made.view.accessibleName() == "History"
    press(Key.Key_F, CTRL)
    QTest.keyClicks(made.words, "nobody")
    longer = (
        "Clear the field (Esc) to see all 3 lines of this period, or choose a longer one.",
        "Clear the field (Esc) to see all 3 lines again.",
    )
    assert said() == ("No line matches “nobody”", longer[0])
    made.period.setCurrentIndex(made.period.findText("Everything"))
    qtbot.waitUntil(lambda: said()[1] != longer[0], timeout=2000)
    assert said() == ("No line matches “nobody”", longer[1])
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: made.view.accessibleName() == "History", timeout=2000)


def test_every_outcome_of_the_history_has_its_text() -> None:
    words = {*OFFER_OUTCOMES.values(), *REBOOT_OUTCOMES.values(), *FetchOutcome, *Decision}
    words |= {FORGOTTEN, KNOWN_BY_MAC}
    assert model._OUTCOMES.keys() == words
    assert model._HOW.keys() == set(How)


def test_what_cannot_be_read_is_said_in_red_and_only_that(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    made = history(stage, window, qtbot)
    with closing(sqlite3.connect(stage.folder / FILE)) as file:
        file.execute("DROP TABLE history")
        file.commit()
    made.load()
    assert made.view.accessibleName() == "History", "not that nothing happened"
    assert made.said.text()
    assert made.said.property("tone") == "bad"
    made.say("2 lines are on the clipboard.")
    assert made.said.property("tone") == "accent"


def test_long_work_goes_on_in_steps_and_takes_in_what_comes_meanwhile(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pnp_gui.ui.widgets.step_runner.SLICE_SECONDS", 0.0)
    monkeypatch.setattr(model, "PART", 2)
    serve(stage, window, qtbot, *range(1, 9))
    made = history(stage, window, qtbot)
    qtbot.waitUntil(lambda: made.model.complete)
    before = cells(made, HistoryColumn.PHONE)
    made.model.sort(HistoryColumn.PHONE, Qt.SortOrder.AscendingOrder)
    assert made.model.is_busy
    assert cells(made, HistoryColumn.PHONE) == before
    serve(stage, window, qtbot, 9)
    made.model.poll()
    qtbot.waitUntil(lambda: made.model.rowCount() == 27)
    shown = cells(made, HistoryColumn.PHONE)
    assert shown == sorted(shown)
    made.model.set_words("01 accepted")
    qtbot.waitUntil(lambda: made.model.rowCount() == 1)
    made.model.sort(HistoryColumn.TIME, Qt.SortOrder.DescendingOrder)
    made.model.set_words("")
    qtbot.waitUntil(lambda: made.model.rowCount() == 27)
    assert cells(made, HistoryColumn.PHONE)[1:2] == ["00:04:13:00:00:09"]


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
@pytest.mark.parametrize("few", [0, 50])
def test_new_lines_come_into_their_places_in_any_order(
    stage: Stage,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    order: Qt.SortOrder,
    few: int,
) -> None:
    monkeypatch.setattr(model, "FEW", few)
    serve(stage, window, qtbot, 2, 4, 6)
    made = history(stage, window, qtbot)
    made.view.sortByColumn(HistoryColumn.PHONE, order)
    qtbot.waitUntil(lambda: not made.model.is_busy)
    made.view.selectRow(0)
    chosen = made.view.currentIndex().data()
    serve(stage, window, qtbot, 1, 5, 7)
    made.model.poll()
    qtbot.waitUntil(lambda: made.model.rowCount() == 18)
    shown = cells(made, HistoryColumn.PHONE)
    assert shown == sorted(shown, reverse=order == Qt.SortOrder.DescendingOrder)
    assert made.view.currentIndex().data() == (chosen if few else None)
    rows = list(made.model.rows)
    made.model.sort(HistoryColumn.TIME, order)
    made.model.sort(HistoryColumn.PHONE, order)
    qtbot.waitUntil(lambda: not made.model.is_busy)
    assert made.model.rows == rows
    made.model.sort(HistoryColumn.TIME, order)
    qtbot.waitUntil(lambda: not made.model.is_busy)
    serve(stage, window, qtbot, 8)
    made.model.poll()
    newest = -1 if order == Qt.SortOrder.AscendingOrder else 0
    assert cells(made, HistoryColumn.PHONE)[newest] == "00:04:13:00:00:08"


def test_lines_go_with_the_window_and_the_dialog_that_had_them(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    serve(stage, window, qtbot, 1)
    made = history(stage, window, qtbot)
    gc.collect()
    gc.disable()
    try:
        dialog = weakref.ref(window.exports.save_history())
        request = weakref.ref(dialog()._request.content)  # type: ignore[union-attr]
        dialog().reject()  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: request() is None)
        kept = made.model
        made.close()
        assert kept.lines == kept.rows == []
    finally:
        gc.enable()


def test_very_many_lines_are_copied_in_steps(
    stage: Stage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pnp_gui.ui.widgets.step_runner.SLICE_SECONDS", 0.0)
    monkeypatch.setattr(lines_view, "AT_ONCE", 2)
    serve(stage, window, qtbot, 1, 2)
    made = history(stage, window, qtbot)
    made.view.selectAll()
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(made.view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "before", "phones are answered first"
    qtbot.waitUntil(lambda: made.said.text() == "6 lines are on the clipboard.")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[HistoryColumn.PHONE] for line in copied] == cells(
        made, HistoryColumn.PHONE
    )
