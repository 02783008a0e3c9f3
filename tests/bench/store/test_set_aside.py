"""A file that cannot be used is set aside completely, and a sentence says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.schema import VERSION
from pnp_gui.bench.store.store import FILE, HistoryLine, Kept, Store
from tests.bench.rig import mac, start
from tests.bench.store.store_file import APPROVED, MAC, beside, raw

URL = "http://h/a"


def test_garbage_is_set_aside_and_said(tmp_path: Path) -> None:
    garbage = b"this is no database " * 500
    (tmp_path / FILE).write_bytes(garbage)
    (tmp_path / f"{FILE}-wal").write_bytes(b"old wal")
    store = Store.open(tmp_path)
    (aside,) = beside(tmp_path, "damaged")
    assert aside.read_bytes() == garbage
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"old wal"
    assert [trouble.code for trouble in store.troubles] == ["store_damaged_aside"]
    assert aside.name in str(store.troubles[0])
    assert store.load() == []
    store.save_decisions([APPROVED])
    store.close()
    store = Store.open(tmp_path)
    assert ([phone.key for phone in store.load()], store.troubles) == ([MAC], [])
    store.close()


def test_a_truncated_file_is_set_aside(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions(Kept(f"{n:012X}", Decision.APPROVED, "", "") for n in range(1000))
    store.close()
    half = (tmp_path / FILE).read_bytes()[: (tmp_path / FILE).stat().st_size // 2]
    (tmp_path / FILE).write_bytes(half)
    store = Store.open(tmp_path)
    (aside,) = beside(tmp_path, "damaged")
    assert aside.read_bytes() == half
    assert store.has_file
    store.close()


@pytest.mark.parametrize("where", [30, 5000, 9000, 13000])
def test_a_file_with_damaged_pages_never_stops_the_program(tmp_path: Path, where: int) -> None:
    store = Store.open(tmp_path)
    store.save_decisions(Kept(f"{n:012X}", Decision.APPROVED, "", "") for n in range(1000))
    store.close()
    content = bytearray((tmp_path / FILE).read_bytes())
    content[where : where + 600] = b"\xa5" * 600
    (tmp_path / FILE).write_bytes(content)
    store = Store.open(tmp_path)
    store.load()
    store.save_decisions([APPROVED])
    if beside(tmp_path, "damaged"):
        assert beside(tmp_path, "damaged")[0].read_bytes() == content
    store.close()


def test_another_programs_database_is_set_aside(tmp_path: Path) -> None:
    raw(tmp_path, "CREATE TABLE phone (owner TEXT)", "INSERT INTO phone VALUES ('mine')")
    store = Store.open(tmp_path)
    assert [trouble.code for trouble in store.troubles] == ["store_foreign_aside"]
    (aside,) = beside(tmp_path, "foreign")
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT owner FROM phone").fetchall() == [("mine",)]
    store.close()


@pytest.mark.parametrize(
    "change", ["DROP TABLE history", "DROP TABLE setting", "ALTER TABLE phone DROP COLUMN make"]
)
def test_a_file_that_lacks_something_is_set_aside(tmp_path: Path, change: str) -> None:
    Store.open(tmp_path).close()
    raw(tmp_path, change)
    store = Store.open(tmp_path)
    assert [trouble.code for trouble in store.troubles] == ["store_foreign_aside"]
    assert len(beside(tmp_path, "foreign")) == 1
    store.save_decisions([APPROVED])
    store.close()


def test_a_newer_file_is_set_aside_untouched(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    store.close()
    raw(tmp_path, f"PRAGMA user_version = {VERSION + 1}")
    store = Store.open(tmp_path)
    assert store.load() == []
    assert [trouble.code for trouble in store.troubles] == ["store_newer_aside"]
    (aside,) = beside(tmp_path, "newer")
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT decision FROM phone").fetchall() == [("approved",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    store.close()


def test_what_was_set_aside_before_is_not_overwritten(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / FILE).write_bytes(b"garbage %d" % number * 200)
        Store.open(tmp_path).close()
    contents = {path.read_bytes()[:9] for path in beside(tmp_path, "damaged")}
    assert contents == {b"garbage %d" % number for number in range(4)}


def test_an_empty_file_is_a_new_one_and_said(tmp_path: Path) -> None:
    """An empty file is left by a disk that lost what was in it; a first start finds none."""
    (tmp_path / FILE).touch()
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    (trouble,) = store.troubles
    assert trouble.code == "store_empty"
    assert str(tmp_path / FILE) in str(trouble)
    assert beside(tmp_path, "damaged") == []
    store.close()
    again = Store.open(tmp_path)
    assert again.troubles == []
    assert [phone.key for phone in again.load()] == [APPROVED.key]
    again.close()


def test_an_empty_file_whose_rows_are_in_the_one_beside_it_is_whole(tmp_path: Path) -> None:
    """So a first run that was killed leaves it: SQLite has written to the -wal alone."""
    first = Store.open(tmp_path)
    first.save_decisions([APPROVED])
    for name in (FILE, f"{FILE}-wal"):
        (tmp_path / "copy").mkdir(exist_ok=True)
        (tmp_path / "copy" / name).write_bytes((tmp_path / name).read_bytes())
    first.close()
    second = Store.open(tmp_path / "copy")
    assert second.troubles == []
    assert [phone.key for phone in second.load()] == [APPROVED.key]
    second.close()


def test_a_damaged_history_takes_no_decision_with_it(tmp_path: Path) -> None:
    at = start(tmp_path)
    at.bench.apply_sheet([SheetLine(1, mac(n), Decision.APPROVED, None, "desk") for n in range(9)])
    for n in range(2000):
        at.bench.store.note_history(HistoryLine(n, mac(n), mac(n), URL, "eth0", "", "offered"))
    at.bench.store.flush()
    at.bench.store.close()
    content = bytearray((tmp_path / FILE).read_bytes())
    content[-20 * 4096 : -19 * 4096] = b"\xa5" * 4096  # lines that nobody reads or writes now
    (tmp_path / FILE).write_bytes(content)

    at = start(tmp_path)
    assert len(at.bench.phones) == 9
    at.heard(mac(0))
    at.offered(mac(0))
    for _ in range(2):
        at.bench.tick()
        at.clock.forward(SAVE_AGAIN_AFTER)
    assert list(at.bench.troubles) == ["store_damaged_in_use"]
    assert beside(tmp_path, "damaged")[0].read_bytes() == content
    at = at.next_run()
    decided = {(phone.decision, phone.label) for phone in at.bench.phones.values()}
    assert (len(at.bench.phones), decided) == (9, {(Decision.APPROVED, "desk")})
    assert [line.outcome for line in at.bench.store.history()] == ["offered"]
    at.bench.store.close()
