"""The file: decisions at once, sightings when flushed, settings, and the rows of the next run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.store.settings import APPROVE_ALL_MINUTES, DEFAULT_URL, INTERFACES
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.pnp.url import FACTORY_URL
from tests.bench.rig import ask
from tests.bench.store.store_file import APPROVED, MAC, beside, raw

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
    assert (phone.asked, phone.asked_at) == (0, 0.0)
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
    phone.subscribed(ask(MAC), 2.0, 0.0)
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


def test_settings_are_kept_at_once(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.setting(DEFAULT_URL) == FACTORY_URL
    store.set_setting(APPROVE_ALL_MINUTES, 15)
    store.set_setting(INTERFACES, ["eth0"])
    assert raw(tmp_path, "SELECT key, value FROM setting ORDER BY key") == [
        ("approve_all_minutes", "15"),
        ("interfaces", '["eth0"]'),
    ]
    store.close()
    store = Store.open(tmp_path)
    assert store.setting(APPROVE_ALL_MINUTES) == 15
    assert store.setting(INTERFACES) == ["eth0"]
    store.close()


@pytest.mark.parametrize("value", ["'\"text\"'", "'{'", "x'00ff'", "7.5", "'true'"])
def test_a_setting_of_another_type_is_as_if_it_were_not_there(tmp_path: Path, value: str) -> None:
    Store.open(tmp_path).close()
    raw(tmp_path, f"INSERT INTO setting VALUES ('approve_all_minutes', {value})")
    store = Store.open(tmp_path)
    assert store.setting(APPROVE_ALL_MINUTES) == 5
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE phone SET decision = 'maybe' WHERE label = 'spoilt'",
        "UPDATE phone SET decision = x'ff' WHERE label = 'spoilt'",
        "UPDATE phone SET key = 'not a MAC' WHERE label = 'spoilt'",
        "UPDATE phone SET key = '00:04:13:A2:10:60' WHERE label = 'spoilt'",
        "UPDATE phone SET own_url = 'gopher://h/' WHERE label = 'spoilt'",
        "UPDATE phone SET key = CAST(x'000413ff' AS TEXT) WHERE label = 'spoilt'",
        "UPDATE phone SET key = lower(key) WHERE label = 'spoilt'",
        "UPDATE phone SET decision = CAST(x'ff' AS TEXT) WHERE label = 'spoilt'",
        "UPDATE phone SET own_url = CAST(x'ff' AS TEXT) WHERE label = 'spoilt'",
        "UPDATE phone SET model = CAST(zeroblob(5000000) AS TEXT) WHERE label = 'spoilt'",
    ],
)
def test_a_row_that_cannot_be_read_does_not_take_the_others_along(
    tmp_path: Path, damage: str
) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED, Kept("0004130000AA", Decision.DENIED, "", "spoilt")])
    store.close()
    raw(tmp_path, damage)
    store = Store.open(tmp_path)
    assert [phone.key for phone in store.load()] == [MAC]
    (trouble,) = store.troubles
    assert (trouble.code, trouble.values["phones"]) == ("store_rows", 1)
    (copy,) = beside(tmp_path, "original")
    assert copy.name in str(trouble)
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = bytes
        assert connection.execute("SELECT count(*) FROM phone").fetchone() == (2,)
    store.close()
    again = Store.open(tmp_path)
    assert ([phone.key for phone in again.load()], again.troubles) == ([MAC], []), "said once"
    again.close()


def test_odd_values_in_the_other_columns_do_no_harm(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions([APPROVED])
    store.close()
    raw(tmp_path, "UPDATE phone SET make = x'07', first_seen = 'x', progress = 'y', code = 'z'")
    store = Store.open(tmp_path)
    (phone,) = store.load()
    assert store.troubles[0].values["values"] == 4
    assert "make, first_seen, progress, code" in str(store.troubles[0].values["details"])
    assert (phone.decision, phone.first_seen, phone.progress) == (
        Decision.APPROVED,
        None,
        Progress.NONE,
    )
    store.close()
