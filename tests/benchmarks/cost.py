"""Cost: memory with ten thousand phones, the processor while nothing happens, time to listening.

``python -m tests.benchmarks.cost [--phones 10000] [--screen offscreen|xvfb]``
Beside the program a bare PySide6 window process (`BARE_WINDOW`).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from pnp_gui.system.log_file import LOG_FILE
from tests.benchmarks.phone_load import phones, sheet
from tests.benchmarks.phone_network import addresses, phone_network
from tests.benchmarks.running import (
    SCREENS,
    folder_with,
    load,
    processor_seconds,
    screen,
    the_program,
)
from tests.benchmarks.table import Figure, hand_over
from tests.end_to_end.program import ROOT, environment
from tests.namespace import Namespace

BARE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: (sys.stdout.write("shown\\n"), sys.stdout.flush()))
QTimer.singleShot(60000, app.quit)
app.exec()
"""
IDLE = 8.0


def resident(process: psutil.Process) -> int:
    """Resident memory in bytes."""
    return int(process.memory_info().rss)


def idle(process: psutil.Process, seconds: float) -> float:
    """Share of one core while nothing happens."""
    before = processor_seconds(process)
    time.sleep(seconds)
    return (processor_seconds(process) - before) / seconds


def start_of_window(side: Namespace, folder: Path, display: str) -> float:
    """Seconds from the start of a bare PySide6 window's process to its first turn when shown."""
    started = time.perf_counter()
    window: subprocess.Popen[Any] = side.popen(
        *(sys.executable, "-c", BARE_WINDOW),
        env=environment(folder, display),
        stdout=subprocess.PIPE,
    )
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == b"shown\n"
        return time.perf_counter() - started
    finally:
        window.kill()
        window.wait(timeout=30)


def start_of_program(side: Namespace, folder: Path, display: str) -> float:
    """Seconds from the start of the program's process until it listens."""
    log = folder / "data" / LOG_FILE
    log.unlink(missing_ok=True)
    started = time.perf_counter()
    program: subprocess.Popen[Any] = side.popen(
        *(sys.executable, "-m", "pnp_gui", "--data-dir", str(folder / "data")),
        env=environment(folder, display) | {"PYTHONWARNINGS": "default"},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (log.exists() and b"listening on UDP" in log.read_bytes()):
            assert program.poll() is None
            time.sleep(0.002)
        return time.perf_counter() - started
    finally:
        program.kill()
        program.wait(timeout=30)


def figures(count: int, kind: str, times: int) -> list[Figure]:
    """The lines for the table."""
    with screen(kind) as display, phone_network(addresses(count)) as net:
        with folder_with() as folder:
            begins = [
                (
                    start_of_window(net.tool, folder, display),
                    start_of_program(net.tool, folder, display),
                )
                for _ in range(times)
            ]
            with the_program(net.tool, folder, display=display, sheet=False) as process:
                empty = resident(process)
                idle_empty = idle(process, IDLE)
        with (
            folder_with(sheet(phones(count))) as folder,
            the_program(net.tool, folder, display=display) as process,
        ):
            known = resident(process)
            load(net.phones, "storm", "--phones", str(count), "--seconds", "8")
            time.sleep(3)
            full = resident(process)
            idle_full = idle(process, IDLE)
    bare, ours = (statistics.median(column) for column in zip(*begins, strict=True))
    mega = 1 << 20
    return [
        Figure(
            f"resident memory, window {kind}, {count} phones asked and served "
            f"(known only: {known / mega:.0f} MB)",
            f"{full / mega:.0f} MB",
            f"{empty / mega:.0f} MB (the empty window)",
            f"{full / empty:.2f}",
            "at most 1.4",
        ),
        Figure(
            "processor while nothing happens, of one core: empty window",
            f"{idle_empty:.2%}",
            "",
            "",
            "under 1 %",
        ),
        Figure(
            f"processor while nothing happens, of one core: {count} phones",
            f"{idle_full:.2%}",
            "",
            "",
            "under 1 %",
        ),
        Figure(
            "start of the process until it listens",
            f"{ours:.2f} s",
            f"{bare:.2f} s (bare PySide6 window, shown)",
            f"{ours / bare:.2f}",
            "at most 1.6",
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cost")
    parser.add_argument("--phones", type=int, default=10_000)
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--times", type=int, default=5, help="starts, of which the median is taken")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    hand_over(figures(options.phones, options.screen, options.times), as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
