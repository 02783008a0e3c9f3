"""A history of 200,000 lines of 20,000 phones: the longest stall of the event loop, and the whole
time, of opening it, saving it as CSV and report, finding in it and sorting it.

``python -m tests.benchmarks.history [--screen offscreen|xvfb]``
Beside them the idle window, for the machine's own noise.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.running import SCREENS, screen
from tests.benchmarks.start import LINES, MACS, fill_history
from tests.benchmarks.table import Figure, hand_over, milliseconds
from tests.end_to_end.program import ROOT, environment

AT_MOST = 60.0
"""Seconds for one of them."""


def inside(folder: Path) -> None:
    """The window's process: prints each name with stall and time in seconds."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from pnp_gui.bench.bench import Bench
    from pnp_gui.bench.phones.phone import Decision
    from pnp_gui.bench.sheet.sheet import SheetLine
    from pnp_gui.bench.store.store import Store
    from pnp_gui.system import clock
    from pnp_gui.ui.export.exports import Exports
    from pnp_gui.ui.export.save_dialog import SaveDialog
    from pnp_gui.ui.history.model import HistoryColumn
    from pnp_gui.ui.listening import Listening
    from pnp_gui.ui.main_window.window import MainWindow
    from pnp_gui.ui.serving import Serving

    gc.disable()  # the program collects in pauses: system/gc_pauses.py
    app = QApplication([])
    store = Store.open(folder, background=True)
    bench = Bench(store, monotonic=clock.seconds)
    bench.load()
    bench.apply_sheet(
        SheetLine(n, mac, Decision.APPROVED, None, f"room {n}") for n, mac in enumerate(MACS)
    )
    fill_history(store)
    window = MainWindow(bench, Listening(), Serving())
    window.show()
    last, longest = time.perf_counter(), 0.0

    def beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        last, longest = now, max(longest, now - last)

    timer = QTimer(interval=0)
    timer.timeout.connect(beat)
    timer.start()
    found: dict[str, tuple[float, float]] = {}

    def run(name: str, do: Callable[[], object], done: Callable[[], bool]) -> None:
        nonlocal longest
        app.processEvents()
        beat()
        longest, began = 0.0, time.perf_counter()
        do()
        while not done():
            app.processEvents()
            assert time.perf_counter() - began < AT_MOST, name
        app.processEvents()
        found[name] = longest, time.perf_counter() - began

    later = time.perf_counter() + 2.0
    run("nothing", lambda: None, lambda: time.perf_counter() > later)
    (exports,) = window.findChildren(Exports)
    history = exports.open_history()
    run("open", lambda: history.period.setCurrentIndex(2), lambda: history.model.complete)

    def save(dialog: SaveDialog, file: Path) -> None:
        dialog.path.setText(str(file))
        if open_after := getattr(dialog, "open_after", None):
            open_after.setChecked(False)
        dialog.save_button.click()

    csv, report = folder / "history.csv", folder / "report.html"
    run("save as CSV", lambda: save(exports.save_history(), csv), csv.exists)
    run("save the report", lambda: save(exports.save_report(), report), report.exists)
    model = history.model

    def settled() -> bool:
        return not model.is_busy

    run("find", lambda: model.set_words("room 77 accepted"), settled)
    run("find nothing more", lambda: model.set_words(""), settled)
    run("sort by phone", lambda: model.sort(HistoryColumn.PHONE), settled)
    bench.close()
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


def figures(kind: str) -> list[Figure]:
    """The lines for the table."""
    with screen(kind) as display, tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.history", "--inside", folder],
            cwd=ROOT,
            env=environment(Path(folder), display),
            stdout=subprocess.PIPE,
            check=True,
            timeout=120,
        )
    found: dict[str, tuple[float, float]] = json.loads(done.stdout)
    idle, _ = found.pop("nothing")
    return [
        Figure(
            f"history of {LINES} lines, {name}: longest stall; in all",
            f"{milliseconds(stall)}; {whole:.1f} s",
            f"{milliseconds(idle)} (idle window)",
            "",
            "under 100 ms",
        )
        for name, (stall, whole) in found.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.history")
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.inside:
        inside(options.inside)
    hand_over(figures(options.screen), as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
