"""Opening a file inside a folder on Windows: by its real long name alone, and never through a link
or junction. Elsewhere nothing is opened."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pnp_gui.files.fetch import Withheld

_GENERIC_READ = 0x80000000
_SHARE_ALL = 0x7
"""Others may go on reading, writing, deleting and renaming: `os.open` would stop them."""
_OPEN_EXISTING = 3
_FLAGS = 0x08000000 | 0x02000000
"""FILE_FLAG_SEQUENTIAL_SCAN; FILE_FLAG_BACKUP_SEMANTICS, without which no folder is opened."""
_INVALID = ctypes.c_void_p(-1).value
_HIDDEN = 0x2
"""FILE_ATTRIBUTE_HIDDEN."""
_REPARSE_POINT, _NAME_SURROGATE = 0x400, 0x20000000
"""FILE_ATTRIBUTE_REPARSE_POINT, and the bit of its tag that says that it stands for another name: a
link or junction. OneDrive's files have a tag without it."""
_NO_FILE = frozenset({123, 161, 206, 267, 1920, 1921})
"""ERROR_INVALID_NAME and others: what is asked for cannot be a file (below a file, a link that
leads nowhere)."""
_MOST_PATH = 32_768


class _FindData(ctypes.Structure):
    """WIN32_FIND_DATAW."""

    _fields_ = (
        ("attributes", ctypes.c_uint32),
        ("times", ctypes.c_uint32 * 6),
        ("size", ctypes.c_uint32 * 2),
        ("tag", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("name", ctypes.c_wchar * 260),
        ("short_name", ctypes.c_wchar * 14),
        ("more", ctypes.c_uint32 * 3),
    )


def open_inside(root: Path, parts: Sequence[str], private: Path | None) -> int:
    """The descriptor of `root/part/part`. Raises FileNotFoundError also for a name that differs in
    case, a short name (8.3), a link and a hidden file; PermissionError; OSError."""
    kernel = _kernel()
    path = _long(str(root))
    for part in parts:
        path = f"{path.rstrip(chr(92))}\\{part}"
        _check_real_name(kernel, path, part)
    folder = _open(kernel, _long(str(root)))
    try:
        at = _final_path(kernel, folder).rstrip("\\")
    finally:
        kernel.CloseHandle(ctypes.c_void_p(folder))
    handle = _open(kernel, path)
    try:
        # The path of what is open: a folder that became a junction after the check shows here.
        found = _final_path(kernel, handle)
        inside = found.casefold() == "\\".join([at, *parts]).casefold()
        if not inside or (private is not None and _is_below(kernel, found, private)):
            raise FileNotFoundError(parts[-1])
        return _descriptor(handle)
    except BaseException:
        kernel.CloseHandle(ctypes.c_void_p(handle))
        raise


def withheld(entry: os.DirEntry[str]) -> Withheld | None:
    """Why it is not served, as Windows says; elsewhere None. Raises OSError."""
    if sys.platform != "win32":
        return None
    found = entry.stat(follow_symlinks=False)
    return _withheld(found.st_file_attributes, found.st_reparse_tag)


def _withheld(attributes: int, tag: int) -> Withheld | None:
    if attributes & _REPARSE_POINT and tag & _NAME_SURROGATE:
        return Withheld.LINK
    return Withheld.HIDDEN if attributes & _HIDDEN else None


def _long(path: str) -> str:
    """The form that has no limit of 260 characters and takes every part as it is written."""
    if path.startswith("\\\\?\\"):
        return path
    return f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def _kernel() -> Any:
    if sys.platform != "win32":
        raise FileNotFoundError("only Windows has these names")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.FindFirstFileW.restype = kernel.CreateFileW.restype = ctypes.c_void_p
    return kernel


def _descriptor(handle: int) -> int:
    if sys.platform != "win32":
        return -1
    import msvcrt

    return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY | os.O_NOINHERIT)


def _last_error() -> OSError:
    if sys.platform != "win32":
        return OSError()
    number = ctypes.get_last_error()
    return FileNotFoundError(number) if number in _NO_FILE else ctypes.WinError(number)


def _check_real_name(kernel: Any, path: str, part: str) -> None:
    data = _FindData()
    search = kernel.FindFirstFileW(path, ctypes.byref(data))
    if search in (None, _INVALID):
        raise _last_error()
    kernel.FindClose(ctypes.c_void_p(search))
    if data.name != part or _withheld(data.attributes, data.tag):
        raise FileNotFoundError(part)


def _open(kernel: Any, path: str) -> int:
    handle = kernel.CreateFileW(path, _GENERIC_READ, _SHARE_ALL, None, _OPEN_EXISTING, _FLAGS, None)
    if handle in (None, _INVALID):
        raise _last_error()
    return int(handle)


def _final_path(kernel: Any, handle: int) -> str:
    text = ctypes.create_unicode_buffer(_MOST_PATH)
    length = kernel.GetFinalPathNameByHandleW(ctypes.c_void_p(handle), text, _MOST_PATH, 0)
    if not 0 < length < _MOST_PATH:
        raise _last_error()
    return text.value


def _is_below(kernel: Any, path: str, folder: Path) -> bool:
    try:
        handle = _open(kernel, _long(str(folder)))
    except OSError:
        return False  # there is no such folder yet
    try:
        above = _final_path(kernel, handle).rstrip("\\") + "\\"
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
    return path.casefold().startswith(above.casefold())
