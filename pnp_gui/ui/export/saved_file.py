"""Saves a file where the technician says: completely or not at all."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSaveFile

from pnp_gui.system.file_reading import check_regular
from pnp_gui.system.printable import printable
from pnp_gui.system.steps import Steps
from pnp_gui.trouble import Trouble

WAIT_SECONDS = 0.005
"""How long a step waits for the thread that saves."""
END_SECONDS = 30.0
"""How long the end of the program waits for it. A server that hangs must not hold it for ever."""

_PRIVATE = QSaveFile.Permission.ReadOwner | QSaveFile.Permission.WriteOwner


def save_file(path: Path, data: bytes, *, code: str = "save") -> None:
    """Replace the content of `path`, or of the file that a symbolic link there points to.

    An existing file keeps its permissions; a new one is readable by this user only, as URLs may
    contain passwords. The data is on the disk when this returns. If saving fails, the old file
    stays unchanged and Trouble is raised. Where no second file can be made beside it, the file is
    written in place.
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
        file.setPermissions(_PRIVATE)  # may fail: a USB stick has no permissions
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


def save_in_steps(path: Path, data: bytes, *, code: str = "save") -> Steps[None]:
    """The same in a thread, as the disk, a stick or a server may take seconds."""
    failed: list[Exception] = []

    def save() -> None:
        try:
            save_file(path, data, code=code)
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=save, name="save_file", daemon=True)
    atexit.register(thread.join, END_SECONDS)
    thread.start()
    while thread.is_alive():
        yield 100
        thread.join(WAIT_SECONDS)
    atexit.unregister(thread.join)
    if failed:
        raise failed[0]


def _write_all(file: QSaveFile, data: bytes) -> bool:
    """Whether all was written. A disk that becomes full first takes a part without an error."""
    while data:
        written = file.write(data)
        if written <= 0:
            return False
        data = data[written:]
    return True


def _sync_folder(path: Path) -> None:
    """Qt syncs the content of the file, but not its name."""
    if sys.platform != "win32":
        with suppress(OSError):
            number = os.open(path.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
