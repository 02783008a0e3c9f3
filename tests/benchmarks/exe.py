"""The Windows program's start and idling under Wine, beside a bare exe: the same Python and Qt, and
a window with an empty table. It takes what `tests/windows/kit/build` made; CI does not run it.

``python -m tests.benchmarks.exe [--dist dist-windows] [--times 5]``

A window is painted once two thirds of its pixels are; the screen's memory is looked at, so that
looking costs nothing. Wine runs throughout, as Windows does.
"""

from __future__ import annotations

import argparse
import mmap
import os
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from pnp_gui.system.log_file import LOG_FILE
from tests.benchmarks.cost import idle
from tests.benchmarks.phone_network import addresses, phone_network
from tests.benchmarks.running import folder_with, processor_seconds
from tests.benchmarks.start import LINES, PHONES, answers_of, fill, start_phones
from tests.benchmarks.table import Figure, hand_over, milliseconds, quantile
from tests.end_to_end.program import ROOT
from tests.namespace import Namespace, wait_until
from tests.screen import new_screen
from tests.windows.exe import KIT, windows_path, wine_environment, wine_is_over

BARE = """
import sys
from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Empty(QAbstractTableModel):
    def rowCount(self, parent=None): return 0
    def columnCount(self, parent=None): return 10

app = QApplication(sys.argv[:1])
window, table, model = QMainWindow(), QTableView(), Empty()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
app.exec()
"""
WIDTH, HEIGHT = 1400, 900
PAINTED = 2 / 3
"""Of the screen's points that are looked at; a window that is 1280 by 730 pixels has 74 %."""
IDLE = 60.0
_BYTES = 4
_STEP = 20


class Screen:
    """What Xvfb shows, read from its memory (XWD: a header, the colours, then the pixels)."""

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        line = WIDTH * _BYTES
        first = len(self._memory) - line * HEIGHT
        self._points = [
            first + y * line + x * _BYTES
            for y in range(0, HEIGHT, _STEP)
            for x in range(0, WIDTH, _STEP)
        ]

    def share_painted(self) -> float:
        """The share of points that are not black, as the empty screen is."""
        lit = sum(self._memory[at : at + 3] != b"\0\0\0" for at in self._points)
        return lit / len(self._points)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process."""

    listening: float
    """0: it does not listen."""
    painted: float
    processor: float
    """User and system, until it is painted."""


@dataclass(frozen=True, slots=True)
class Wine:
    """Where Windows programs are started."""

    side: Namespace
    display: str
    screen: Screen

    @contextmanager
    def program(self, exe: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """It runs until the end of the block, then it is killed."""
        process: subprocess.Popen[bytes] = self.side.popen(
            *(str(KIT / "run"), str(exe), *arguments),
            env=wine_environment(self.display),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)
            wait_until(lambda: not self.screen.share_painted(), what="its window is gone")

    def start(self, exe: Path, data: Path | None = None) -> Start:
        """One start, until its window is painted."""
        listens = _listens(data)
        arguments = ("--data-dir", windows_path(data)) if data else ()
        began = time.perf_counter()
        listening = 0.0
        with self.program(exe, *arguments) as process:
            while self.screen.share_painted() < PAINTED:
                assert process.poll() is None, f"{exe} ended"
                if not listening and listens():
                    listening = time.perf_counter() - began
                time.sleep(0.005)
            painted = time.perf_counter() - began
            return Start(listening, painted, processor_seconds(own_process(process, exe)))


def _listens(data: Path | None) -> Callable[[], bool]:
    """Whether the program with this data folder wrote that it listens."""
    if data is None:
        return lambda: False
    log = data / LOG_FILE
    log.unlink(missing_ok=True)
    return lambda: log.exists() and b"joined on" in log.read_bytes()


def own_process(started: subprocess.Popen[Any], exe: Path) -> psutil.Process:
    """The process that runs `exe`, below the script that started it."""
    below = psutil.Process(started.pid).children(recursive=True)
    return next(one for one in below if one.cmdline() and exe.name in one.cmdline()[0])


@contextmanager
def wine(side: Namespace) -> Iterator[Wine]:
    """Wine, kept running by a program that waits, with a screen of its own."""
    with tempfile.TemporaryDirectory(prefix="pnp-benchmark-") as name:
        size = f"{WIDTH}x{HEIGHT}"
        with new_screen(size, "-fbdir", name) as display:
            wine_is_over()
            waits = ("python", "-c", "print('runs', flush=True); import time; time.sleep(1e6)")
            keeper: subprocess.Popen[str] = side.popen(
                *(str(KIT / "run"), *waits),
                env=wine_environment(display),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            try:
                assert keeper.stdout is not None
                assert keeper.stdout.readline().strip() == "runs"
                yield Wine(side, display, Screen(Path(name)))
            finally:
                os.killpg(keeper.pid, signal.SIGKILL)
                keeper.wait(timeout=30)
                wine_is_over()


def bare_exe(folder: Path) -> Path:
    """Make the bare exe in `folder`, by the PyInstaller that made the program."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    places = (("--distpath", "dist"), ("--workpath", "work"), ("--specpath", ""))
    options = [word for option, name in places for word in (option, windows_path(folder / name))]
    subprocess.run(
        [
            *(str(KIT / "run"), "python", "-m", "PyInstaller", "--noconfirm", "--windowed"),
            *("--log-level", "ERROR", *options, windows_path(script)),
        ],
        cwd=folder,
        check=True,
    )
    return folder / "dist" / "bare" / "bare.exe"


