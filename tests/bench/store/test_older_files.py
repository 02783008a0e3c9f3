"""Files of earlier versions are brought to the present one, with all that is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.phones.files import NONE
from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.store.schema import VERSION, _take_steps
from pnp_gui.bench.store.store import FILE, HistoryLine, Store
from tests.bench.store.store_file import MAC, raw

OTHER = "000413A21060"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The file of the first version: one phone accepted its URL, the other refused it."""
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as connection:
        _take_steps(connection, 0, 1)
        connection.execute("PRAGMA user_version = 1")
        for key, progress in ((MAC, "accepted"), (OTHER, "refused")):
            connection.execute(
                "INSERT INTO phone (key, decision, label, progress, progress_at, sent_url)"
                " VALUES (?, 'approved', 'Lobby', ?, 150.0, 'http://h/sent')",
                (key, progress),
            )
        connection.execute(
            "INSERT INTO history (at, key, mac, url, interface, address, outcome, code)"
            " VALUES (150.0, ?, ?, 'http://h/sent', 'eth0', '10.13.2.37', 'accepted', 200)",
            (MAC, MAC),
        )
    return tmp_path


def test_what_a_phone_accepted_is_what_it_was_sent_last(older: Path) -> None:
    store = Store.open(older)
    assert store.troubles == []
    accepted, refused = store.load()
    assert (accepted.decision, accepted.label) == (Decision.APPROVED, "Lobby")
    assert (accepted.accepted_url, accepted.accepted_at) == ("http://h/sent", 150.0)
    assert refused.progress is Progress.REFUSED
    assert (refused.accepted_url, refused.accepted_at) == ("", None)
    (line,) = store.history()
    assert (line.outcome, line.code, line.how) == ("accepted", 200, "")
    store.close()
    assert raw(older, "PRAGMA user_version") == [(VERSION,)]
    store = Store.open(older)  # it is not done again
    assert [phone.accepted_url for phone in store.load()] == ["http://h/sent", ""]
    store.close()


def test_a_file_of_this_version_is_opened_without_waiting_for_the_disk(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    before = (tmp_path / FILE).read_bytes()
    store = Store.open(tmp_path)
    assert (tmp_path / f"{FILE}-wal").stat().st_size == 0
    store.close()
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("version", range(1, VERSION))
def test_each_older_version_is_read_and_takes_what_is_new(tmp_path: Path, version: int) -> None:
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as connection:
        _take_steps(connection, 0, version)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("INSERT INTO phone (key, decision) VALUES (?, 'approved')", (MAC,))
        connection.execute("INSERT INTO history (at, key, outcome) VALUES (1.0, ?, 'x')", (MAC,))
    store = Store.open(tmp_path)
    assert store.troubles == []
    (phone,) = store.load()
    assert (phone.decision, phone.files) == (Decision.APPROVED, None)
    assert [line.size for line in store.history()] == [0]
    phone.fetched(NONE.fetched("a.cfg", 18_432, 2.0, 3.0).missed("b.cfg", 4.0))
    store.note(phone)
    store.note_history(HistoryLine(2.0, MAC, MAC, "", "", "", "fetched", size=18_432))
    store.flush()
    store.close()
    store = Store.open(tmp_path)
    (again,) = store.load()
    assert phone.files is not None
    assert again.files == phone.files.of_earlier_run()
    assert [line.size for line in store.history()] == [18_432, 0]
    store.close()


def test_it_is_readable_also_where_it_cannot_be_written(older: Path) -> None:
    def claim() -> None:
        raise PermissionError(13, "no")

    store = Store.open(older, claim=claim)
    assert [phone.accepted_url for phone in store.load()] == ["http://h/sent", ""]
    assert len(store.history()) == 1
    store.close()
    assert raw(older, "PRAGMA user_version") == [(1,)]
