"""Figures with what they were measured beside, as lines of a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line."""

    what: str
    ours: str
    """The program's figure, with its unit."""
    beside: str = ""
    """The figure of what it is compared with, and what that is."""
    ratio: str = ""
    wanted: str = ""
    """What it ought to be; nothing here fails when it is not."""


_HEADS = Figure("", "PnP Bench", "beside it", "ratio", "wanted")


def show(figures: Iterable[Figure]) -> None:
    """Print a table."""
    rows = [tuple(asdict(figure).values()) for figure in (_HEADS, *figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
        if number == 0:
            sys.stdout.write("  ".join("-" * width for width in widths) + "\n")
    sys.stdout.flush()


def hand_over(figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print for a person, or for the program that runs them all."""
    if as_json:
        sys.stdout.write(json.dumps([asdict(figure) for figure in figures]) + "\n")
        sys.stdout.flush()
    else:
        show(figures)


def taken(text: str) -> list[Figure]:
    """What `hand_over` printed as JSON."""
    return [Figure(**row) for row in json.loads(text)]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed; nan without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"
