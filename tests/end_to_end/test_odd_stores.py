"""The whole program on data files that others made or damaged: it starts, says it, goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.system.failed_starts import MARK_FILE
from tests.bench.store.odd_stores import BAD, FIRST, LAST, ROWS, TABLES, sound
from tests.bench.store.store_file import beside
from tests.end_to_end.program import kept_in
from tests.end_to_end.remote_program import RemoteProgram
from tests.namespace import BenchNetwork, wait_until

NAMED = {
    **{
        name: (ROWS[name], "could not be read and was left out")
        for name in (
            "progress_at infinite",
            "setting invalid UTF-8",
            "setting nested deep",
            "interfaces of other types",
            "model invalid UTF-8",
        )
    },
    **{
        name: (TABLES[name], "was not made by this program")
        for name in ("setting without types", "view that never ends", "trigger that never ends")
    },
}
"""Those that ended an earlier version, or cost it rows, and what is said now."""


@pytest.mark.parametrize("name", NAMED)
def test_it_starts_says_it_and_keeps_what_is_decided(
    bench: BenchNetwork, tmp_path: Path, name: str
) -> None:
    spoil, words = NAMED[name]
    data = tmp_path / "data"
    sound(data)
    spoil(data)
    with RemoteProgram(bench.tool, tmp_path) as run:
        sentence = run.wait_for_bar(words)
        assert run.bar == [sentence]
        kind = "original" if name in ROWS else "foreign"
        (kept,) = beside(data, kind)
        assert kept.name in sentence
        if name in ROWS:
            assert {FIRST, LAST} <= run.decisions.keys()
            assert {run.decisions[key] for key in (FIRST, LAST)} == {"approved"}
            run.press([FIRST], "D")
            wait_until(lambda: run.decisions[FIRST] == "denied", what="D is done")
    assert (tmp_path / "stderr.txt").read_text().count("Traceback") == 0
    if name in ROWS:
        phones = kept_in(data)
        assert phones[FIRST].decision is Decision.DENIED
        assert phones[BAD].decision is phones[LAST].decision is Decision.APPROVED
    with RemoteProgram(bench.tool, tmp_path) as run:
        wait_until(lambda: not run.bar, what="it is said once")


def test_a_start_that_crashed_twice_goes_on_with_a_new_file_and_offers_the_old_one(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    sound(data)
    for _ in range(2):
        crash(RemoteProgram(bench.tool, tmp_path), signal.SIGSEGV)
    with RemoteProgram(bench.tool, tmp_path) as run:
        sentence = run.wait_for_bar("The program failed twice in a row")
        (aside,) = beside(data, "failed")
        assert aside.name in sentence
        assert run.decisions == {}
        wait_until(lambda: not (data / MARK_FILE).exists(), what="the window stands")
        with closing(sqlite3.connect(aside)) as connection:
            assert connection.execute("SELECT count(*) FROM phone").fetchone() == (3,)
    with RemoteProgram(bench.tool, tmp_path) as run:
        run.wait_for_bar("The program failed twice in a row")


def test_what_a_new_file_does_not_mend_is_not_the_datas_fault(
    bench: BenchNetwork, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    sound(data)
    for _ in range(3):
        crash(RemoteProgram(bench.tool, tmp_path), signal.SIGSEGV)
    with RemoteProgram(bench.tool, tmp_path) as run:
        run.wait_for_bar("is in use again")
        assert set(run.decisions) == {FIRST, BAD, LAST}
    assert beside(data, "failed") == []


def test_killed_starts_do_not_count(bench: BenchNetwork, tmp_path: Path) -> None:
    data = tmp_path / "data"
    sound(data)
    for _ in range(3):
        crash(RemoteProgram(bench.tool, tmp_path), signal.SIGKILL)
    with RemoteProgram(bench.tool, tmp_path) as run:
        assert run.bar == []
        assert set(run.decisions) == {FIRST, BAD, LAST}
    assert beside(data, "failed") == []


def crash(run: RemoteProgram, number: signal.Signals) -> None:
    """Start the program and end it by this signal before its window stands."""
    with run:
        assert (run.data / MARK_FILE).exists()
        os.kill(run.process.pid, number)
        run.process.wait(timeout=30)
