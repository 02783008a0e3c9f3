"""Who may import whom: app -> everything, ui -> bench -> pnp <- net, demo -> pnp and net."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pnp_gui"
LEAVES = {"pnp_gui.trouble", "pnp_gui.resources", "pnp_gui.__version__", "pnp_gui.PRODUCT"}
"""What every room may import: no room of their own, and they import none."""
UI_OF_PNP = {f"pnp_gui.pnp.{name}" for name in ("mac", "makes", "url", "sent")}
"""What the window needs of the protocol: spellings, and what an offer did; never a message."""
MAY = {
    "pnp": {"pnp_gui.pnp"},
    "net": {"pnp_gui.net", "pnp_gui.pnp", "PySide6.QtCore", "PySide6.QtNetwork"},
    "bench": {"pnp_gui.bench", "pnp_gui.pnp"},
    "ui": {"pnp_gui.ui", "pnp_gui.bench", "PySide6", *UI_OF_PNP},
    "system": {"pnp_gui.system"},
