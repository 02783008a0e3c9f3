"""A phone that was approved and cannot be served: the row and the sentences say so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import Column
from tests.ui.stage import Stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.bench.set_default_url("http://192.0.2.5/${mac}.xml")
    return stage


def approve(window: MainWindow, keys: list[str]) -> str:
    window.table.phone_model.flush()
    window.table.select_keys(keys)
    window.actions_.approve.trigger()
    window.table.phone_model.flush()
    return window.status_bar.left.text()


def status_text(window: MainWindow, key: str) -> str:
    model = window.table.phone_model
    return str(model.index(model.row_of(key), Column.STATUS).data())


def test_one_alone(stage: Stage, window: MainWindow) -> None:
    key = stage.ask_without_mac(1)
    sentence = approve(window, [key])
    assert "cannot be served" in sentence
    assert "F2" in sentence
    assert status_text(window, key) == "No URL: MAC unknown (F2)"
    window.refresh()
    assert stage.air.sent == []


def test_among_others_it_is_counted_apart(stage: Stage, window: MainWindow) -> None:
    keys = [stage.ask(1), stage.ask(2), stage.ask_without_mac(3)]
    sentence = approve(window, keys)
    assert "3 phones approved." in sentence
    assert "2 were answered in time." in sentence
    assert "1 of them cannot be served" in sentence
    assert "when it asks" not in sentence
    window.actions_.send_again.trigger()
    assert "1 of them cannot be served" in window.status_bar.left.text()


def test_it_is_found_counted_and_goes_when_the_url_is_corrected(
    stage: Stage, window: MainWindow, qtbot: QtBot
) -> None:
    key, other = stage.ask_without_mac(1), stage.ask(2)
    approve(window, [key, other])
    window.table.set_find("no url")
    assert window.table.visible_count() == 1
    window.table.set_find("")
    window.status_bar.show_counts(stage.bench.counts())
    window.status_bar._over.stop()
    window.status_bar.show_counts(stage.bench.counts())
    assert "1 without URL" in window.status_bar.counts.text()
    stage.air.take()
    stage.bench.set_own_url([key], "http://192.0.2.5/all.xml")
    window.table.phone_model.flush()
    assert status_text(window, key) == "Sent, waiting for answer"
    assert stage.air.starts() == ["SIP/2.0 192.0.2.101", "NOTIFY 192.0.2.101"]


def test_the_sort_by_status_brings_it_up(stage: Stage, window: MainWindow) -> None:
    keys = [stage.ask(1), stage.ask_without_mac(2)]
    approve(window, keys)
    for one in stage.air.take():
        if one.data.startswith(b"NOTIFY"):
            stage.answer(one)
    window.table.phone_model.flush()
    window.table.sortByColumn(Column.STATUS, Qt.SortOrder.AscendingOrder)
    assert window.table.phone_model.key_at(0) == keys[1]
