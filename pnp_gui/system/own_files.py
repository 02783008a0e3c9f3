"""The program's own files in the data folder: lock, log, crash file, and what SQLite opens.

Only this user may read them: URLs hold passwords. Links are not followed here, since whatever they
lead to is not ours to change. On Windows the folder's own rights say who may read.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from pnp_gui.system.file_reading import ASIDE

PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_SAFE = ASIDE | getattr(os, "O_NOFOLLOW", 0)


class NotAFileError(OSError):
    """A link, a pipe, a socket, a device or a folder bears the name of a file of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is a link, a pipe or a folder, not a file", str(path))
        self.path = path


def make_folder(folder: Path, *, ours: bool = False) -> None:
    """Make the data folder, for this user alone. Raises OSError.

    One that is there stays as open as it is, because a technician may have named a shared one;
    unless it is `ours`, which nobody else has any business in.
    """
    if sys.platform == "win32":
        # 0o700 would shut out this user's account on another computer: that of the USB stick.
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if ours:
            _tighten(folder, folder.stat(), _PRIVATE_FOLDER)


def open_own(path: Path, flags: int, *, alone: bool = False) -> int:
    """The descriptor of a file of ours, which is made if it is not there. Raises OSError, and of
    these `NotAFileError` where something else bears its name. `alone`: one that bears another name
    besides may be somebody else's; it keeps that one, and ours is a new file."""
    flags = flags & ~os.O_CREAT | _SAFE
    while True:
        check_own(path)
        try:
            number = os.open(path, flags)
        except FileNotFoundError:
            try:
                # Not O_CREAT alone: in a folder like /tmp Linux refuses that for another's file.
                number = os.open(path, flags | os.O_CREAT | os.O_EXCL, PRIVATE)
            except FileExistsError:
                continue  # another start made it just now
        found = os.fstat(number)
        if stat.S_ISREG(found.st_mode) and not (alone and found.st_nlink > 1):
            return number
        os.close(number)
        if not stat.S_ISREG(found.st_mode):
            raise NotAFileError(path)
        path.unlink()


def read_own(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file of ours; raises OSError."""
    check_own(path)
    with os.fdopen(os.open(path, os.O_RDONLY | _SAFE), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotAFileError(path)
        return file.read(most)


def check_own(path: Path) -> None:
    """Whether a file of ours, or nothing, is at `path`; as private from now on as a new one.

    For files that are opened elsewhere: SQLite follows links and waits for pipes. Raises OSError.
    """
    with suppress(FileNotFoundError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAFileError(path)
        _tighten(path, found, PRIVATE)


def check_database(path: Path) -> None:
    """`check_own` for a database and what SQLite opens beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        check_own(path.with_name(path.name + suffix))


def make_own(path: Path) -> None:
    """Make a file of ours, if it is not there: SQLite would let others read it, and makes those
    beside it as private as it is. Raises OSError."""
    os.close(open_own(path, os.O_RDONLY))


def is_shared(number: int) -> bool:
    """Whether the open file bears another name besides ours, so that it may be another's too."""
    return os.fstat(number).st_nlink > 1


def _tighten(path: Path, found: os.stat_result, mode: int) -> None:
    if sys.platform != "win32" and found.st_uid == os.geteuid():
        wide = stat.S_IMODE(found.st_mode)
        if wide & ~mode:
            with suppress(OSError):  # a USB stick knows no such rights
                path.chmod(wide & mode)
