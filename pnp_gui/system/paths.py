"""The folder of the technician's data. Found without Qt: the log of a start that failed because of
Qt is there, too.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from pnp_gui import PRODUCT

PORTABLE_MARK = "portable"
"""A file with this name beside the program: the data is kept beside it too, as on a USB stick."""
_LOCAL_APP_DATA, _MAX_PATH = 0x1C, 260
"""CSIDL_LOCAL_APPDATA."""


def data_folder(wanted: Path | None) -> Path:
    """`--data-dir`, else beside a portable program, else the user's data folder."""
    if wanted is not None:
        return wanted
    beside = Path(sys.executable).resolve().parent
    if getattr(sys, "frozen", False) and any(
        (beside / name).exists() for name in (PORTABLE_MARK, f"{PORTABLE_MARK}.txt")
    ):
        return beside / "data"
    return _users_folder() / PRODUCT


def _users_folder() -> Path:
    """The user's folder for the data of programs on this computer."""
    if sys.platform == "win32":
        path = ctypes.create_unicode_buffer(_MAX_PATH)
        if ctypes.WinDLL("shell32").SHGetFolderPathW(None, _LOCAL_APP_DATA, None, 0, path) == 0:
            return Path(path.value)
        return _home() / "AppData" / "Local"
    # XDG Base Directory Specification: ignore a relative path.
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else _home() / ".local" / "share"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # neither HOME nor an entry in the user database
        return Path("/")
