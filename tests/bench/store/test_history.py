"""The history in the file: newest first, in parts, and bounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from pnp_gui.bench.store import store as store_module
from pnp_gui.bench.store.store import HistoryLine, Store
from tests.bench.store.store_file import MAC, raw


def history_line(number: int) -> HistoryLine:
    return HistoryLine(float(number), MAC, MAC, "http://h/", "eth0", "10.13.2.37", "offered", 0)


def test_history_newest_first_flushed_or_not(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.note_history(history_line(1))
    store.flush()
    store.note_history(history_line(2))
    assert store.history() == [history_line(2), history_line(1)]
    assert store.history(1) == [history_line(2)]
    store.close()
    store = Store.open(tmp_path)
    assert store.history() == [history_line(1)]
    store.close()


def test_history_comes_in_pieces_while_more_is_noted(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    for number in range(5):
        store.note_history(history_line(number))
    store.flush()
    store.note_history(history_line(5))
    assert store.history_noted == 6
    lines, place = store.history_before(None, 2)
    assert lines == [history_line(5), history_line(4), history_line(3)]
    store.note_history(history_line(6))
    store.flush()
    more, place = store.history_before(place, 2)
    rest, end = store.history_before(place, 2)
    assert more + rest == [history_line(2), history_line(1), history_line(0)]
    assert end is None
    assert store.history(store.history_noted - 6) == [history_line(6)]
    store.close()


def test_history_that_cannot_be_read_is_left_empty(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store._connection.execute(
        "INSERT INTO history (at, key, url, code) VALUES ('x', 7, NULL, 'y'), (1e300, 'K', 'u', 1)"
    )
    far, odd = store.history()
    assert odd == HistoryLine(0.0, "7", "", "", "", "", "", 0)
    assert far == HistoryLine(0.0, "K", "", "u", "", "", "", 1)
    store.close()


def test_history_is_bounded_in_the_file_and_while_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "MAX_HISTORY_KEPT", 10)
    monkeypatch.setattr(store_module, "MAX_HISTORY_WAITING", 7)
    store = Store.open(tmp_path)
    for number in range(30):
        store.note_history(history_line(number))
        if number in (10, 20):
            store.flush()
    store.flush()
    kept = [number for (number,) in raw(tmp_path, "SELECT at FROM history ORDER BY id")]
    assert kept == [18.0, 19.0, 20.0, *map(float, range(23, 30))]
    store.close()


def test_a_line_with_a_huge_text_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    for number in range(4):
        store.note_history(history_line(number))
    store.flush()
    raw(tmp_path, "UPDATE history SET url = hex(zeroblob(2000000)) WHERE at IN (1, 3)")
    assert store.history() == [history_line(2), history_line(0)]
    lines, place = store.history_before(None, 2)
    assert lines == [history_line(2)]
    assert store.history_before(place, 2)[0] == [history_line(0)]
    store.close()
