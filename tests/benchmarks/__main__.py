"""``python -m tests.benchmarks``: runs every benchmark, each in a process of its own, in a minute
or so each, and prints one table.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence

import psutil

from tests.benchmarks.running import SCREENS
from tests.benchmarks.table import Figure, show, taken
from tests.end_to_end.program import ROOT

PROGRAMS = {
    "storm": True,
    "rate": True,
    "window": True,
    "cost": True,
    "start": True,
    "history": True,
    "stages": False,
    "slow_input": False,
    "files": False,
}
"""Module, and whether it opens a window."""

AT_MOST = 150
"""Seconds for one of them, on a slow machine."""


def machine() -> str:
    """What it was measured on, in a line."""
    memory = psutil.virtual_memory().total / (1 << 30)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before it began: {load}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them; 1 when one could not be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    options = parser.parse_args(arguments)
    sys.stdout.write(machine() + "\n")
    figures: list[Figure] = []
    status = 0
    for name, opens_window in PROGRAMS.items():
        sys.stderr.write(f"{name} …\n")
        screen = ["--screen", options.screen] if opens_window else []
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}", "--json", *screen],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            timeout=AT_MOST,
            check=False,
        )
        if done.returncode:
            status = 1
            figures.append(Figure(name, "could not be run: see above"))
        else:
            figures += taken(done.stdout)
    show(figures)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
