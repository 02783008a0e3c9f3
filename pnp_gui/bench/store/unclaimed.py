"""Why nothing is written in the data folder: it could not be claimed for this program alone.

Two programs that write into one folder overwrite each other's decisions. What can be read is known
all the same, and as soon as the folder is claimed, what was decided meanwhile is saved.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from pnp_gui.system.file_reading import reason
from pnp_gui.system.printable import printable
from pnp_gui.trouble import Trouble

IN_USE, NO_LOCKS, NOT_OURS, NOT_A_FILE = (
    *("store_in_use", "store_no_locks", "store_not_ours"),
    "store_not_a_file",
)

UNCLAIMED = frozenset((IN_USE, NO_LOCKS, NOT_OURS, NOT_A_FILE))
"""The codes of these troubles."""


def in_use(folder: Path, pid: int) -> Trouble:
    """Another run of the program has the folder."""
    return Trouble(
        "Another PnP Bench (process {pid}) uses {folder}: nothing is saved there, and decisions "
        "apply until this one ends. Close the other one; they are then saved by themselves.",
        code=IN_USE,
        folder=printable(str(folder)),
        pid=pid,
    )


def no_locks(folder: Path, error: OSError) -> Trouble:
    """Nobody can be kept out of this folder."""
    return Trouble(
        "The file system of {folder} has no locks ({error}), so that two programs could overwrite "
        "each other's decisions: nothing is saved there, and decisions apply until the program "
        "ends. Start with --data-dir and a folder on another disk.",
        code=NO_LOCKS,
        folder=printable(str(folder)),
        error=reason(error),
    )


def not_ours(path: Path) -> Trouble | None:
    """The lock belongs to another user; None: it does not, or there is none."""
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


def not_a_file(path: Path) -> Trouble:
    """Something else bears the name of the store or the lock."""
    return Trouble(
        "{path} is a link, a pipe or a folder, not a file: decisions are not being saved. They "
        "apply until the program ends. Delete it; they are then saved by themselves.",
        code=NOT_A_FILE,
        path=printable(str(path)),
    )
