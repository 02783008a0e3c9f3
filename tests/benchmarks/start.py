"""Start: from the process to listening and to the shown window, and phones that ask meanwhile.

``python -m tests.benchmarks.start [--screen offscreen|xvfb] [--times 5]``
With an empty store, and with 20,000 phones and 200,000 lines of history. Beside it a bare PySide6
window that shows an empty table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.store import HistoryLine, Kept, Store
from pnp_gui.system.log_file import LOG_FILE
from tests.benchmarks.cost import start_of_window
from tests.benchmarks.phone_network import TOOL, addresses, phone_network
from tests.benchmarks.running import SCREENS, folder_with, screen
from tests.benchmarks.table import Figure, hand_over, milliseconds, quantile
from tests.end_to_end.program import ROOT, environment
from tests.namespace import BenchNetwork

PHONES, LINES = 20_000, 200_000
EVERY = 0.02
"""Seconds between two phones that ask while it starts."""
SECONDS = 6.0
"""How long they do."""
FLUSHED = 10_000
"""Lines of history that are written at once."""
MACS = [f"000413{number:06X}" for number in range(PHONES)]


def fill(data: Path) -> None:
    """A store after years of work."""
    store = Store.open(data)
    store.save_decisions(Kept(mac, Decision.APPROVED, "", f"room {mac}") for mac in MACS)
    fill_history(store)
    store.close()


def fill_history(store: Store) -> None:
    """As many history lines as are kept."""
    url, start = "http://user:password@prov.example/snom/x.xml", time.time() - LINES
    for n in range(LINES):
        mac, outcome = MACS[n % PHONES], ("offered", "accepted")[n & 1]
        store.note_history(
            HistoryLine(start + n, mac, mac, url, "eth0", "10.13.2.3", outcome, 200 * (n & 1))
        )
        if not n % FLUSHED:  # of more than 50,000 that wait the oldest are lost
            store.flush()
    store.flush()
    assert len(store.history()) == LINES


def asking(count: int) -> None:
    """The phones' process: each asks once, and again every half second until it has its NOTIFY.
    Prints the times to it, in seconds."""
    import select
    import socket

    from tests.net.phone import Phone

    phones = []
    for mac, address in zip(MACS, addresses(count), strict=False):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((address, 0))
        phones.append(Phone(sock, mac))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    by_socket = {phone.sock: phone for phone in phones}
    asked: dict[socket.socket, float] = {}
    took: dict[socket.socket, float] = {}
    began, number = time.monotonic(), 0
    refused = 0
    while time.monotonic() - began < SECONDS + 1 and len(took) < count:
        while number < count and time.monotonic() - began >= number * EVERY:
            phone = phones[number]
            asked[phone.sock] = time.monotonic()
            phone.ask(TOOL)
            number += 1
        ready, _, _ = select.select([s for s in asked if s not in took], [], [], EVERY / 4)
        for sock in ready:
            try:
                data, source = sock.recvfrom(65535)
            except OSError:
                refused += 1  # not listening yet: it asks again, from then on it counts
                asked[sock] = time.monotonic()
                by_socket[sock].ask(TOOL)
                continue
            if data.startswith(b"NOTIFY"):
                took[sock] = time.monotonic() - asked[sock]
                by_socket[sock].answer(data, source)
    sys.stdout.write(json.dumps(sorted(took.values())))
    sys.stdout.flush()


def start_phones(net: BenchNetwork) -> subprocess.Popen[bytes]:
    """250 phones begin to ask."""
    return net.phones.popen(
        *(sys.executable, "-m", "tests.benchmarks.start", "--asking", "250"),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )


def answers_of(phones: subprocess.Popen[bytes]) -> list[float]:
    """Their seconds from the request to the NOTIFY, at their end."""
    out, _ = phones.communicate(timeout=60)
    times: list[float] = json.loads(out.split(b"\n")[1])
    return times


def started(
    net: BenchNetwork, folder: Path, display: str, *, asked: bool
) -> tuple[list[float], list[float]]:
    """Seconds to listening and to the shown window; the times of the phones."""
    log = folder / "data" / LOG_FILE
    log.unlink(missing_ok=True)
    began = time.perf_counter()
    program: subprocess.Popen[Any] = net.tool.popen(
        *(sys.executable, "-m", "pnp_gui", "--data-dir", str(folder / "data")),
        env=environment(folder, display),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        times = {}
        phones = None
        for word in (b"listening on UDP", b"the window is shown"):
            while not (log.exists() and word in log.read_bytes()):
                assert program.poll() is None
                time.sleep(0.002)
            times[word] = time.perf_counter() - began
            if asked and phones is None:
                phones = start_phones(net)
        return list(times.values()), answers_of(phones) if phones else []
    finally:
        program.kill()
        program.wait(timeout=30)


def figures(kind: str, times: int) -> list[Figure]:
    """The lines for the table."""
    lines = []
    with (
        screen(kind) as display,
        phone_network(addresses(300)) as net,
        folder_with() as empty,
        folder_with() as full,
    ):
        fill(full / "data")
        for name, folder in (("empty store", empty), (f"{PHONES} phones, {LINES} lines", full)):
            bare, ours = [], []
            for _ in range(times):
                bare.append(start_of_window(net.tool, folder, display))
                ours.append(started(net, folder, display, asked=False)[0])
            window = statistics.median(bare)
            for what, place, wanted in (
                ("it listens", 0, "at most 1.5"),
                ("its window is shown", 1, "at most 2"),
            ):
                one = statistics.median(each[place] for each in ours)
                lines.append(
                    Figure(
                        f"start until {what}, {name}",
                        f"{one:.2f} s",
                        f"{window:.2f} s (bare PySide6 window, shown)",
                        f"{one / window:.2f}",
                        wanted,
                    )
                )
        _, answers = started(net, full, display, asked=True)
    lines.append(
        Figure(
            f"start: {len(answers)} of 250 phones that ask while the window is made, p99 (worst)",
            f"{milliseconds(quantile(answers, 0.99))} ({milliseconds(max(answers))})",
            "",
            "",
            "under 300 ms",
        )
    )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start")
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--asking", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.asking:
        asking(options.asking)
    else:
        hand_over(figures(options.screen, options.times), as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
