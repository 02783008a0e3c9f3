"""The program and its bare peers as processes on the tool's side, and what they cost."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from pnp_gui.bench.store.settings import DEFAULT_URL, URL_HISTORY
from pnp_gui.bench.store.store import Store
from pnp_gui.system.log_file import LOG_FILE
from tests.benchmarks.phone_load import URL
from tests.end_to_end.program import ROOT, environment
from tests.namespace import Namespace, wait_until
from tests.screen import new_screen

SCREENS = ("offscreen", "xvfb")


@contextmanager
def screen(kind: str) -> Iterator[str]:
    """The display to open the window on; "" for Qt's offscreen platform."""
    if kind == "offscreen":
        yield ""
        return
    with new_screen("1600x1000") as name:
        yield name


@contextmanager
def folder_with(sheet: str = "") -> Iterator[Path]:
    """A data folder for one run, with a sheet "phones.csv" and the default URL of the phones."""
    with tempfile.TemporaryDirectory(prefix="pnp-benchmark-") as name:
        folder = Path(name)
        (folder / "phones.csv").write_text(sheet, encoding="utf-8")
        store = Store.open(folder / "data")
        store.set_setting(URL_HISTORY, [URL])
        store.set_setting(DEFAULT_URL, URL)
        store.close()
        yield folder


@contextmanager
def the_program(
    side: Namespace, folder: Path, *options: str, display: str = "", sheet: bool = True
) -> Iterator[psutil.Process]:
    """The real program with its window, listening on eth0, without -v."""
    arguments = [*options, *(["--sheet", str(folder / "phones.csv")] if sheet else [])]
    log = folder / "data" / LOG_FILE
    log.unlink(missing_ok=True)
    with (folder / "stderr.txt").open("wb") as errors:
        started: subprocess.Popen[Any] = side.popen(
            *(sys.executable, "-m", "pnp_gui", "--data-dir", str(folder / "data"), *arguments),
            env=environment(folder, display) | {"PYTHONWARNINGS": "default"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
        )
    try:
        wait_until(
            lambda: (
                started.poll() is not None
                or (log.exists() and "listening on UDP" in log.read_text("utf-8"))
            ),
            60,
            "the program listens",
        )
        assert started.poll() is None, (folder / "stderr.txt").read_text()
        time.sleep(1.5)  # its first paints and looks are over
        yield psutil.Process(started.pid)
        started.send_signal(signal.SIGTERM)
        started.wait(timeout=30)
        said = (folder / "stderr.txt").read_text()
        assert "Traceback" not in said, said
    finally:
        with suppress(ProcessLookupError):
            started.kill()
        started.wait(timeout=30)


@contextmanager
def bare(side: Namespace, kind: str) -> Iterator[psutil.Process]:
    """One of the loops in bare.py."""
    started: subprocess.Popen[Any] = side.popen(
        *(sys.executable, "-m", "tests.benchmarks.bare", kind),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        yield psutil.Process(started.pid)
    finally:
        started.kill()
        started.wait(timeout=30)


def load(side: Namespace, what: str, *options: str, timeout: float = 90.0) -> dict[str, Any]:
    """Run phones (phone_load.py) on their side to their end."""
    done = side.run(
        *(sys.executable, "-m", "tests.benchmarks.phone_load", what, *options),
        cwd=ROOT,
        timeout=timeout,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def processor_seconds(process: psutil.Process) -> float:
    """User and system time of a process so far."""
    times = process.cpu_times()
    return float(times.user + times.system)
