"""Disk full, folder read-only, file locked, damaged or newer, with the whole program.

Each time the problem bar says it, phones are served, nothing of what was in the file is
overwritten, and what was decided meanwhile is kept as soon as that can be.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import FILE, Kept, Store
from tests.end_to_end.program import kept_in
from tests.end_to_end.remote_program import URL, RemoteProgram
from tests.end_to_end.simulated_phones import SimulatedPhones
from tests.namespace import BenchNetwork, wait_until

OTHERS = 1500
"""Phones beside those that ask: so many decisions do not fit into some space that is left."""


@pytest.fixture
def simulated(bench: BenchNetwork, tmp_path: Path) -> SimulatedPhones:
    """A snom that is approved in the file already, and a Yealink about which nothing is decided."""
    simulated = SimulatedPhones(bench, ["snom", "yealink"])
    approved, undecided = simulated.parts
    store = Store.open(tmp_path / "data")
    store.save_decisions(
        [
            Kept(approved.mac, Decision.APPROVED, "", "kept before"),
            Kept(undecided.mac, Decision.UNDECIDED, "", ""),
            *(Kept(other(number), Decision.UNDECIDED, "", "") for number in range(OTHERS)),
        ]
    )
    store.close()
    return simulated


def other(number: int) -> str:
    return f"02000000{number:04X}"


def both_served(simulated: SimulatedPhones) -> None:
    """The phones boot and get their URL, exactly."""
    reports = simulated.run("--seconds", "20", url=URL)
    assert [report.faults for report in reports] == [[], []]
    assert all(report.served for report in reports)


def approve_while(fault: str, run: RemoteProgram, simulated: SimulatedPhones) -> list[str]:
    """Decide during the fault: it is said, shown, and both phones are served. Who was approved."""
    keys = [simulated.parts[1].mac, *(other(number) for number in range(OTHERS))]
    run.press(keys, "A")
    sentence = run.wait_for_bar(fault)
    assert str(run.data / FILE) in sentence
    wait_until(lambda: run.decisions[keys[0]] == "approved", what="the window shows the decision")
    both_served(simulated)
    assert run.bar == [sentence]
    return keys


def assert_kept(run: RemoteProgram, approved: list[str]) -> None:
    """After ``kill -9``, what was decided before and during the fault is in the file."""
    run.kill()
    assert "Traceback" not in run.log
    kept = kept_in(run.data)
    assert {kept[key].decision for key in approved} == {Decision.APPROVED}
    assert sum(phone.label == "kept before" for phone in kept.values()) == 1


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """`folder` with what is in it on a disk of 2 MB of its own."""
    inside = {file.name: file.read_bytes() for file in folder.iterdir()}
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    try:
        for name, content in inside.items():
            (folder / name).write_bytes(content)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> None:
    """To the last byte."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (65536, 4096, 512, 1):
            with suppress(OSError):
                while filler.write(bytes(size)):
                    pass


def test_disk_full_while_running(
    bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "data"), RemoteProgram(bench.tool, tmp_path) as run:
        assert run.bar == []
        fill(run.data)
        keys = approve_while("The disk is full", run, simulated)
        (run.data / "filler").unlink()
        run.wait_for_no_bar()
        assert_kept(run, [*keys, simulated.parts[0].mac])


def test_it_ends_in_order_while_the_disk_is_full(
    bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "data"), RemoteProgram(bench.tool, tmp_path) as run:
        fill(run.data)
        run.press([other(number) for number in range(OTHERS)], "A")
        run.wait_for_bar("The disk is full")
        assert run.stop() == 0
        assert "Traceback" not in run.log
        kept = kept_in(run.data)
        assert kept[simulated.parts[0].mac].decision is Decision.APPROVED
        assert len(kept) == OTHERS + 2


def test_disk_full_from_the_start(
    bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "data"):
        before = (tmp_path / "data" / FILE).read_bytes()
        fill(tmp_path / "data")
        with RemoteProgram(bench.tool, tmp_path) as run:
            keys = approve_while("The disk is full", run, simulated)
            assert (run.data / FILE).read_bytes() == before
            (run.data / "filler").unlink()
            run.wait_for_no_bar()
            assert_kept(run, [*keys, simulated.parts[0].mac])


def test_folder_read_only(bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with small_disk(data):
        before = {file.name: file.read_bytes() for file in data.iterdir()}
        subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
        with RemoteProgram(bench.tool, tmp_path) as run:
            run.wait_for_bar("cannot be written (Read-only file system)")
            keys = approve_while("cannot be written", run, simulated)
            assert {file.name: file.read_bytes() for file in data.iterdir()} == before
            # "ip netns exec" gave it mounts of its own.
            own = ["nsenter", "-t", str(run.process.pid), "-m"]
            for side in ([], own):
                subprocess.run([*side, "mount", "-o", "remount,rw", str(data)], check=True)
            run.wait_for_no_bar()
            assert_kept(run, [*keys, simulated.parts[0].mac])


@contextmanager
def locked(file: Path, *, wholly: bool = False) -> Iterator[None]:
    """By another process than the program; `wholly`: so that it cannot even be read."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        if wholly:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


def test_locked_while_running(
    bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path
) -> None:
    with RemoteProgram(bench.tool, tmp_path) as run:
        with locked(run.data / FILE):
            keys = approve_while("Another program has", run, simulated)
        run.wait_for_no_bar()
        assert_kept(run, [*keys, simulated.parts[0].mac])


def test_locked_from_the_start(
    bench: BenchNetwork, simulated: SimulatedPhones, tmp_path: Path
) -> None:
    with ExitStack() as holding:
        holding.enter_context(locked(tmp_path / "data" / FILE, wholly=True))
        with RemoteProgram(bench.tool, tmp_path) as run:
            run.wait_for_bar("Another program has")
            keys = approve_while("Another program has", run, simulated)
            holding.close()
            run.wait_for_no_bar()
            assert_kept(run, [*keys, simulated.parts[0].mac])


def damage(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "words"), [(damage, "is damaged"), (make_newer, "from a newer version")]
)
def test_damaged_or_newer_is_set_aside(
    bench: BenchNetwork,
    simulated: SimulatedPhones,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    data = tmp_path / "data"
    spoil(data / FILE)
    before = (data / FILE).read_bytes()
    approved = [part.mac for part in simulated.parts]
    with RemoteProgram(bench.tool, tmp_path) as run:
        sentence = run.wait_for_bar(words)
        (aside,) = [file for file in data.iterdir() if file.name.startswith(f"{FILE}.")]
        assert aside.name in sentence
        assert aside.read_bytes() == before
        assert run.decisions == {}
        asking = simulated.start("--seconds", "30", url=URL)
        wait_until(lambda: set(run.decisions) == set(approved), 30, "both phones are shown")
        run.press(approved, "A")
        assert all(report.served for report in simulated.finish(asking))
        run.kill()
    kept = kept_in(data)
    assert {key: phone.decision for key, phone in kept.items()} == dict.fromkeys(
        approved, Decision.APPROVED
    )
    assert aside.read_bytes() == before
