"""Two programs and one folder: only one of them writes, and only what was decided."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import FILE, Kept, Store
from pnp_gui.bench.store.troubles import not_ours_trouble, store_trouble
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.trouble import Trouble
from tests.bench.rig import Set, ask, mac, start
from tests.bench.store.store_file import APPROVED, raw

A, B, C, D, E = (mac(number) for number in range(5))


class Door:
    """A claim that is taken when the test says so."""

    def __init__(self, why: Exception | None) -> None:
        self.why = why

    def __call__(self) -> None:
        if self.why is not None:
            raise self.why


def fill(folder: Path) -> None:
    store = Store.open(folder)
    store.save_decisions(
        [
            Kept(A, Decision.APPROVED, "http://h/a", "a"),
            Kept(B, Decision.APPROVED, "", "b"),
            Kept(C, Decision.UNDECIDED, "", "c"),
            Kept(D, Decision.APPROVED, "", "d"),
        ]
    )
    store.close()


def decided(folder: Path) -> list[tuple[object, ...]]:
    return raw(folder, "SELECT key, decision, own_url, label FROM phone ORDER BY key")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def later(at: Set) -> None:
    at.clock.forward(2 * SAVE_AGAIN_AFTER)
    at.bench.tick()


def test_a_decision_leaves_what_another_program_decided(tmp_path: Path) -> None:
    fill(tmp_path)
    one, other = start(tmp_path), start(tmp_path)
    one.bench.deny([A])
    one.bench.set_own_url([C], "http://h/one")
    one.bench.set_label([B], "one")
    other.bench.set_label([A], "other")
    other.bench.approve([C])
    other.bench.set_own_url([B], "http://h/other")
    other.bench.apply_sheet([SheetLine(1, D, None, None, "other")])
    one.bench.apply_sheet([SheetLine(1, E, Decision.DENIED, "http://h/one", None)])
    other.bench.apply_sheet([SheetLine(1, E, None, None, "other")])
    assert decided(tmp_path) == [
        (A, "denied", "http://h/a", "other"),
        (B, "approved", "http://h/other", "one"),
        (C, "approved", "http://h/one", "c"),
        (D, "approved", "", "other"),
        (E, "denied", "http://h/one", "other"),
    ]
    one.bench.close()
    other.bench.close()


def test_what_could_not_be_saved_at_once_is_no_whole_row_either(tmp_path: Path) -> None:
    fill(tmp_path)
    one, other = start(tmp_path), start(tmp_path)
    other.bench.store._connection.execute("BEGIN IMMEDIATE")
    one.bench.set_label([A], "mine")
    one.bench.set_label([A], "mine, too")
    one.bench.set_own_url([B], "http://h/mine")
    one.bench.set_label([B], "mine")
    other.bench.store._connection.execute("COMMIT")
    other.bench.deny([A, B])
    later(one)
    assert one.bench.troubles == {}
    assert decided(tmp_path)[:2] == [
        (A, "denied", "http://h/a", "mine, too"),
        (B, "denied", "http://h/mine", "mine"),
    ]
    one.bench.close()
    other.bench.close()


@pytest.mark.parametrize(
    "why",
    [
        store_trouble("store_in_use", Path("/data"), pid=17),
        store_trouble("store_no_locks", Path("/data"), error="No locks available"),
        PermissionError(13, "Permission denied"),
        OSError(28, "No space left on device"),
    ],
)
def test_a_folder_that_is_not_claimed_is_read_and_not_written(
    tmp_path: Path, why: Exception
) -> None:
    fill(tmp_path)
    before = contents(tmp_path)
    at = start(tmp_path, claim=Door(why))
    (trouble,) = at.bench.troubles.values()
    assert not isinstance(why, Trouble) or trouble == why
    assert at.bench.phones[A].label == "a"
    assert at.bench.url_for(ask(A)) == "http://h/a"
    at.heard(A, C)
    at.bench.approve([C])
    at.bench.deny([B])
    at.bench.forget([D])
    at.bench.set_default_url("http://h/mine")
    assert at.bench.url_for(ask(C)) == "http://h/mine"
    assert at.bench.url_for(ask(B)) is None
    later(at)
    assert list(at.bench.troubles.values()) == [trouble]
    at.bench.close()
    assert contents(tmp_path) == before


def test_it_is_not_read_again_each_time_that_it_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path)
    at = start(tmp_path, claim=Door(store_trouble("store_in_use", tmp_path, pid=17)))
    read: list[Path] = []
    monkeypatch.setattr("pnp_gui.bench.store.data_file.snapshot", read.append)
    later(at)
    assert list(at.bench.troubles) == ["store_in_use"]
    assert read == []
    at.bench.close()


def test_a_folder_of_which_nothing_can_be_read_is_not_made(tmp_path: Path) -> None:
    at = start(tmp_path / "data", claim=Door(store_trouble("store_in_use", tmp_path, pid=17)))
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    at.bench.tick()
    assert at.bench.url_for(ask(A)) is not None
    at.bench.close()
    assert not (tmp_path / "data").exists()


def test_once_it_is_claimed_what_was_decided_here_is_saved_and_the_rest_is_the_files(
    tmp_path: Path,
) -> None:
    fill(tmp_path)
    door = Door(store_trouble("store_in_use", tmp_path, pid=17))
    at = start(tmp_path, claim=door)
    at.heard(A, B, C, D)
    at.bench.approve([C])
    at.bench.set_label([A], "mine")
    at.wire.told.clear()
    other = start(tmp_path)
    other.bench.deny([A])
    other.bench.set_label([A, C], "theirs")
    other.bench.forget([D])
    other.bench.apply_sheet([SheetLine(1, E, Decision.APPROVED, None, None)])
    other.bench.close()
    later(at)
    assert list(at.bench.troubles) == ["store_in_use"]
    door.why = None
    later(at)
    assert at.bench.troubles == {}
    assert at.bench.url_for(ask(A)) is None, "denied there meanwhile"
    assert ("withdraw", A) in at.wire.told
    assert at.bench.url_for(ask(D)) is None, "forgotten there meanwhile"
    assert at.bench.url_for(ask(E)) is not None
    assert at.decided(A, B, C, D, E) == [
        Decision.DENIED,
        Decision.APPROVED,
        Decision.APPROVED,
        Decision.UNDECIDED,
        Decision.APPROVED,
    ]
    assert decided(tmp_path) == [
        (A, "denied", "http://h/a", "mine"),
        (B, "approved", "", "b"),
        (C, "approved", "", "theirs"),
        (D, "undecided", "", ""),
        (E, "approved", "", ""),
    ]
    at.bench.close()


def test_a_folder_that_is_gone_and_then_somebody_elses_is_left_to_him(tmp_path: Path) -> None:
    door = Door(None)
    at = start(tmp_path / "data", claim=door)
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    shutil.rmtree(tmp_path / "data")
    at.bench.deny([A])
    assert list(at.bench.troubles) == ["store_gone"]
    door.why = store_trouble("store_in_use", tmp_path / "data", pid=17)
    later(at)
    assert list(at.bench.troubles) == ["store_in_use"]
    assert not (tmp_path / "data").exists()
    door.why = None
    later(at)
    assert at.bench.troubles == {}
    assert decided(tmp_path / "data") == [(A, "denied", "", "")]
    at.bench.close()


def test_urls_that_the_other_program_set_hold_here_too(tmp_path: Path) -> None:
    fill(tmp_path)
    door = Door(store_trouble("store_in_use", tmp_path, pid=17))
    at = start(tmp_path, claim=door)
    at.heard(B, "ip:10.13.2.9")
    at.offered(B, at.bench.preview(B))
    at.answered(B, 200, "OK", at.bench.preview(B))
    at.bench.approve(["ip:10.13.2.9"])
    other = start(tmp_path)
    other.bench.set_default_url("http://h/${mac}")
    other.bench.set_url_rules([UrlRule("Yealink", "", "http://h/yealink")])
    other.bench.close()
    door.why = None
    later(at)
    assert at.bench.urls.default == "http://h/${mac}"
    assert [rule.url for rule in at.bench.urls.rules] == ["http://h/yealink"]
    assert at.bench.with_older_url() == [B]
    assert at.bench.phones["ip:10.13.2.9"].lacks == "mac"
    at.bench.close()


def test_the_urls_of_this_run_hold_where_its_file_was_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    at = start(folder)
    at.bench.set_default_url("http://h/mine")
    shutil.rmtree(folder)
    other = start(folder)
    other.bench.set_default_url("http://h/theirs")
    other.bench.close()
    at.bench.approve_all(5)
    at.heard(A)
    assert list(at.bench.troubles) == ["store_gone"]
    later(at)
    assert at.bench.troubles == {}
    assert at.bench.urls.default == "http://h/mine"
    assert at.next_run().bench.urls.default == "http://h/mine"


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_file_is_said_and_neither_followed_nor_waited_for(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    data.mkdir()
    fill(other)
    before = contents(other)
    odd = data / f"{FILE}{suffix}"
    make = {"pipe": os.mkfifo, "folder": os.mkdir, "link": lambda to: to.symlink_to(other / FILE)}
    make[kind](odd)
    at = start(data)
    assert list(at.bench.troubles) == ["store_not_a_file"]
    assert str(odd) in str(at.bench.troubles["store_not_a_file"])
    assert at.bench.phones == {}
    at.bench.apply_sheet([SheetLine(1, A, Decision.DENIED, None, None)])
    later(at)
    assert contents(other) == before
    assert [path.name for path in data.iterdir()] == [odd.name]
    odd.rmdir() if kind == "folder" else odd.unlink()
    later(at)
    assert at.bench.troubles == {}
    assert decided(data) == [(A, "denied", "", "")]
    at.bench.close()


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_all_of_it_is_for_this_user_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    store.save_decisions([APPROVED])
    private = dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm"), 0o600)
    assert modes(tmp_path / "data") == private
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    store.close()


def test_what_was_open_to_all_is_closed(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    first.save_decisions([APPROVED])
    killed = tmp_path / "killed"
    killed.mkdir()
    for path in list(tmp_path.glob(f"{FILE}*")):
        (killed / path.name).write_bytes(path.read_bytes())
        (killed / path.name).chmod(0o644)
    first.close()
    store = Store.open(killed)
    assert len(store.load()) == 1
    assert set(modes(killed).values()) == {0o600}
    store.close()


def test_what_is_set_aside_is_closed_too(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database " * 500)
    (tmp_path / FILE).chmod(0o644)
    Store.open(tmp_path).close()
    assert len(modes(tmp_path)) == 2
    assert set(modes(tmp_path).values()) == {0o600}


@pytest.mark.root
def test_whose_lock_it_is(tmp_path: Path) -> None:
    lock = tmp_path / "running.lock"
    assert not_ours_trouble(lock) is None
    lock.touch()
    assert not_ours_trouble(lock) is None
    os.chown(lock, 12345, 12345)
    assert "another user of this computer (12345)" in str(not_ours_trouble(lock))
    os.chown(lock, 65534, 65534)
    assert "(nobody)" in str(not_ours_trouble(lock))


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_in_the_place_of_the_folder_is_said_until_it_is_gone(
    tmp_path: Path, kind: str, above: bool
) -> None:
    odd = tmp_path / "odd"
    odd.symlink_to("nowhere") if kind == "link" else odd.write_text("years of work")
    at = start(odd / "data" if above else odd)
    assert list(at.bench.troubles) == ["store_not_a_folder"]
    assert f"{odd} is a file" in str(at.bench.troubles["store_not_a_folder"])
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    later(at)
    assert list(at.bench.troubles) == ["store_not_a_folder"]
    assert kind == "link" or odd.read_text() == "years of work"
    odd.unlink()
    later(at)
    assert at.bench.troubles == {}
    assert decided(odd / "data" if above else odd) == [(A, "approved", "", "")]
    at.bench.close()
