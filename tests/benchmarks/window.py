"""The window under load: ten thousand phones, five hundred of them asking each second.

``python -m tests.benchmarks.window [--phones 10000] [--each-second 500] [--screen offscreen|xvfb]``
The real program, started by its own `main`, with a beat of one millisecond beside it: the longest
gap between two beats is the longest stall of the event loop. Then sorting and finding at all rows,
beside the same by a QSortFilterProxyModel over the same phones in the same process.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTableView

from pnp_gui.app import main as app
from pnp_gui.bench.bench import Bench
from pnp_gui.ui.main_window import window as window_module
from pnp_gui.ui.main_window.window import MainWindow
from pnp_gui.ui.table.columns import COLUMNS, Column
from tests.benchmarks.phone_load import phones
from tests.benchmarks.phone_network import addresses, phone_network
from tests.benchmarks.running import SCREENS, folder_with, screen
from tests.benchmarks.table import Figure, hand_over, milliseconds, quantile
from tests.end_to_end.program import ROOT, environment

WARM_UP = 6.0
MEASURED = 8.0
AT_MOST = 120.0
"""Seconds after which a window that hangs is ended."""
FINDS = ("snom", "asking", "yealink approved", "000413A2", "desk 77", "denied", "")


class Beat:
    """Notes the gaps between the turns of the event loop."""

    def __init__(self, parent: MainWindow) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def start_anew(self) -> None:
        self.gaps = []
        self._last = time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


class PlainModel(QAbstractTableModel):
    """The usual way: a model in Python that a QSortFilterProxyModel asks for each comparison."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._keys = list(bench.phones)

    def rowCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            phone = self._bench.phones[self._keys[index.row()]]
            return COLUMNS[Column(index.column())].text(phone, 0.0, self._bench)
        return None


class Course(MainWindow):
    """The program's window, which takes itself through the course and says what it measured."""

    steps: list[tuple[float, Callable[[Course], None]]]
    found: dict[str, Any]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if hasattr(self, "beat"):
            return
        self.beat = Beat(self)
        self.found = {}
        self.deciding_what = ""
        self.steps = [
            (3.0, Course.begin_noise),
            (3.0, Course.begin_load),
            (WARM_UP, lambda self: self.begin_measure("")),
            (MEASURED, lambda self: self.end_measure("snom", "asking")),
            (MEASURED, lambda self: self.end_measure("asking", "")),
            (0.5, Course.sort_and_find),
            (0.5, Course.select_all),
            (1.0, lambda self: self.decide("approve all", "approve")),
            (4.0, lambda self: self.decide("deny all", "deny")),
            (4.0, lambda self: self.decide("", "")),
            (0.1, Course.beside_a_proxy),
            (0.1, Course.end),
        ]
        self._next()

    def _next(self) -> None:
        if self.steps:
            wait, do = self.steps.pop(0)
            QTimer.singleShot(int(wait * 1000), partial(self._do, do))

    def _do(self, step: Callable[[Course], object]) -> None:
        step(self)
        self._next()

    def begin_noise(self) -> None:
        self.beat.start_anew()

    def begin_load(self) -> None:
        self.found["quiet"] = self.beat.gaps
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    def begin_measure(self, _: str) -> None:
        self.table.sortByColumn(Column.STATUS, Qt.SortOrder.AscendingOrder)
        self.action_bar.find_field.setText("snom")
        self.beat.start_anew()

    def end_measure(self, name: str, find: str) -> None:
        self.found[f"gaps, {name}"] = self.beat.gaps
        self.found[f"rows, {name}"] = self.table.visible_count()
        self.action_bar.find_field.setText(find)
        self.beat.start_anew()

    def sort_and_find(self) -> None:
        self.found["rows"] = self.table.visible_count()
        self.found["asked"] = sum(1 for phone in self._bench.phones.values() if phone.asked)
        for column in Column:
            self._time("sort", column.name, partial(self.table.sortByColumn, column, _DOWN))
        self._time("sort", "STATUS", lambda: self.table.sortByColumn(Column.STATUS, _UP))
        for text in FINDS:
            self._time("find", repr(text), partial(self.action_bar.find_field.setText, text))

    def _time(self, kind: str, name: str, do: Callable[[], None]) -> None:
        started = time.perf_counter()
        do()
        QCoreApplication.processEvents()  # with the painting that it causes
        self.found.setdefault(kind, []).append((time.perf_counter() - started, name))

    def select_all(self) -> None:
        self.deciding_what = "select all"
        self.beat.start_anew()
        self.table.selectAll()

    def decide(self, name: str, action: str) -> None:
        if self.deciding_what:
            self.found[self.deciding_what] = self.beat.gaps
        self.beat.start_anew()
        if not name:
            return
        self.deciding_what = name
        getattr(self.actions_, action).trigger()

    def beside_a_proxy(self) -> None:
        view = QTableView()
        plain = PlainModel(self._bench)
        proxy = QSortFilterProxyModel()
        proxy.setSourceModel(plain)
        proxy.setFilterKeyColumn(-1)
        proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        view.setModel(proxy)
        view.show()
        QCoreApplication.processEvents()
        for column in (Column.STATUS, Column.VERSION):
            self._time("proxy sort", column.name, partial(proxy.sort, column, _DOWN))
        for text in ("snom", "asking", ""):
            self._time("proxy find", repr(text), partial(proxy.setFilterFixedString, text))
        view.close()

    def end(self) -> None:
        self.close_requested.emit()


