"""A data file that was set aside after failed starts is used again by a click."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.data_file import set_aside
from pnp_gui.bench.store.store import FILE, Store
from pnp_gui.bench.store.troubles import store_trouble
from tests.bench.store.store_file import beside
from tests.ui.stage import Stage

A, B, C = (f"00041300000{n}" for n in "123")
OLD = "http://192.0.2.9/old/{mac}"


def test_one_click_brings_it_back_and_this_runs_decisions_stay(
    tmp_path: Path, qtbot: QtBot
) -> None:
    before = Stage(tmp_path)
    before.bench.apply_sheet(SheetLine(1, key, Decision.APPROVED, None, "old") for key in (A, B))
    before.bench.set_default_url(OLD)
    before.bench.close()
    aside = set_aside(tmp_path / FILE, "failed")

    stage = Stage(tmp_path)
    stage.bench.apply_sheet([SheetLine(1, key, Decision.DENIED, None, "new") for key in (B, C)])
    window = stage.window()
    window.show()
    window.show_trouble(store_trouble("store_failed_aside", tmp_path / FILE, aside=aside.name))
    line = window.problem_bar.line_for("store_failed_aside")
    assert line is not None
    assert line.action is not None
    assert line.action.text() == "Use it again"
    line.action.click()
    decisions = {key: phone.decision for key, phone in stage.bench.phones.items()}
    assert decisions == {A: Decision.APPROVED, B: Decision.DENIED, C: Decision.DENIED}
    qtbot.waitUntil(lambda: window.table.phone_model.rowCount() == 3)
    assert window.problem_bar.lines == []
    assert stage.bench.urls.default == "http://192.0.2.5/snom/{mac}.xml", "what was set in this run"
    assert beside(tmp_path, "failed") == []
    assert len(beside(tmp_path, "new")) == 1
    window.finish()
    window.deleteLater()
    stage.bench.close()

    again = Stage(tmp_path)
    assert {k: p.decision for k, p in again.bench.phones.items()} == decisions
    again.bench.close()


def test_without_a_url_of_this_run_the_old_one_counts(tmp_path: Path) -> None:
    before = Stage(tmp_path)
    before.bench.set_default_url(OLD)
    before.bench.close()
    aside = set_aside(tmp_path / FILE, "failed")
    bench = Bench(Store.open(tmp_path))
    bench.load()
    bench.use_again(aside.name)
    assert bench.urls.default == OLD
    bench.close()


def test_one_that_is_gone_is_said_and_changes_nothing(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.bench.apply_sheet([SheetLine(1, A, Decision.DENIED, None, None)])
    stage.bench.use_again(f"{FILE}.failed-20260101-000000")
    assert list(stage.bench.troubles) == ["store_not_put_back"]
    stage.bench.apply_sheet([SheetLine(1, B, Decision.DENIED, None, None)])
    stage.bench.close()
    again = Stage(tmp_path)
    assert {phone.decision for phone in again.bench.phones.values()} == {Decision.DENIED}
    assert len(again.bench.phones) == 2
    again.bench.close()
