"""PyInstaller's run-time hook: runs before the hooks of its own, and before the program.

These load Qt, and what fails there would open PyInstaller's box. So Qt is loaded here first.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pnp_gui.__main__ import log_folder
from pnp_gui.system.fatal import run
from pnp_gui.trouble import Trouble

MAX_FOLDER = 243
"""Characters of the program's folder, with which it starts even where Windows allows long paths."""


def load_qt() -> int:
    """Say what is in its way, where that can be known beforehand."""
    folder = str(Path(sys.executable).parent)
    if sys.platform == "win32" and (len(folder) > MAX_FOLDER or not _has_plugins(folder)):
        raise Trouble(
            "A part of the program cannot be opened from {folder}: the path is too long "
            "({length} characters), or the zip was not unpacked whole. Unpack it again to a short "
            "path, such as C:\\PnP.",
            folder=folder,
            length=len(folder),
        )
    import PySide6.QtCore  # noqa: F401

    return 0


def _has_plugins(folder: str) -> bool:
    """The platform plugin lies deepest. Windows finds no file whose path is too long."""
    return Path(folder, "_internal", "PySide6", "plugins", "platforms", "qwindows.dll").exists()


status = run(load_qt, log_folder)
if status:
    sys.exit(status)
