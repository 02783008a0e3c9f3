"""A datagram, read by the usual form and by the general rules: they give the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.hostile.guided import Wrong
from tests.hostile.guided.sip import SEEDS, WORDS
from tests.pnp.both_ways import general_rules_alone, read, understood

LARGEST = 2000
"""Bytes. What is longer is read by the same rules; phones send up to 1,100."""

__all__ = ["LARGEST", "SEEDS", "WORDS", "opened"]


def opened(_: Path) -> Callable[[bytes], None]:
    return try_both


def try_both(data: bytes) -> None:
    usual = read(data), understood(data)
    with general_rules_alone():
        general = read(data), understood(data)
    if usual != general:
        raise Wrong(f"by the usual form {usual}, by the general rules {general}")
