"""Finds the icons, translations and manual of the program: only this file knows where they are."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    """The resources folder of the bundle, of the installed package, or of the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of a resource, e.g. `resource_path("icons", "approve.svg")`. It may not exist."""
    return _root().joinpath(*parts)
