"""Everything that can be wrong with the data file or its folder, as sentences.

Two kinds: nothing can be saved now (`SAVING`, which ends as soon as something can), and what
happened to a file when it was opened.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from pnp_gui.system.file_reading import reason
from pnp_gui.system.own_files import NotAFileError, NotAFolderError
from pnp_gui.system.printable import printable
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

_MEANINGS = {
    sqlite3.SQLITE_FULL: (
        "store_full",
        Text(
            "The disk is full: decisions are not being saved in {path}. They apply until the "
            "program ends. Free some space; they are then saved automatically."
        ),
    ),
    sqlite3.SQLITE_BUSY: (
        "store_locked",
        Text(
            "Another program has {path} locked: decisions are not being saved. They apply until "
            "this program ends. Close the other one; they are then saved automatically."
        ),
    ),
    sqlite3.SQLITE_READONLY: (
        "store_readonly",
        Text(
            "{path} cannot be written: decisions are not being saved. They apply until the program "
            "ends. Check the permissions of the folder, or start with --data-dir and another one."
        ),
    ),
    sqlite3.SQLITE_CORRUPT: (
        "store_damaged",
        Text(
            "{path} was damaged while in use: decisions are not being saved. They apply until the "
            "program ends; the program keeps trying to start a new file."
        ),
    ),
}
_MEANINGS[sqlite3.SQLITE_LOCKED] = _MEANINGS[sqlite3.SQLITE_BUSY]
_MEANINGS[sqlite3.SQLITE_PROTOCOL] = _MEANINGS[sqlite3.SQLITE_BUSY]
_MEANINGS[sqlite3.SQLITE_CANTOPEN] = _MEANINGS[sqlite3.SQLITE_READONLY]
_MEANINGS[sqlite3.SQLITE_PERM] = _MEANINGS[sqlite3.SQLITE_READONLY]
_MEANINGS[sqlite3.SQLITE_NOTADB] = _MEANINGS[sqlite3.SQLITE_CORRUPT]
_OTHER = (
    "store_error",
    Text(
        "Decisions are not being saved in {path} ({error}). They apply until the program ends; "
        "saving is tried again automatically."
    ),
)

_MIN_FREE = 64 * 1024
"""Bytes: a disk with less is full. SQLite needs 32 KB beside the file."""

_SET_ASIDE = {
    "foreign": Text(
        "{path} was not made by this program: it has other tables, or views or triggers. Nothing "
        "in it was used. It was kept as {aside} beside it, and a new file was started without "
        "earlier decisions. Approve the phones again, or import a sheet."
    ),
    "large": Text(
        "{path} is too large to be read. It was kept as {aside} beside it, and a new file was "
        "started without earlier decisions. Approve the phones again, or import a sheet."
    ),
    "failed": Text(
        "Two starts in a row ended while {path} was being read or shown, so a new file was started "
        "without earlier decisions. The old one is kept as {aside}: you can use it again, and what "
        "you decided since then stays. Once moved to another folder, it is no longer offered."
    ),
    "newer": Text(
        "The data in {path} is from a newer version of this program. It was kept as {aside} "
        "beside it, and a new file was started: the phones and decisions in it were not loaded."
    ),
    "damaged": Text(
        "The data in {path} is damaged. It was kept as {aside} beside it, and a new file "
        "was started: earlier decisions are lost. Approve the phones again, or import a sheet."
    ),
}

GONE = "store_gone"
IN_USE = "store_in_use"
NO_LOCKS = "store_no_locks"
NOT_OURS = "store_not_ours"
NOT_A_FILE = "store_not_a_file"
NOT_A_FOLDER = "store_not_a_folder"

NEEDS_NEW_FILE = frozenset((GONE, "store_damaged"))
"""Codes of the troubles after which the file has to be opened again."""

SAVING = frozenset(
    (
        *(GONE, IN_USE, NO_LOCKS, NOT_OURS, NOT_A_FILE, NOT_A_FOLDER),
        *(code for code, _ in (*_MEANINGS.values(), _OTHER)),
    )
)
"""Codes of all troubles that end once something can be saved again."""


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; the extended ones have it in their low byte."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def trouble_for(error: Exception, path: Path) -> Trouble:
    """Why nothing can be saved, from what was raised."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, NotAFileError):
        return not_a_file_trouble(error.path)
    if isinstance(error, NotAFolderError):
        return Trouble(
            "{path} is a file, or a link that leads nowhere, and not a folder: decisions are not "
            "being saved. They apply until the program ends. Rename or delete it, or start with "
            "--data-dir and a folder, which may be a new one.",
            code=NOT_A_FOLDER,
            path=printable(str(error.path)),
        )
    if isinstance(error, sqlite3.Error):
        number = primary_code(error)
        if number == sqlite3.SQLITE_IOERR and _is_full(path.parent):
            number = sqlite3.SQLITE_FULL  # what SQLite says where its own small files do not fit
    elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        number = sqlite3.SQLITE_FULL
    else:
        number = sqlite3.SQLITE_READONLY
    code, template = _MEANINGS.get(number, _OTHER)
    return Trouble(template, code=code, path=path, error=str(error))


