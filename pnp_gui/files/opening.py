"""Opens a file inside a folder without leaving it, even if somebody swaps folders for links
meanwhile. The form of the name was checked before (`folder.py`)."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from pnp_gui.files import windows
from pnp_gui.system.file_reading import SAFE_FLAGS

_NO_FILE = frozenset({errno.ELOOP, errno.EMLINK, errno.ENOTDIR, errno.ENXIO, errno.ENAMETOOLONG})
"""What opening a link with O_NOFOLLOW answers, or a file as a folder, or a socket."""


def open_inside(
    root: Path, parts: Sequence[str], private: Path | None
) -> tuple[int, os.stat_result]:
    """The descriptor of the regular file `root/part/part`, and what it is. Raises FileNotFoundError
    also for a link, for a hidden file, for what is no regular file, and for what is in `private`;
    PermissionError; OSError."""
    if sys.platform == "win32":
        descriptor = windows.open_inside(root, parts, private)
    else:
        descriptor = _open_by_folders(root, parts, private)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise FileNotFoundError(parts[-1])
    return descriptor, found


def _open_by_folders(root: Path, parts: Sequence[str], private: Path | None) -> int:
    """Each part by the descriptor of the folder that it is in, none through a link."""
    if sys.platform == "win32":
        raise FileNotFoundError(root)
    *folders, last = parts
    to_folder = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    try:
        with ExitStack() as stack:
            at = os.open(root, to_folder)
            stack.callback(os.close, at)
            for part in folders:
                at = os.open(part, to_folder | os.O_NOFOLLOW, dir_fd=at)
                stack.callback(os.close, at)
                if private is not None and _is_same(at, private):
                    raise FileNotFoundError(part)
            # Not opened to find out: opening a device can do something.
            if not stat.S_ISREG(os.stat(last, dir_fd=at, follow_symlinks=False).st_mode):
                raise FileNotFoundError(last)
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | SAFE_FLAGS
            return os.open(last, flags, dir_fd=at)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise FileNotFoundError(last) from None
        raise


def _is_same(descriptor: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except OSError:
        return False  # there is no such folder yet
