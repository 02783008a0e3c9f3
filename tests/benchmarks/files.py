"""Files: how fast they are served, and whether phones that ask for their URL wait meanwhile.

``python -m tests.benchmarks.files [--seconds 2] [--times 3]``
Beside it in the same run: a bare loop on h11, aiohttp, and the standard library's http.server.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.phone_load import phones, sheet
from tests.benchmarks.phone_network import TOOL, addresses, phone_network
from tests.benchmarks.running import folder_with, load, the_program
from tests.benchmarks.table import Figure, hand_over, milliseconds, quantile
from tests.end_to_end.program import ROOT
from tests.namespace import Namespace, wait_until
from tests.net.serving.conftest import server_of

SMALL, LARGE = 20_000, 40_000_000
DOWNLOADS = 20
PHONES = 500
STORM_SECONDS = 3.0
PORT = 8090
OTHERS = ("h11", "aiohttp", "http.server")
LOAD = (sys.executable, "-m", "tests.benchmarks.file_load")


@contextmanager
def ours(folder: Path) -> Iterator[int]:
    """The file server alone; its port."""
    with server_of(folder) as server:
        server.until(lambda state: state["files"], "the folder is read")
        yield server.port


@contextmanager
def other(kind: str, folder: Path) -> Iterator[int]:
    """One of bare_http.py."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bare_http", kind, str(folder), str(PORT)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline() == b"ready\n"
            yield PORT
        finally:
            started.kill()


def fetch(what: str, port: int, *options: str) -> dict[str, Any]:
    """Run the phones to their end."""
    done = subprocess.run(
        [*LOAD, what, "127.0.0.1", str(port), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=90,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


Measured = Callable[[int], float]


def compared(folder: Path, times: int, measured: Measured) -> dict[str, float]:
    """The median for each server, which take turns."""
    found: dict[str, list[float]] = {"ours": [], **{kind: [] for kind in OTHERS}}
    for _ in range(times):
        for kind, values in found.items():
            serving: AbstractContextManager[int] = (
                ours(folder) if kind == "ours" else other(kind, folder)
            )
            with serving as port:
                values.append(measured(port))
    return {kind: statistics.median(values) for kind, values in found.items()}


def rates(folder: Path, seconds: float, times: int) -> list[Figure]:
    """GETs a second with 64 at once."""
    lines = []
    for name, keep in (("each on its own connection", ()), ("keep-alive", ("--keep",))):

        def measured(port: int, options: Sequence[str] = keep) -> float:
            run = fetch("rate", port, "/small.cfg", "--seconds", str(seconds), *options)
            return float(run["done"]) / float(run["seconds"])

        found = compared(folder, times, measured)
        lines.append(
            Figure(
                f"files: GETs of 20 kB a second, 64 at once, {name}",
                f"{found['ours']:,.0f}",
                ", ".join(f"{found[kind]:,.0f} ({kind})" for kind in OTHERS),
                f"{found['ours'] / found['h11']:.2f}",
                "near h11",
            )
        )
    return lines


def crowd(folder: Path, times: int) -> Figure:
    """500 phones with four files each, all at once; seconds, and what was not whole."""
    failed: list[float] = []

    def measured(port: int) -> float:
        run = fetch("crowd", port, *["/small.cfg"] * 4, "--phones", str(PHONES))
        failed.append(run["failed"])
        return float(run["seconds"])

    found = compared(folder, times, measured)
    mine = sum(failed[:: 1 + len(OTHERS)])
    return Figure(
        f"files: {PHONES} phones with 4 files of 20 kB at once ({mine:.0f} not whole)",
        f"{found['ours']:.2f} s",
        ", ".join(f"{found[kind]:.2f} s ({kind})" for kind in OTHERS),
        f"{found['ours'] / found['h11']:.2f}",
        "all whole",
    )


def asking(folder: Path, downloads: int) -> tuple[list[float], float]:
    """The times from SUBSCRIBE to NOTIFY of phones that ask for `STORM_SECONDS`, the first of which
    download meanwhile; and how long these downloads took."""
    sources = addresses(PHONES)
    serve = ("--serve", str(folder), "--http-port", str(PORT), "--tftp-port", "0")
    with (
        phone_network(sources) as net,
        folder_with(sheet(phones(PHONES))) as data,
        the_program(net.tool, data, *serve),
        ThreadPoolExecutor() as pool,
    ):
        seconds = str(STORM_SECONDS)
        asked = pool.submit(
            load, net.phones, "storm", "--phones", str(PHONES), "--seconds", seconds
        )
        took = 0.0
        if downloads:
            # They may fetch as soon as they have asked.
            wait_until(partial(_serves, net.phones, sources[downloads]), 30, "files are served")
            phones_ = sources[:downloads]
            done = net.phones.run(*LOAD, "crowd", TOOL, str(PORT), "/large.bin", "--from", *phones_)
            run = json.loads(done.stdout)
            assert run["failed"] == 0
            took = run["seconds"]
        found = asked.result()
        assert found["served"] == PHONES
        return found["times"], took


def beside_downloads(folder: Path, times: int) -> list[Figure]:
    """Phones that ask, without and with downloads."""
    quiet: list[float] = []
    busy: list[float] = []
    took: list[float] = []
    for _ in range(times):
        quiet += asking(folder, 0)[0]
        found, seconds = asking(folder, DOWNLOADS)
        busy += found
        took.append(seconds)
    beside = f"{DOWNLOADS} downloads of 40 MB (in {statistics.median(took):.1f} s)"
    return [
        Figure(
            f"files: SUBSCRIBE to NOTIFY during {beside}, {name}",
            milliseconds(quantile(busy, share)),
            f"{milliseconds(quantile(quiet, share))} (without)",
            f"{quantile(busy, share) / quantile(quiet, share):.1f}",
        )
        for name, share in (("p50", 0.5), ("p99", 0.99), ("longest", 1.0))
    ]


def _serves(side: Namespace, source: str) -> bool:
    get = ("curl", "-sf", "-m", "2", "--interface", source, f"http://{TOOL}:{PORT}/small.cfg")
    return side.run(*get, check=False).returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.files")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median is taken")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.cfg").write_bytes(b"x" * SMALL)
        (folder / "large.bin").write_bytes(bytes(LARGE))
        found = [
            *rates(folder, options.seconds, options.times),
            crowd(folder, options.times),
            *beside_downloads(folder, options.times),
        ]
    hand_over(found, as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