def compared(name: str, ours: Sequence[Start], bare: Sequence[Start]) -> list[Figure]:
    """The lines about one store; every figure is a median."""

    def middle(starts: Sequence[Start], what: Callable[[Start], float]) -> float:
        return statistics.median(map(what, starts))

    shown = middle(bare, lambda one: one.painted)
    used = middle(bare, lambda one: one.processor)
    lines: list[tuple[str, Callable[[Start], float], str, float, str]] = [
        ("until it listens", lambda one: one.listening, "painted", shown, "at most 1.5"),
        ("until its window is painted", lambda one: one.painted, "painted", shown, "at most 2"),
        ("processor until then", lambda one: one.processor, "", used, ""),
    ]
    return [
        Figure(
            f"Windows program, start {text}, {name}",
            f"{middle(ours, what):.2f} s",
            f"{beside:.2f} s (bare exe, {word})" if word else f"{beside:.2f} s (bare exe)",
            f"{middle(ours, what) / beside:.2f}",
            wanted,
        )
        for text, what, word, beside, wanted in lines
    ]


def first_answers(net_wine: Wine, net: Any, exe: Path, data: Path) -> list[float]:
    """Seconds to the NOTIFY of phones that ask from the moment when it listens."""
    listens = _listens(data)
    with net_wine.program(exe, "--data-dir", windows_path(data)):
        wait_until(listens, 60, "it listens")
        return answers_of(start_phones(net))


def figures(dist: Path, times: int) -> list[Figure]:
    """The lines for the table."""
    exe = dist / "pnp-gui" / "pnp-gui.exe"
    lines = []
    with (
        tempfile.TemporaryDirectory(prefix="pnp-benchmark-") as name,
        phone_network(addresses(300)) as net,
        folder_with() as empty,
        folder_with() as full,
    ):
        beside = bare_exe(Path(name))
        fill(full / "data")
        with wine(net.tool) as running:
            for store, folder in (
                ("empty store", empty),
                (f"{PHONES} phones, {LINES} lines", full),
            ):
                pairs = [
                    (running.start(exe, folder / "data"), running.start(beside))
                    for _ in range(times)
                ]
                lines += compared(store, *zip(*pairs, strict=True))
            answers = first_answers(running, net, exe, full / "data")
            lines.append(
                Figure(
                    f"Windows program: {len(answers)} of 250 phones that ask while the window is "
                    "made, p99 (worst)",
                    f"{milliseconds(quantile(answers, 0.99))} ({milliseconds(max(answers))})",
                    wanted="under 300 ms",
                )
            )
            shares = []
            for one, options in ((exe, ("--data-dir", windows_path(empty / "data"))), (beside, ())):
                with running.program(one, *options) as process:
                    wait_until(lambda: running.screen.share_painted() > PAINTED, 60, "painted")
                    time.sleep(3)
                    shares.append(idle(own_process(process, one), IDLE))
            lines.append(
                Figure(
                    "Windows program: processor while nothing happens, of one core, a minute",
                    f"{shares[0]:.2%}",
                    f"{shares[1]:.2%} (bare exe)",
                )
            )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.exe")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist-windows")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args(arguments)
    hand_over(figures(options.dist.resolve(), options.times), as_json=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
