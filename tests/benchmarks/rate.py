"""Rate: how many complete exchanges a second (SUBSCRIBE, 200, NOTIFY, 200), with the window open.

``python -m tests.benchmarks.rate [--in-flight 64] [--seconds 3] [--screen offscreen|xvfb]``
Beside it a bare non-blocking socket loop that does the same two receives and two sends and reads
nothing. Twice: by the clock, and by the processor's time of the answering process alone, which the
phones' own slowness (they share the machine) cannot flatter.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence

import psutil

from tests.benchmarks.phone_load import phones, sheet
from tests.benchmarks.phone_network import addresses, phone_network
from tests.benchmarks.running import (
    SCREENS,
    bare,
    folder_with,
    load,
    processor_seconds,
    screen,
    the_program,
)
from tests.benchmarks.table import Figure, hand_over
from tests.namespace import Namespace


def measure(
    side: Namespace, process: psutil.Process, count: int, in_flight: int, seconds: float
) -> tuple[float, float]:
    """Exchanges a second, and exchanges for each second of the process's own time."""
    before = processor_seconds(process)
    found = load(
        side,
        "rate",
        *("--phones", str(count), "--in-flight", str(in_flight), "--seconds", str(seconds)),
    )
    spent = processor_seconds(process) - before
    return found["exchanges"] / found["seconds"], found["exchanges"] / spent


def figures(count: int, in_flight: int, seconds: float, kind: str, times: int) -> list[Figure]:
    """The lines for the table."""
    ours: list[tuple[float, float]] = []
    loops: list[tuple[float, float]] = []
    with (
        screen(kind) as display,
        phone_network(addresses(count)) as net,
        folder_with(sheet(phones(count))) as folder,
    ):
        for _ in range(times):
            with bare(net.tool, "blind") as loop:
                loops.append(measure(net.phones, loop, count, in_flight, seconds))
            with the_program(net.tool, folder, display=display) as process:
                ours.append(measure(net.phones, process, count, in_flight, seconds))
    lines = []
    for place, name in enumerate(("by the clock", "by the processor's time")):
        one = statistics.median(run[place] for run in ours)
        other = statistics.median(run[place] for run in loops)
        lines.append(
            Figure(
                f"rate, window {kind}: exchanges a second {name}",
                f"{one:,.0f} ({1e6 / one:.0f} µs each)",
                f"{other:,.0f} (blind loop, {1e6 / other:.0f} µs)",
                f"{one / other:.2f}",
                "at least 0.25" if place == 0 else "",
            )
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rate")
    parser.add_argument("--phones", type=int, default=4000)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median is taken")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = figures(
        options.phones, options.in_flight, options.seconds, options.screen, options.times
    )
    hand_over(found, as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
