"""Whatever is in the data file: what can be read is read, the rest is named, nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store import data_file
from pnp_gui.bench.store.store import FILE, Kept, Store
from tests.bench.rig import start
from tests.bench.store.odd_stores import (
    BAD,
    DAMAGED,
    FIRST,
    HARMLESS,
    HUGE,
    LAST,
    ROWS,
    TABLES,
    sound,
)
from tests.bench.store.store_file import beside, raw

Spoil = Callable[[Path], None]


@pytest.mark.parametrize("spoil", ROWS.values(), ids=ROWS)
def test_one_bad_value_costs_nothing_but_itself(tmp_path: Path, spoil: Spoil) -> None:
    sound(tmp_path)
    spoil(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    store = Store.open(tmp_path)
    phones = {phone.key: phone for phone in store.load()}
    assert {FIRST, LAST} <= phones.keys()
    assert all(phones[key].decision is Decision.APPROVED for key in (FIRST, LAST))
    (trouble,) = store.troubles
    assert trouble.code == "store_rows"
    assert str(tmp_path / FILE) in str(trouble)
    assert str(trouble.values["details"])
    (copy,) = beside(tmp_path, "original")
    assert copy.name in str(trouble)
    assert copy.stat().st_size == len(before)
    store.save_decisions([Kept(BAD, Decision.DENIED, "", "")])
    store.flush()
    store.close()
    again = Store.open(tmp_path)
    kept = {phone.key: phone.decision for phone in again.load()}
    assert kept[BAD] is Decision.DENIED
    assert kept[FIRST] is Decision.APPROVED
    assert again.troubles == [], "said once"
    assert len(beside(tmp_path, "original")) == 1
    again.close()


def test_a_damaged_key_decides_about_no_other_phone(tmp_path: Path) -> None:
    """It stands where another key belongs. Nobody knows which of the two neighbours is wrong."""
    sound(tmp_path)
    raw(tmp_path, "PRAGMA journal_mode = DELETE")
    path = tmp_path / FILE
    content = path.read_bytes()
    assert content.count(BAD.encode()) == 1
    path.write_bytes(content.replace(BAD.encode(), LAST.encode()))
    store = Store.open(tmp_path)
    assert [phone.key for phone in store.load()] == [FIRST]
    assert [trouble.code for trouble in store.troubles] == ["store_rows"]
    assert LAST in str(store.troubles[0].values["details"])
    store.save_decisions([Kept(LAST, Decision.DENIED, "", "")])
    store.close()
    again = Store.open(tmp_path)
    decisions = [(phone.key, phone.decision) for phone in again.load()]
    assert decisions == [(FIRST, Decision.APPROVED), (LAST, Decision.DENIED)]
    assert again.troubles == [], "said once"
    again.close()


def test_passwords_in_what_was_left_out_are_masked(tmp_path: Path) -> None:
    sound(tmp_path)
    long = "http://bob:" + "1" * 500 + "hidden@pbx/"
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        change = "UPDATE phone SET decision = 'odd', own_url = 'http://bob:hidden@pbx/'"
        connection.execute(change)
        connection.execute("INSERT INTO setting VALUES ('default_url', ?)", (long,))
        connection.commit()
    store = Store.open(tmp_path)
    store.load()
    details = str(store.troubles[0].values["details"])
    assert "@pbx/" in details
    assert "setting" in details
    assert "hidden" not in details
    assert "111" not in details
    store.close()


def test_the_copy_holds_what_was_left_out(tmp_path: Path) -> None:
    sound(tmp_path)
    ROWS["label invalid UTF-8"](tmp_path)
    start(tmp_path).bench.close()
    (copy,) = beside(tmp_path, "original")
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = bytes
        labels = dict(connection.execute("SELECT key, label FROM phone"))
    assert labels[BAD.encode()] == b"a\xffb"


def test_without_room_for_the_copy_the_file_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(tmp_path)
    ROWS["decision unknown"](tmp_path)
    monkeypatch.setattr(data_file, "_free_name", lambda path, kind: tmp_path / "no" / "folder")
    store = Store.open(tmp_path)
    assert len(store.load()) == 2
    assert "was not changed" in str(store.troubles[0])
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM phone").fetchone() == (3,)


@pytest.mark.parametrize("spoil", TABLES.values(), ids=TABLES)
def test_tables_that_are_not_ours_are_set_aside_unread(tmp_path: Path, spoil: Spoil) -> None:
    sound(tmp_path)
    spoil(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    store = Store.open(tmp_path)
    assert store.load() == []
    (trouble,) = store.troubles
    assert trouble.code == "store_foreign_aside"
    (aside,) = beside(tmp_path, "foreign")
    assert aside.name in str(trouble)
    assert aside.read_bytes() == before
    store.save_decisions([Kept(FIRST, Decision.APPROVED, "", "")])
    store.close()
    assert aside.read_bytes() == before


@pytest.mark.parametrize("spoil", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_set_aside(tmp_path: Path, spoil: Spoil) -> None:
    sound(tmp_path)
    spoil(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    store = Store.open(tmp_path)
    assert store.load() == []
    (trouble,) = store.troubles
    assert trouble.code == "store_damaged_aside"
    (aside,) = beside(tmp_path, "damaged")
    assert aside.read_bytes() == before
    store.close()


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=HARMLESS)
def test_what_does_no_harm_is_used(tmp_path: Path, spoil: Spoil) -> None:
    sound(tmp_path)
    spoil(tmp_path)
    store = Store.open(tmp_path)
    assert {phone.decision for phone in store.load()} == {Decision.APPROVED}
    assert {trouble.code for trouble in store.troubles} <= {"store_journal"}
    store.save_decisions([Kept(BAD, Decision.DENIED, "", "")])
    store.close()
    again = Store.open(tmp_path)
    assert sorted(phone.decision for phone in again.load()) == ["approved", "approved", "denied"]
    assert again.troubles == []
    again.close()


@pytest.mark.parametrize("kind", ["journal", "wal"])
def test_the_journal_of_another_is_kept(tmp_path: Path, kind: str) -> None:
    sound(tmp_path)
    HARMLESS[f"{'WAL' if kind == 'wal' else kind} of another"](tmp_path)
    journal = (tmp_path / f"{FILE}-{kind}").read_bytes()
    store = Store.open(tmp_path)
    (aside,) = beside(tmp_path, kind)
    assert aside.read_bytes() == journal
    assert aside.name in str(store.troubles[0])
    store.close()


def test_a_file_of_gigabytes_is_set_aside(tmp_path: Path) -> None:
    sound(tmp_path)
    HUGE(tmp_path)
    store = Store.open(tmp_path)
    assert [trouble.code for trouble in store.troubles] == ["store_large_aside"]
    assert beside(tmp_path, "large")[0].stat().st_size == 3 << 30
    store.close()


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound(tmp_path)
    store = Store.open(tmp_path)
    store.save_decisions(Kept(f"{n:012X}", Decision.APPROVED, "", "") for n in range(20_000))
    store.close()
    monkeypatch.setattr(data_file, "READ_SECONDS", -1.0)
    monkeypatch.setattr(data_file, "_STEPS_BETWEEN", 1)
    store = Store.open(tmp_path)
    assert "store_large_aside" in [trouble.code for trouble in store.troubles]
    assert store.has_file
    store.close()


def test_a_damaged_letter_in_the_schema_is_a_damaged_file(tmp_path: Path) -> None:
    """SQLite quotes it in its own error, which Python then cannot read as UTF-8."""
    Store.open(tmp_path).close()
    path = tmp_path / FILE
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE phone", b"CREATE TA\xffLE phone", 1))
    store = Store.open(tmp_path)
    assert [trouble.code for trouble in store.troubles] == ["store_damaged_aside"]
    store.close()


def test_the_statistics_of_another_program_are_no_foreign_table(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("ANALYZE")
        connection.commit()
    store = Store.open(tmp_path)
    assert store.troubles == []
    store.close()


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_what_has_another_name_besides_is_not_overwritten(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "thesis").write_text("years of work")
    (tmp_path / "thesis").chmod(0o644)
    (tmp_path / "data" / f"{FILE}{suffix}").hardlink_to(tmp_path / "thesis")
    store = Store.open(tmp_path / "data")
    store.close()
    assert (tmp_path / "thesis").read_text() == "years of work"
    assert (tmp_path / "thesis").stat().st_mode & 0o777 == 0o644
    assert store.troubles


def test_more_phones_than_any_bench_has_are_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(tmp_path)
    monkeypatch.setattr("pnp_gui.bench.store.data_file.MAX_PHONES", 1)
    store = Store.open(tmp_path)
    assert store.load() == []
    assert "large" in store.troubles[0].code
    store.close()