_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def inside(folder: Path) -> int:
    """The process on the tool's side: the program with the course for its window."""
    made: list[Course] = []

    class Made(Course):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            made.append(self)

    setattr(window_module, "MainWindow", Made)  # noqa: B010
    status = app.main(["--data-dir", str(folder / "data"), "--sheet", str(folder / "phones.csv")])
    sys.stdout.write(json.dumps(made[0].found) + "\n")
    return status


def a_third_approved(count: int) -> str:
    """A sheet: a third approved, a fifth denied, the others only known."""
    lines = ["mac,decision,url,label"]
    for place, phone in enumerate(phones(count)):
        decision = "approved" if place % 3 == 0 else "denied" if place % 5 == 1 else "undecided"
        lines.append(f"{phone.mac},{decision},,desk {place}")
    return "\n".join([*lines, ""])


def course(count: int, each_second: float, kind: str) -> dict[str, Any]:
    """Run it; what the window found."""
    with (
        screen(kind) as display,
        phone_network(addresses(count)) as net,
        folder_with(a_third_approved(count)) as folder,
    ):
        window = net.tool.popen(
            *(sys.executable, "-m", "tests.benchmarks.window", "--inside", str(folder)),
            env=environment(folder, display) | {"PYTHONWARNINGS": "default"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        asking: subprocess.Popen[Any] | None = None
        at_the_latest = threading.Timer(AT_MOST, window.kill)
        at_the_latest.start()
        try:
            assert window.stdout is not None
            assert window.stdout.readline() == b"ready\n"
            asking = net.phones.popen(
                *(sys.executable, "-m", "tests.benchmarks.phone_load", "steady"),
                *("--phones", str(count), "--each-second", str(each_second), "--seconds", "90"),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
            )
            found: dict[str, Any] = json.loads(window.stdout.read())
            window.wait(timeout=30)
        finally:
            at_the_latest.cancel()
            for process in (window, asking):
                if process is not None and process.poll() is None:
                    os.kill(process.pid, signal.SIGKILL)
                    process.wait(timeout=30)
    return found


def figures(count: int, each_second: float, kind: str) -> list[Figure]:
    """The lines for the table."""
    found = course(count, each_second, kind)
    quiet = found["quiet"]
    noise = f"{milliseconds(max(quiet))} (the same window without load)"
    where = f"window {kind}, {count} phones, {each_second:.0f} asking each second"
    lines = []
    for name in ("snom", "asking"):
        gaps = found[f"gaps, {name}"]
        what = f"{where}, by Status, find “{name}” ({found[f'rows, {name}']} rows)"
        over = sum(gap > 0.05 for gap in gaps)
        lines.append(
            Figure(f"{what}: longest stall", milliseconds(max(gaps)), noise, "", "under 100 ms")
        )
        lines.append(
            Figure(
                f"{what}: 99 % of the loop's turns; longer than 50 ms",
                f"{milliseconds(quantile(gaps, 0.99))}; {over} of {len(gaps)}",
                milliseconds(quantile(quiet, 0.99)),
                "",
                "under 50 ms",
            )
        )
    for name in ("select all", "approve all", "deny all"):
        lines.append(
            Figure(
                f"{where}: {name}, longest stall",
                milliseconds(max(found[name])),
                "",
                "",
                "under 100 ms",
            )
        )
    for name in ("sort", "find"):
        longest, by = max(found[name])
        other, other_by = max(found[f"proxy {name}"])
        lines.append(
            Figure(
                f"{name} {found['rows']} rows, the slowest: {by}",
                milliseconds(longest),
                f"{milliseconds(other)} (QSortFilterProxyModel, {other_by})",
                f"{longest / other:.3f}",
                "under 100 ms",
            )
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.window")
    parser.add_argument("--phones", type=int, default=10_000)
    parser.add_argument("--each-second", type=float, default=500.0)
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.inside:
        return inside(options.inside)
    found = figures(options.phones, options.each_second, options.screen)
    hand_over(found, as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
