"""A technician at work on a disk that fails once; run by test_failing_disk.py in a process of its
own, with failing_disk.c preloaded.

    python -m tests.bench.store.failing FOLDER ERRNO

Each call that changes the file fails in turn, each time in a copy of this process. Prints the
number of calls, and a line for all that was wrong.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import FILE, Kept, Store
from pnp_gui.bench.store.troubles import SAVING

KEYS = [f"0200000000{number:02X}" for number in range(40)]
Rows = dict[str, tuple[str, str, str]]


class Work:
    """One technician and a clock that is turned by hand."""

    def __init__(self, data: Path) -> None:
        self.file = data / FILE
        self.now = 1000.0
        self.bench = Bench(Store.open(data), monotonic=lambda: self.now)
        self.bench.load()

    def steps(self) -> Iterator[str]:
        """Decide; the name of each step once it is done."""
        bench = self.bench
        bench.approve(KEYS[:20])
        yield "approve"
        bench.apply_sheet(
            SheetLine(n, key, Decision.APPROVED, "http://192.0.2.5/{mac}", f"room {n}")
            for n, key in enumerate(KEYS[10:])
        )
        yield "sheet"
        bench.undo()
        yield "undo the sheet"
        bench.redo()
        yield "redo it"
        bench.deny(KEYS[:5])
        yield "deny"
        bench.set_label(KEYS[3:8], "Lobby")
        yield "label"
        bench.forget(KEYS[:8])
        yield "forget"
        bench.undo()
        yield "undo that"
        bench.set_default_url("http://192.0.2.7/{mac}.xml")
        yield "default URL"
        bench.tick()
        yield "tick"
        bench.undecide(KEYS[20:])
        yield "undecide"

    def shown(self) -> Rows:
        return {
            phone.key: (phone.decision.value, phone.own_url, phone.label)
            for phone in self.bench.phones.values()
        }

    def kept(self) -> Rows:
        """What another program reads now, as the next start would after a power cut."""
        with closing(sqlite3.connect(self.file)) as other:
            rows = other.execute("SELECT key, decision, own_url, label FROM phone")
            return {key: (decision, url, label) for key, decision, url, label in rows}


def work(data: Path) -> list[str]:
    """What was wrong."""
    wrong = []
    made = Work(data)
    for step in made.steps():
        unsaved = SAVING & made.bench.troubles.keys()
        if not unsaved and made.kept() != made.shown():
            wrong.append(f"{step}: shown as saved, and not in the file")
    for _ in range(2):  # the first may be the one that fails
        made.now += 10.0
        made.bench.tick()
    if made.kept() != made.shown():
        wrong.append("not saved afterwards")
    wrong += [f"still said: {trouble}" for trouble in made.bench.troubles.values()]
    lines = [line.text for line in made.bench.log if "disk" in line.text or "file" in line.text]
    if len(lines) > 1:
        wrong.append(f"said more than once: {lines}")
    made.bench.close()
    again = Bench(Store.open(data))
    again.load()
    if again.urls.default != "http://192.0.2.7/{mac}.xml":
        wrong.append("the default URL is lost")
    again.close()
    return wrong


def main(folder: Path, error: int) -> None:
    disk = ctypes.CDLL(None)
    start = folder / "start"
    store = Store.open(start)
    store.save_decisions(Kept(key, Decision.UNDECIDED, "", "") for key in KEYS[:30])
    store.close()
    number, calls = 0, 1
    while number <= calls:
        data = folder / "data"
        shutil.copytree(start, data)
        disk.disk_fail_at(FILE.encode(), number, error)
        if number == 0:
            found = work(data)
            calls = disk.disk_calls()
            sys.stdout.write(f"{calls}\n")
            sys.stdout.flush()
        elif (child := os.fork()) == 0:
            try:
                found = work(data)
            except BaseException:
                found = [traceback.format_exc()]
            for each in found:
                sys.stdout.write(f"call {number} of {calls}: {each}\n")
            sys.stdout.flush()
            os._exit(0)
        else:
            _, status = os.waitpid(child, 0)
            if status:
                sys.stdout.write(f"call {number} of {calls}: ended with {status}\n")
                sys.stdout.flush()
        shutil.rmtree(data)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
