"""Everything that can be wrong with the data file or its folder, as sentences: nothing can be
saved now, or what happened to a file when it was opened.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from pathlib import Path

from pnp_gui.system.file_reading import reason
from pnp_gui.system.own_files import NotAFileError, NotAFolderError
from pnp_gui.system.printable import printable
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

_SAVING = {
    "store_full": Text(
        "The disk is full: decisions are not being saved in {path}. They apply until the "
        "program ends. Free some space; they are then saved automatically."
    ),
    "store_locked": Text(
        "Another program has {path} locked: decisions are not being saved. They apply until "
        "this program ends. Close the other one; they are then saved automatically."
    ),
    "store_readonly": Text(
        "{path} cannot be written ({error}): decisions are not being saved. They apply until the "
        "program ends. Check the folder and its permissions, or start with --data-dir and another "
        "one."
    ),
    "store_damaged": Text(
        "{path} was damaged while in use: decisions are not being saved. They apply until the "
        "program ends; the program keeps trying to start a new file."
    ),
    "store_error": Text(
        "Decisions are not being saved in {path} ({error}). They apply until the program ends; "
        "saving is tried again automatically."
    ),
    "store_gone": Text(
        "{path} was removed or replaced while in use. A new one is made automatically, with all "
        "decisions of this run."
    ),
    "store_in_use": Text(
        "Another PnP Bench (process {pid}) uses {path}: nothing is saved there, and decisions "
        "apply until this one ends. Close the other one; they are then saved automatically."
    ),
    "store_no_locks": Text(
        "The file system of {path} has no locks ({error}), so two programs could overwrite "
        "each other's decisions: nothing is saved there, and decisions apply until the program "
        "ends. Start with --data-dir and a folder on another disk."
    ),
    "store_not_ours": Text(
        "{path} belongs to another user of this computer ({user}): nothing is saved there, and "
        "decisions apply until the program ends. Start with --data-dir and a folder of your own."
    ),
    "store_not_a_file": Text(
        "{path} is a link, a pipe or a folder, not a file: decisions are not being saved. They "
        "apply until the program ends. Delete it; they are then saved automatically."
    ),
    "store_not_a_folder": Text(
        "{path} is a file or a broken link, not a folder: decisions are not being saved. They "
        "apply until the program ends. Rename or delete it, or start with --data-dir and a "
        "folder, which may be a new one."
    ),
}
_OPENED = {
    "store_foreign_aside": Text(
        "{path} was not made by this program: it has other tables, or views or triggers. "
        "Nothing in it was used. It was kept as {aside} in the same folder, and a new file was "
        "started without earlier decisions. Approve the phones again, or import a sheet."
    ),
    "store_large_aside": Text(
        "{path} is too large to be read. It was kept as {aside} in the same folder, and a new "
        "file was started without earlier decisions. Approve the phones again, or import a "
        "sheet."
    ),
    "store_failed_aside": Text(
        "The program failed twice in a row while {path} was being read or shown, so a new file "
        "was started without earlier decisions. The old one was kept as {aside}: you can use "
        "it again, and what you have decided since then stays. If you move it to another "
        "folder, it is no longer offered."
    ),
    "store_newer_aside": Text(
        "The data in {path} is from a newer version of this program. It was kept as {aside} in "
        "the same folder, and a new file was started: the earlier phones and decisions were "
        "not loaded."
    ),
    "store_damaged_aside": Text(
        "The data in {path} is damaged. It was kept as {aside} in the same folder, and a new "
        "file was started: earlier decisions are lost. Approve the phones again, or import a "
        "sheet."
    ),
    "store_damaged_in_use": Text(
        "{path} was damaged while in use. It was kept as {aside} in the same folder, and a new "
        "file was started with all decisions, URLs, labels and settings, but without the earlier "
        "history."
    ),
    "store_put_back": Text(
        "The program failed to start with a new data file as well, so {path} is in use again, with "
        "everything in it: the fault is elsewhere. Please report it, with the log in that folder."
    ),
    "store_not_put_back": Text(
        "{aside} cannot be renamed back ({error}). The current data stays in use."
    ),
    "store_empty": Text(
        "{path} was empty (0 bytes): a new file was started, without earlier decisions, URLs "
        "and labels. If there were any, close the program and restore the file from a backup."
    ),
    "store_journal": Text(
        "A journal that does not belong to {path} was found next to it and would have "
        "overwritten it. It was kept as {aside}; nothing in the data was changed."
    ),
}
SAVING = _SAVING.keys()
"""Codes of all troubles that end once something can be saved again."""

NEEDS_NEW_FILE = ("store_gone", "store_damaged")
"""Codes of the troubles after which the file has to be opened again."""

CODES = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_PROTOCOL: "store_locked",
    sqlite3.SQLITE_READONLY: "store_readonly",
    sqlite3.SQLITE_CANTOPEN: "store_readonly",
    sqlite3.SQLITE_PERM: "store_readonly",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
}
"""By SQLite's primary result code."""

_MIN_FREE = 64 * 1024
"""Bytes: a disk with less is full. SQLite needs 32 KB beside the file."""


def store_trouble(code: str, path: Path, **values: object) -> Trouble:
    """The sentence of this code; `values`: its fields besides the path."""
    return Trouble(
        (_SAVING | _OPENED)[code],
        code=code,
        action="use_again" if code == "store_failed_aside" else "",
        path=printable(str(path)),
        **values,
    )


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; the extended ones have it in their low byte."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def trouble_for(error: Exception, path: Path) -> Trouble:
    """Why nothing can be saved, from what was raised."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, NotAFileError):
        return store_trouble("store_not_a_file", error.path)
    if isinstance(error, NotAFolderError):
        return store_trouble("store_not_a_folder", error.path)
    if isinstance(error, sqlite3.Error):
        number = primary_code(error)
        if number == sqlite3.SQLITE_IOERR and _is_full(path.parent):
            number = sqlite3.SQLITE_FULL  # what SQLite says where its own small files do not fit
        code = CODES.get(number, "store_error")
    else:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        code = "store_full" if full else "store_readonly"
    return store_trouble(code, path, error=reason(error))


def _is_full(folder: Path) -> bool:
    from shutil import disk_usage  # only when a file is in trouble: it takes 3 ms of a start

    try:
        return disk_usage(folder).free < _MIN_FREE
    except OSError:
        return False


def not_ours_trouble(path: Path) -> Trouble | None:
    """The lock file belongs to another user; None: it does not, or there is none."""
    if sys.platform == "win32":
        return None
    import os
    import pwd

    try:
        owner = path.lstat().st_uid
        if owner == os.geteuid():
            return None
        user = pwd.getpwuid(owner).pw_name
    except OSError:
        return None
    except KeyError:
        user = str(owner)
    return store_trouble("store_not_ours", path.parent, user=user)
