"""A file that is saved where the technician says: whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSaveFile

from pnp_gui.system.file_reading import check_regular
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

_PRIVATE = QSaveFile.Permission.ReadOwner | QSaveFile.Permission.WriteOwner


def save_file(path: Path, data: bytes, *, code: str = "save") -> None:
    """Write `data` to `path`, or to the file that a link there leads to, in place of what is there.

    A file that is there keeps its permissions; a new one is for this user alone, since URLs hold
    passwords. It is on the disk when this returns. Where that fails, what was there stays as it
    was, and Trouble says why; only where no second file may be made beside it, it is written in
    place.
    """
    check_regular(path, code=code)
    if not path.parent.is_dir():
        raise Trouble(
            "There is no folder {folder}. Choose another one.",
            code=code,
            folder=printable(str(path.parent)),
        )
    new = not path.exists()
    file = QSaveFile(str(path))
    file.setDirectWriteFallback(True)
    good = file.open(QSaveFile.OpenModeFlag.WriteOnly)
    if good and new:
        file.setPermissions(_PRIVATE)  # a USB stick knows no such rights: no reason to fail
    if good and _write_all(file, data) and file.commit():
        _sync_folder(path)
        return
    raise Trouble(
        "{path} cannot be written: {error}. If it is open in another program, close it there; "
        "otherwise choose another folder or name.",
        code=code,
        path=printable(str(path)),
        error=file.errorString().rstrip("."),
    )


def _write_all(file: QSaveFile, data: bytes) -> bool:
    """A disk that becomes full takes some of it first, and says so only when asked again."""
    while data:
        written = file.write(data)
        if written <= 0:
            return False
        data = data[written:]
    return True


def _sync_folder(path: Path) -> None:
    """Qt brings the file's content to the disk, but not its name."""
    if sys.platform != "win32":
        with suppress(OSError):
            number = os.open(path.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
