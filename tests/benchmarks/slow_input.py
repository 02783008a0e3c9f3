"""The datagrams that are hardest to read, and how long the worst of them takes.

``python -m tests.benchmarks.slow_input``. A quadratic regex shows as 100 ms and more for 8 KB.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from tests.benchmarks.table import Figure, hand_over
from tests.pnp.desk import Desk
from tests.pnp.phones import PLAIN_SOURCE, SNOM
from tests.pnp.slow_datagrams import SLOW

ROUNDS = 5
"""The best of so many counts: other work on the machine hardly shows."""


def seconds(data: bytes) -> float:
    """For reading, and answering, one datagram."""
    best = float("inf")
    for _ in range(ROUNDS):
        desk = Desk(approve_all=True)
        started = time.perf_counter()
        desk.receive(data, PLAIN_SOURCE)
        best = min(best, time.perf_counter() - started)
    return best


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the worst of them beside a plain request."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.slow_input")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    usual = seconds(SNOM.wire())
    worst, name = max((seconds(data), name) for name, data in SLOW.items())
    figure = Figure(
        f"the hardest of {len(SLOW)} datagrams to read, of up to 8 KB: {name}",
        f"{worst * 1000:.2f} ms",
        f"{usual * 1000:.2f} ms (a snom's request, 430 bytes)",
        f"{worst / usual:.0f}",
        "under 20 ms",
    )
    hand_over([figure], as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
