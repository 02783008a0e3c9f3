"""The file itself: what is kept, and what an unusable file costs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench import store as store_module
from pnp_gui.bench.phone import Decision, Phone, Progress
from pnp_gui.bench.schema import VERSION
from pnp_gui.bench.settings import DEFAULT_URL, INTERFACES, PORT
from pnp_gui.bench.store import FILE, HistoryLine, Kept, Store
from pnp_gui.pnp.url import FACTORY_URL

MAC = "000413A2105F"
APPROVED = Kept(MAC, Decision.APPROVED, "http://h/{mac}", "Room 12")

SEEN = Phone(
    MAC,
    MAC,
    make="snom",
    model="snomD785",
    version="10.1",
    vendor="snom",
    address="10.13.2.37",
    interface="eth0",
    first_seen=100.0,
    last_seen=200.0,
    progress=Progress.REFUSED,
    code=481,
    reason="Gone",
    progress_at=150.0,
    sent_url="http://h/sent",
)


def raw(folder: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run SQL on the file as another program would; the rows of the last statement."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def beside(folder: Path, kind: str) -> list[Path]:
    """The files set aside, without their companions."""
    names = folder.glob(f"{FILE}.{kind}-*")
    return [path for path in names if not path.name.endswith(("-wal", "-shm", "-journal"))]


def test_decisions_and_sightings_are_there_in_the_next_run(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "not" / "yet")
    store.save_decisions([APPROVED])
    store.note(SEEN)
    store.flush()
    store.close()
    store = Store.open(tmp_path / "not" / "yet")
    (phone,) = store.load()
    assert (phone.decision, phone.own_url, phone.label) == APPROVED[1:]
    assert (phone.mac, phone.make, phone.model) == (MAC, "snom", "snomD785")
    assert (phone.first_seen, phone.last_seen) == (100.0, 200.0)
    assert (phone.progress, phone.code, phone.sent_url) == (
        Progress.REFUSED,
        481,
        "http://h/sent",
    )
    assert (phone.heard, phone.asked) == (False, 0)
    assert store.troubles == []
    store.close()


def test_a_decision_is_in_the_file_when_save_returns(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    assert raw(tmp_path, "SELECT key, decision, own_url, label FROM phone") == [tuple(APPROVED)]
    store.close()


def test_decisions_wait_for_the_disk_and_sightings_do_not(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    store.save_decisions([APPROVED])
    store.note(SEEN)
    store.flush()
    assert [line for line in said if line.startswith("PRAGMA")] == [
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = NORMAL",
    ]
    assert raw(tmp_path, "PRAGMA journal_mode") == [("wal",)]
    store.close()


def test_ten_thousand_decisions_are_one_transaction(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    store.save_decisions(Kept(f"{n:012X}", Decision.APPROVED, "", "") for n in range(10_000))
    assert [line for line in said if line.startswith(("BEGIN", "COMMIT"))] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]
    assert raw(tmp_path, "SELECT count(*) FROM phone") == [(10_000,)]
    store.close()


def test_a_failed_transaction_keeps_nothing_of_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path)

    def rows() -> list[Kept]:
        raise RuntimeError

    def half() -> object:
        yield APPROVED
        rows()

    with pytest.raises(RuntimeError):
        store.save_decisions(half())  # type: ignore[arg-type]
    assert raw(tmp_path, "SELECT count(*) FROM phone") == [(0,)]
    store.save_decisions([APPROVED])
    store.close()


def test_a_sighting_never_changes_a_decision(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    store.note(Phone(MAC, MAC, decision=Decision.DENIED, own_url="http://other/", label="x"))
    store.flush()
    assert raw(tmp_path, "SELECT decision, own_url, label FROM phone") == [APPROVED[1:]]
    store.close()


def test_a_sighting_is_written_as_it_is_when_flushed(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    phone = Phone(MAC, MAC, last_seen=1.0)
    store.note(phone)
    phone.last_seen = 2.0
    assert raw(tmp_path, "SELECT count(*) FROM phone") == [(0,)]
    store.flush()
    assert raw(tmp_path, "SELECT last_seen FROM phone") == [(2.0,)]
    store.close()


def test_an_exchange_under_way_is_not_under_way_in_the_next_run(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.note(Phone(MAC, MAC, progress=Progress.SENT))
    store.flush()
    assert store.load()[0].progress is Progress.NONE
    store.close()


def test_text_that_no_file_can_hold_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.note(Phone(MAC, MAC, model="\udcff\x00é"))
    store.note(Phone("000413A21060", "000413A21060", model="D785"))
    store.flush()
    assert {phone.model for phone in store.load()} == {"?\x00é", "D785"}
    store.close()


def test_a_forgotten_phone_is_gone_and_its_waiting_sighting_too(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    store.note(SEEN)
    store.forget([MAC])
    store.flush()
    assert store.load() == []
    store.close()


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


def test_settings_are_kept_at_once(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.setting(DEFAULT_URL, DEFAULT_URL.default) == FACTORY_URL
    store.set_setting(PORT, 5062)
    store.set_setting(INTERFACES, ["eth0"])
    assert raw(tmp_path, "SELECT key, value FROM setting ORDER BY key") == [
        ("interfaces", '["eth0"]'),
        ("port", "5062"),
    ]
    store.close()
    store = Store.open(tmp_path)
    assert store.setting(PORT, PORT.default) == 5062
    assert store.setting(INTERFACES, INTERFACES.default) == ["eth0"]
    store.close()


@pytest.mark.parametrize("value", ["'\"text\"'", "'{'", "x'00ff'", "7.5", "'true'"])
def test_a_setting_of_another_type_is_as_if_it_were_not_there(tmp_path: Path, value: str) -> None:
    Store.open(tmp_path).close()
    raw(tmp_path, f"INSERT INTO setting VALUES ('port', {value})")
    store = Store.open(tmp_path)
    assert store.setting(PORT, 5060) == 5060
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE phone SET decision = 'maybe' WHERE label = 'spoilt'",
        "UPDATE phone SET decision = x'ff' WHERE label = 'spoilt'",
        "UPDATE phone SET key = 'not a MAC' WHERE label = 'spoilt'",
        "UPDATE phone SET key = '00:04:13:A2:10:60' WHERE label = 'spoilt'",
        "UPDATE phone SET own_url = 'gopher://h/' WHERE label = 'spoilt'",
    ],
)
def test_a_row_that_cannot_be_read_does_not_take_the_others_along(
    tmp_path: Path, damage: str
) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED, Kept("000413A21060", Decision.DENIED, "", "spoilt")])
    store.close()
    raw(tmp_path, damage)
    store = Store.open(tmp_path)
    assert [phone.key for phone in store.load()] == [MAC]
    assert [(t.code, t.values["count"]) for t in store.troubles] == [("store_rows", 1)]
    assert raw(tmp_path, "SELECT count(*) FROM phone") == [(2,)]
    store.close()


def test_odd_values_in_the_other_columns_do_no_harm(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    store.close()
    raw(tmp_path, "UPDATE phone SET make = 7, first_seen = 'x', progress = 'y', code = 'z'")
    store = Store.open(tmp_path)
    (phone,) = store.load()
    assert (phone.decision, phone.first_seen, phone.progress) == (
        Decision.APPROVED,
        None,
        Progress.NONE,
    )
    store.close()


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
    assert store.lasting
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
    assert [trouble.code for trouble in store.troubles] == ["store_damaged_aside"]
    (aside,) = beside(tmp_path, "damaged")
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
    assert [trouble.code for trouble in store.troubles] == ["store_damaged_aside"]
    assert len(beside(tmp_path, "damaged")) == 1
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


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    assert store.troubles == []
    assert beside(tmp_path, "damaged") == []
    store.close()
