"""Reads a list as the tests write it."""

from __future__ import annotations

from pnp_gui.bench.sheet.layout import Layout
from pnp_gui.bench.sheet.reading import Reading, read_sheet


def read(text: str) -> Reading:
    """What is read of the text, as a file."""
    return read_sheet(text.encode())


def layout_of(reading: Reading) -> Layout:
    """What its columns mean."""
    assert reading.layout is not None
    return reading.layout
