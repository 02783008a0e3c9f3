"""Reads a file that the technician named, and says in one sentence why it cannot be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO

from pnp_gui.system.printable import printable
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

SAFE_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""With these `os.open` waits for no other program, takes no controlling terminal, and translates no
line ends. Windows has only the last."""

_KINDS = {
    stat.S_IFIFO: Text("{path} is a pipe, not a file. Save its output to a file first."),
    stat.S_IFSOCK: Text("{path} is a socket, not a file. Choose another one."),
    stat.S_IFCHR: Text("{path} is a device, not a file. Choose another one."),
    stat.S_IFBLK: Text("{path} is a disk, not a file. Choose a file on it."),
    stat.S_IFDIR: Text("{path} is a folder, not a file. Choose a file in it."),
}
_NO_FILE = Text("{path} is not a file that can be read. Choose another one.")
_GONE = Text("There is no file {path}. It may have been moved, renamed or deleted.")
_LOOP = Text("{path} is a link that points to itself. Choose the file itself.")
_NOT_ALLOWED = Text(
    "You are not allowed to read {path}. Change its permissions, or choose another one."
)
_TOO_LARGE = Text("{path} is larger than {most} MiB. Choose a smaller file.")
_OTHER = Text("{path} cannot be read: {error}.")


def read_file(path: Path, most: int, *, code: str = "") -> bytes:
    """A whole file of at most `most` bytes; links are followed. Raises `Trouble` with `code`."""
    try:
        _check(path, path.stat(), code)
        with os.fdopen(os.open(path, os.O_RDONLY | SAFE_FLAGS), "rb") as file:
            found = os.fstat(file.fileno())
            _check(path, found, code)
            data = b"" if found.st_size > most else _read(file, most + 1)
    except (OSError, ValueError) as error:  # ValueError: no system can have a file of that name
        raise _trouble(_template_for(error), path, code, error=reason(error)) from None
    if max(found.st_size, len(data)) > most:
        raise _trouble(_TOO_LARGE, path, code, most=most >> 20)
    return data


def check_regular(path: Path, *, code: str = "") -> None:
    """Check that nothing or a regular file is at `path`, so that a file may be saved there. Links
    are followed. Raises `Trouble`."""
    try:
        _check(path, path.stat(), code)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        template = _LOOP if is_loop(error) else Text("{path} cannot be written: {error}.")
        raise _trouble(template, path, code, error=reason(error)) from None


def reason(error: Exception) -> str:
    """The system's words, without number and path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def is_loop(error: Exception) -> bool:
    """Whether a link leads back to itself (Windows: ERROR_CANT_RESOLVE_FILENAME)."""
    return isinstance(error, OSError) and (
        error.errno == errno.ELOOP or getattr(error, "winerror", None) == 1921
    )


def _check(path: Path, found: os.stat_result, code: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _trouble(_KINDS.get(stat.S_IFMT(found.st_mode), _NO_FILE), path, code)


def _trouble(template: Text, path: Path, code: str, *, error: str = "", most: int = 0) -> Trouble:
    return Trouble(template, code=code, path=printable(str(path)), error=error, most=most)


def _template_for(error: Exception) -> Text:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _GONE
    if isinstance(error, PermissionError):
        return _NOT_ALLOWED
    return _LOOP if is_loop(error) else _OTHER


def _read(file: IO[bytes], size: int) -> bytes:
    """Some files of the kernel (/proc/kmsg) have no data yet, and may never have any."""
    data: bytes | None = file.read(size)
    if data is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return data
