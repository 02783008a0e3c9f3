"""PyInstaller's run-time hook: it loads Qt before PyInstaller's own hooks do, since a failure there
opens PyInstaller's box.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pnp_gui.app.fatal import run
from pnp_gui.bench.sheet import READ_WORKBOOK
from pnp_gui.system.plain_import import import_plainly
from pnp_gui.trouble import Trouble

MAX_FOLDER = 243
"""Characters that the program's folder may have, even where Windows allows long paths."""


def load_qt() -> int:
    """Load Qt. Raises `Trouble` where the reason for a failure can be known beforehand."""
    folder = str(Path(sys.executable).parent)
    if sys.platform == "win32" and (len(folder) > MAX_FOLDER or not _has_plugins(folder)):
        raise Trouble(
            "A part of the program cannot be opened from {folder}: the path is too long "
            "({length} characters), or the zip was not unpacked completely. Unpack it again to a "
            "short path, such as C:\\PnP.",
            folder=folder,
            length=len(folder),
        )
    import_plainly()
    return 0


def _has_plugins(folder: str) -> bool:
    """The platform plugin has the longest path. Windows finds no file whose path is too long."""
    return Path(folder, "_internal", "PySide6", "plugins", "platforms", "qwindows.dll").exists()


if sys.argv[1:2] != [READ_WORKBOOK]:
    status = run(load_qt)
    if status:
        sys.exit(status)