def _is_full(folder: Path) -> bool:
    from shutil import disk_usage  # only when a file is in trouble: it takes 3 ms of a start

    try:
        return disk_usage(folder).free < _MIN_FREE
    except OSError:
        return False


def gone_trouble(path: Path) -> Trouble:
    """Somebody else deleted or replaced the file."""
    return Trouble(
        "{path} was removed or replaced while in use. A new one is made automatically, with all "
        "decisions of this run.",
        code=GONE,
        path=path,
    )


def in_use_trouble(folder: Path, pid: int) -> Trouble:
    """Another run of the program has the folder."""
    return Trouble(
        "Another PnP Bench (process {pid}) uses {folder}: nothing is saved there, and decisions "
        "apply until this one ends. Close the other one; they are then saved automatically.",
        code=IN_USE,
        folder=printable(str(folder)),
        pid=pid,
    )


def no_locks_trouble(folder: Path, error: OSError) -> Trouble:
    """The file system of the folder has no locks."""
    return Trouble(
        "The file system of {folder} has no locks ({error}), so that two programs could overwrite "
        "each other's decisions: nothing is saved there, and decisions apply until the program "
        "ends. Start with --data-dir and a folder on another disk.",
        code=NO_LOCKS,
        folder=printable(str(folder)),
        error=reason(error),
    )


def not_ours_trouble(path: Path) -> Trouble | None:
    """The lock file belongs to another user; None: it does not, or there is none."""
    try:
        owner = path.lstat().st_uid
    except OSError:
        return None
    if sys.platform == "win32":
        return None
    import os
    import pwd

    if owner == os.geteuid():
        return None
    name = str(owner)
    with suppress(KeyError):
        name = pwd.getpwuid(owner).pw_name
    return Trouble(
        "{folder} belongs to another user of this computer ({user}): nothing is saved there, and "
        "decisions apply until the program ends. Start with --data-dir and a folder of your own.",
        code=NOT_OURS,
        folder=printable(str(path.parent)),
        user=name,
    )


def not_a_file_trouble(path: Path) -> Trouble:
    """Something else has the name of the data file or of the lock file."""
    return Trouble(
        "{path} is a link, a pipe or a folder, not a file: decisions are not being saved. They "
        "apply until the program ends. Delete it; they are then saved automatically.",
        code=NOT_A_FILE,
        path=printable(str(path)),
    )


def set_aside_trouble(fault: str, path: Path, aside: Path) -> Trouble:
    """The file was renamed to `aside`. `fault`: why, see `schema.fault_of`, or "failed"."""
    return Trouble(
        _SET_ASIDE[fault],
        code=f"store_{fault}_aside",
        action="use_again" if fault == "failed" else "",
        path=path,
        aside=aside.name,
    )


def put_back_trouble(path: Path) -> Trouble:
    """A file that had been set aside is in use again."""
    return Trouble(
        "The program failed to start with a new data file as well, so {path} is in use again, with "
        "everything in it: the fault is elsewhere. Please report it, with the log in that folder.",
        code="store_failed_aside",
        path=path,
    )


def not_put_back_trouble(name: str, error: OSError) -> Trouble:
    """A file that was set aside cannot be used again."""
    return Trouble(
        "{aside} cannot be renamed back ({error}). The current data stays in use.",
        code="store_not_put_back",
        aside=name,
        error=error.strerror or error,
    )


def empty_trouble(path: Path) -> Trouble:
    """The file has 0 bytes, so earlier decisions, if any, are lost."""
    return Trouble(
        "{path} was empty (0 bytes): a new file was started, without earlier decisions, "
        "URLs and labels. If there were some, close the program and put a copy of the file there.",
        code="store_empty",
        path=path,
    )


def journal_trouble(path: Path, aside: Path) -> Trouble:
    """A journal beside the file would have overwritten it."""
    return Trouble(
        "A journal that does not belong to {path} lay beside it, and would have overwritten it. It "
        "was kept as {aside}; nothing in the data was changed.",
        code="store_journal",
        path=path,
        aside=aside.name,
    )
