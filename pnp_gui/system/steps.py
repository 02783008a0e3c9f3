"""Long work in steps of some 10 ms, between which phones are answered."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[int, None, T]
"""Yields how many percent are done; returns what was made."""

AT_ONCE = 500
"""Lines of a table that are made in one step."""


def part_of(steps: Steps[T], start: int, stop: int) -> Steps[T]:
    """The same as that part of longer work, from `start` to `stop` percent."""
    while True:
        try:
            percent = next(steps)
        except StopIteration as end:
            made: T = end.value
            return made
        yield start + (stop - start) * percent // 100


def finished(steps: Generator[object, None, T]) -> T:
    """What is made, without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made
