"""Which folder holds the technician's data."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QStandardPaths

PORTABLE_MARK = "portable"
"""A file of this name beside the program keeps its data there too, as on a USB stick."""


def data_folder(wanted: Path | None) -> Path:
    """`--data-dir`, else beside a portable program, else the user's data folder."""
    if wanted is not None:
        return wanted
    beside = Path(sys.executable).resolve().parent
    if getattr(sys, "frozen", False) and any(
        (beside / name).exists() for name in (PORTABLE_MARK, f"{PORTABLE_MARK}.txt")
    ):
        return beside / "data"
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(where)
