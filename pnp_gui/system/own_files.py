"""The program's own files in the data folder: lock, log, crash file, and what SQLite opens.

Only this user may read them: URLs hold passwords. Links are not followed, since the file that they
lead to is not ours to change. On Windows the permissions of the folder decide who may read.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from pnp_gui.system.file_reading import SAFE_FLAGS
from pnp_gui.texts import Text

PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_NEW_FOLDER = 0o777 if sys.platform == "win32" else _PRIVATE_FOLDER
"""On Windows 0o700 would shut out this user's account on another computer, with a USB stick."""
_FLAGS = SAFE_FLAGS | getattr(os, "O_NOFOLLOW", 0)


class NotAFileError(OSError):
    """A link, a pipe, a socket, a device or a folder has the name of one of our files."""

    def __init__(self, path: Path) -> None:
        why = Text("it is a link, a pipe or a folder, not a file")
        super().__init__(errno.EINVAL, why, str(path))
        self.path = path


class NotAFolderError(OSError):
    """A file, or a link that leads nowhere, has the name of the data folder or of one above it."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
        self.path = path


def make_folder(folder: Path, *, ours: bool = False) -> None:
    """Make the data folder, for this user alone. Raises OSError, and `NotAFolderError`. An existing
    folder, which may be shared, keeps its permissions unless it is `ours`, the default one."""
    try:
        folder.mkdir(_NEW_FOLDER, parents=True, exist_ok=True)
    except OSError:
        for each in (folder, *folder.parents):
            if os.path.lexists(each) and not each.is_dir():
                raise NotAFolderError(each) from None
        raise
    if ours:
        _tighten(folder, folder.stat(), _PRIVATE_FOLDER)


def open_own(path: Path, flags: int, *, alone: bool = False) -> int:
    """The descriptor of one of our files, made if need be.

    Raises OSError, and `NotAFileError` where something else has its name. `alone`: a file with
    further hard links may belong to somebody else; it keeps those, and ours is a new file.
    """
    flags = flags & ~os.O_CREAT | _FLAGS
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


def read_own(path: Path, most: int) -> str:
    """The text of one of our files, up to `most` bytes of it. Raises OSError."""
    check_own(path)
    with os.fdopen(os.open(path, os.O_RDONLY | _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotAFileError(path)
        return file.read(most).decode("utf-8", "replace")


def replace_own(path: Path) -> BinaryIO:
    """A new, empty, unbuffered file in the place of an old one, whose other names stay untouched.
    Raises OSError."""
    path.unlink(missing_ok=True)
    return cast(BinaryIO, os.fdopen(open_own(path, os.O_WRONLY), "wb", buffering=0))


def check_own(path: Path) -> None:
    """Check that one of our files, or nothing, is at `path`, and make it private. For files that
    others open: SQLite follows links and waits for pipes. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAFileError(path)
        if found.st_nlink == 1:  # else it may be somebody else's, too
            _tighten(path, found, PRIVATE)


def check_database(path: Path) -> None:
    """`check_own` for a database and what SQLite opens beside it and overwrites: these must have
    no other name, by which they would be somebody else's file. Raises OSError."""
    check_own(path)
    for suffix in ("-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + suffix)
        check_own(beside)
        with suppress(FileNotFoundError, NotADirectoryError):
            if beside.lstat().st_nlink > 1:
                raise NotAFileError(beside)


def make_own(path: Path) -> None:
    """Make one of our files unless it exists: SQLite would let others read it, and gives the files
    that it makes beside it the same permissions. Raises OSError."""
    os.close(open_own(path, os.O_RDONLY))


def _tighten(path: Path, found: os.stat_result, mode: int) -> None:
    if sys.platform != "win32" and found.st_uid == os.geteuid():
        present = stat.S_IMODE(found.st_mode)
        if present & ~mode:
            with suppress(OSError):  # a USB stick has no such permissions
                path.chmod(present & mode)
