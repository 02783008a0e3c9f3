"""Finds the icons, translations and manual of the program: only this file knows where they are."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a resource in the bundle, the installed package, or the checkout, e.g.
    `resource_path("icons", "approve.svg")`. It may not exist."""
    inside = Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "resources"
    return (inside if inside.is_dir() else _PACKAGE.parent / "resources").joinpath(*parts)
