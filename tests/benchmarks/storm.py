"""Storm: thousands of approved phones come back at once, while the window shows them.

``python -m tests.benchmarks.storm [--phones 2000] [--seconds 0.3] [--screen offscreen|xvfb]``
The times are from the SUBSCRIBE's sending to the NOTIFY's arrival in the phones' kernel; every
answer is checked to the byte afterwards (pnp_gui/demo/check.py).
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.phone_load import phones, sheet
from tests.benchmarks.phone_network import addresses, phone_network
from tests.benchmarks.running import SCREENS, bare, folder_with, load, screen, the_program
from tests.benchmarks.table import Figure, hand_over, milliseconds, quantile

PAIRS = 5


def storm(
    count: int, seconds: float, kind: str, times: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the phones saw of the program and of the bare loop, in turn."""
    ours, loops = [], []
    options = ("--phones", str(count), "--seconds", str(seconds))
    with screen(kind) as display, phone_network(addresses(count)) as net:
        for _ in range(times):
            with bare(net.tool, "answering"):
                loops.append(load(net.phones, "storm", *options))
            with (
                folder_with(sheet(phones(count))) as folder,
                the_program(net.tool, folder, display=display),
            ):
                ours.append(load(net.phones, "storm", *options))
    return ours, loops


def figures(count: int, seconds: float, kind: str, times: int) -> list[Figure]:
    """The lines for the table; the median of the runs, and the worst of what must not vary."""
    ours, loops = storm(count, seconds, kind, times)

    def served(runs: list[dict[str, Any]]) -> str:
        return f"{min(run['first'] for run in runs)} of {count}"

    def at(runs: list[dict[str, Any]], share: float) -> float:
        return statistics.median(quantile(run["times"], share) for run in runs)

    lines = [
        Figure(
            f"storm: {count} phones in {ours[0]['seconds']:.2f} s, window {kind}: "
            "served on their first SUBSCRIBE",
            served(ours),
            f"{served(loops)} (answering loop)",
            "",
            "all",
        ),
        Figure(
            "storm: answers that are not exact",
            str(sum(run["inexact"] for run in ours)),
            str(sum(run["inexact"] for run in loops)),
            "",
            "0",
        ),
    ]
    for name, share, wanted in (("p50", 0.5, ""), ("p99", 0.99, "under 150 ms"), ("worst", 1, "")):
        one, other = at(ours, share), at(loops, share)
        lines.append(
            Figure(
                f"storm: SUBSCRIBE to NOTIFY, {name}",
                milliseconds(one),
                milliseconds(other),
                f"{one / other:.1f}",
                wanted,
            )
        )
    return [*lines, at_one_moment(count, kind)]


def at_one_moment(count: int, kind: str) -> Figure:
    """The same with no time between them: the median of five pairs, as they vary a lot."""
    pairs = [
        (quantile(one["times"], 0.99), quantile(other["times"], 0.99))
        for one, other in zip(*storm(count, 0.0, kind, PAIRS), strict=True)
    ]
    one, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratios = sorted(one / other for one, other in pairs)
    return Figure(
        f"storm: {count} phones at the same moment, p99",
        milliseconds(one),
        milliseconds(other),
        f"{ratios[PAIRS // 2]:.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})",
        "ratio at most 5",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.storm")
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--screen", choices=SCREENS, default="offscreen")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median is taken")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = figures(options.phones, options.seconds, options.screen, options.times)
    hand_over(found, as_json=options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
