"""Disks that fail: a sentence says so, decisions apply in this run, nothing is overwritten."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import FILE, Kept, Store
from pnp_gui.pnp.send_result import SendResult
from tests.bench.rig import Set, ask, mac, start

A, B, C = mac(1), mac(2), mac(3)


def decided(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return dict(connection.execute("SELECT key, decision FROM phone"))


def in_small_disk(script: str, folder: Path) -> dict[str, object]:
    """What Python says in a mount namespace of its own where `folder` is a disk of 1 MiB."""
    folder.mkdir()
    mounted = 'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", str(folder), sys.executable, script],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


PRELUDE = """
import json, subprocess, sys
from pathlib import Path

import pytest
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.decisions.saving import SAVE_AGAIN_AFTER
from tests.bench.rig import ask, mac, start
folder = Path(sys.argv[1])

def fill():
    with (folder / "filler").open("wb", buffering=0) as filler:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    filler.write(bytes(size))
            except OSError:
                pass

def line(number, decision=Decision.APPROVED):
    return SheetLine(1, mac(number), decision, None, None)

def approved(at):
    return sum(p.decision is Decision.APPROVED for p in at.bench.phones.values())

def say(**values):
    sys.stdout.write(json.dumps(values))
"""


@pytest.mark.root
def test_disk_full_while_running_is_said_and_saved_when_there_is_room(tmp_path: Path) -> None:
    said = in_small_disk(
        PRELUDE
        + """
at = start(folder)
at.bench.apply_sheet([line(1)])
fill()
at.bench.apply_sheet([line(n) for n in range(2, 3000)])
during = list(at.bench.troubles)
text = str(at.bench.troubles[during[0]]) if during else ""
url = at.bench.url_for(ask(mac(2999)))
at.bench.tick()
(folder / "filler").unlink()
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
after = list(at.bench.troubles)
at.bench.close()
say(during=during, text=text, url=url, after=after, kept=approved(start(folder)))
""",
        tmp_path / "disk",
    )
    assert said["during"] == ["store_full"]
    assert "full" in str(said["text"])
    assert said["url"] is not None
    assert (said["after"], said["kept"]) == ([], 2999)


@pytest.mark.root
def test_disk_full_from_the_start(tmp_path: Path) -> None:
    said = in_small_disk(
        PRELUDE
        + """
fill()
at = start(folder)
during = list(at.bench.troubles)
at.bench.apply_sheet([line(1)])
url = at.bench.url_for(ask(mac(1)))
at.bench.tick()
at.bench.tick()
(folder / "filler").unlink()
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
after = list(at.bench.troubles)
at.bench.close()
say(during=during, url=url, after=after, kept=approved(start(folder)))
""",
        tmp_path / "disk",
    )
    assert said["during"] == ["store_full"]
    assert said["url"] is not None
    assert (said["after"], said["kept"]) == ([], 1)


@pytest.mark.root
def test_read_only_disk_is_said_and_what_it_holds_is_known(tmp_path: Path) -> None:
    said = in_small_disk(
        PRELUDE
        + """
at = start(folder)
at.bench.apply_sheet([line(1), line(2, Decision.DENIED)])
at.bench.set_default_url("http://kept/")
# Killed, not closed: the decisions are still in the -wal.
import os
files = {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.endswith("-shm")}
at.bench.close()
for path in folder.iterdir():
    path.unlink()
for name, content in files.items():
    (folder / name).write_bytes(content)
subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
at = start(folder)
during = list(at.bench.troubles)
urls = [at.bench.url_for(ask(mac(n))) for n in (1, 2, 3)]
at.bench.apply_sheet([line(3)])
then = at.bench.url_for(ask(mac(3)))
at.bench.tick()
same = {p.name: p.read_bytes() for p in folder.iterdir()} == files
subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
at.clock.forward(SAVE_AGAIN_AFTER)
at.bench.tick()
after = list(at.bench.troubles)
at.bench.close()
say(during=during, urls=urls, then=then, same=same, after=after, kept=approved(start(folder)))
""",
        tmp_path / "disk",
    )
    assert said["during"] == ["store_readonly"]
    assert said["urls"] == ["http://kept/", None, None]
    assert said["then"] == "http://kept/"
    assert said["same"] is True
    assert (said["after"], said["kept"]) == ([], 2)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in its place")
    at = start(tmp_path / "data")
    assert list(at.bench.troubles) == ["store_not_a_folder"]
    assert str(tmp_path / "data") in str(at.bench.troubles["store_not_a_folder"])
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    assert at.bench.url_for(ask(A)) is not None
    at.bench.tick()
    known = at.bench.troubles["store_not_a_folder"]
    for _ in range(20):
        at.bench.approve([A])
        at.bench.deny([A])
    assert len(traceback.extract_tb(known.__traceback__)) < 20, "each failed try adds to it"
    at.bench.approve([A])
    assert (tmp_path / "data").read_text() == "a file stands in its place"
    (tmp_path / "data").unlink()
    at.clock.forward(2 * SAVE_AGAIN_AFTER)
    at.bench.tick()
    at.clock.forward(2 * SAVE_AGAIN_AFTER)
    at.bench.tick()
    assert at.bench.troubles == {}
    assert decided(tmp_path / "data") == {A: "approved"}
    at.bench.store.close()


def locked(folder: Path, *, how: str) -> subprocess.Popen[bytes]:
    """Another process that holds the file until its standard input is closed."""
    script = f"""
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
{how}
sys.stdout.write("locked"); sys.stdout.flush()
sys.stdin.read()
connection.close()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(folder / FILE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    assert other.stdout.read(6) == b"locked"
    return other


def release(other: subprocess.Popen[bytes]) -> None:
    other.communicate()
    assert other.returncode == 0


WRITING = 'connection.execute("BEGIN IMMEDIATE")'
ALL_OF_IT = """
connection.execute("PRAGMA locking_mode = EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
connection.execute("UPDATE phone SET label = label")
connection.execute("COMMIT")
"""


def test_locked_while_running_is_said_and_saved_later(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, key, None, None, None) for key in (A, B, C)])
    other = locked(at.folder, how=WRITING)
    at.heard(A)
    at.bench.approve([A])
    at.bench.forget([B])
    assert list(at.bench.troubles) == ["store_locked"]
    assert at.bench.troubles["store_locked"].code == "store_locked"
    assert at.wire.told == [("offer", A), ("forget", B)]
    assert at.bench.phones[A].decision is Decision.APPROVED
    at.bench.tick()
    release(other)
    at.bench.tick()
    assert list(at.bench.troubles) == ["store_locked"], "not before its time"
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    assert at.bench.troubles == {}
    assert decided(at.folder) == {A: "approved", C: "undecided"}


def test_the_next_decision_that_can_be_saved_brings_the_others_along(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, key, None, None, None) for key in (A, B)])
    other = locked(at.folder, how=WRITING)
    at.bench.approve([A])
    release(other)
    at.bench.deny([B])
    at.bench.tick()
    assert at.bench.troubles == {}
    assert decided(at.folder) == {A: "approved", B: "denied"}


def test_locked_from_the_start_both_keep_what_they_decided(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.save_decisions(Kept(key, Decision.DENIED, "", "") for key in (A, B))
    store.close()
    for how in (WRITING, ALL_OF_IT):
        other = locked(tmp_path, how=how)
        at = start(tmp_path)
        assert list(at.bench.troubles) == ["store_locked"]
        assert at.bench.phones[B].decision is Decision.DENIED, "what can be read is known"
        at.bench.approve([A])
        assert at.bench.send_again([A]) == {SendResult.NEVER_ASKED: 1}
        assert at.bench.url_for(ask(A)) is not None
        at.heard(C)
        release(other)
        at.bench.tick()
        at.clock.forward(SAVE_AGAIN_AFTER)
        at.bench.tick()
        assert at.bench.troubles == {}
        assert decided(tmp_path) == {A: "approved", B: "denied", C: "undecided"}
        at.bench.undecide([A])
        at.bench.close()
    assert list(tmp_path.glob("*damaged*")) == []


def test_a_file_that_could_not_even_be_read_is_joined_with_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    store.save_decisions(
        [
            Kept(A, Decision.DENIED, "", "of the file"),
            Kept(B, Decision.APPROVED, "http://h/b", "of the file"),
            Kept(C, Decision.DENIED, "", "of the file"),
            Kept(mac(4), Decision.APPROVED, "", "of the file"),
        ]
    )
    store.close()
    monkeypatch.setattr("pnp_gui.bench.store.data_file.snapshot", lambda path: None)
    other = locked(tmp_path, how=WRITING)
    at = start(tmp_path)
    assert at.bench.phones == {}
    at.heard(A, B)
    at.bench.approve([A])
    at.heard(mac(4))
    at.bench.approve([mac(4)])
    at.bench.undecide([mac(4)])
    assert at.bench.url_for(ask(B)) is None
    release(other)
    at.bench.take_changes()
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    at.bench.tick()
    assert at.bench.phones[A].decision is Decision.APPROVED, "decided in this run"
    assert at.bench.url_for(ask(B)) == "http://h/b"
    assert at.bench.phones[C].label == "of the file"
    assert at.bench.take_changes().changed >= {B, C}
    assert at.bench.url_for(ask(mac(4))) is None, "taken back in this run"
    assert decided(tmp_path) == {
        A: "approved",
        B: "approved",
        C: "denied",
        mac(4): "undecided",
    }
    at.bench.store.close()


def test_what_was_noted_is_not_lost_by_a_flush_that_failed(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    other = locked(at.folder, how=WRITING)
    at.heard(A)
    at.offered(A)
    at.bench.set_default_url("http://h/new/")
    at.bench.tick()
    assert list(at.bench.troubles) == ["store_locked"]
    assert [line.outcome for line in at.bench.store.history()] == ["offered", "approved"]
    release(other)
    again = at.next_run()
    assert again.bench.phones[A].first_seen == at.clock.unix
    assert [line.outcome for line in again.bench.store.history()] == ["offered", "approved"]
    assert again.bench.urls.default == "http://h/new/"
    again.bench.store.close()


def test_a_file_destroyed_while_in_use_is_replaced_and_all_decisions_saved_again(
    tmp_path: Path,
) -> None:
    at = start(tmp_path)
    at.bench.apply_sheet([SheetLine(1, mac(n), Decision.APPROVED, None, None) for n in range(2000)])
    at = at.next_run()
    at.bench.store._connection.execute("PRAGMA cache_size = 1")
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    at.bench.deny([mac(0)])
    for _ in range(3):
        at.bench.tick()
        at.clock.forward(SAVE_AGAIN_AFTER)
    assert list(at.bench.troubles) == ["store_damaged_in_use"]
    at = at.next_run()
    decisions = [phone.decision for phone in at.bench.phones.values()]
    assert (decisions.count(Decision.APPROVED), decisions.count(Decision.DENIED)) == (1999, 1)
    at.bench.store.close()


def test_a_folder_removed_while_in_use_comes_back_with_all_decisions(tmp_path: Path) -> None:
    at = start(tmp_path / "data")
    at.bench.apply_sheet([SheetLine(1, key, Decision.APPROVED, None, None) for key in (A, B)])
    at.bench.set_default_url("http://h/mine/")
    shutil.rmtree(tmp_path / "data")
    at.bench.deny([B])
    assert list(at.bench.troubles) == ["store_gone"]
    at.bench.tick()
    at.clock.forward(SAVE_AGAIN_AFTER)
    at.bench.tick()
    assert at.bench.troubles == {}
    assert decided(tmp_path / "data") == {A: "approved", B: "denied"}
    at = at.next_run()
    assert at.bench.urls.default == "http://h/mine/"
    at.bench.store.close()
