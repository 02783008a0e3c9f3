"""The data file as a file: looked at before anything in it is used, copied, and set aside.

It may come from anywhere (a stick that was handed over), so it is first read by a connection that
can neither write, nor roll back a journal, nor run longer than it may. Nothing is ever deleted:
what cannot be used, or is to be changed by force, stays under another name.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from pnp_gui.bench.store.schema import fault_of, prepare

BUSY_WAIT = 0.2
"""Seconds to wait for another process that holds a lock; the window stands still meanwhile."""

MAX_FILE = 1 << 30
"""Bytes: five times a full history with long URLs. SQLite's check of a larger one cannot be
interrupted in all its versions."""

READ_SECONDS = 5.0
"""Seconds of processor time until reading is given up: a slow disk does not count."""

_STEPS_BETWEEN = 20_000
"""Steps of SQLite's machine, some ms, until the time is looked at, and signals are noticed."""

_COMPANIONS = ("", "-wal", "-shm", "-journal")

_NO_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"
"""SQLite's own way to the file system without locks (its VFS)."""

_MAGIC = b"SQLite format 3\0"
_WRITE_VERSION = 18
"""Offset of a byte that is 2 in a file in WAL mode (SQLite's file format, section 1.3.3)."""


def connect(
    path: Path | str, before: Callable[[sqlite3.Connection], None] | None = None
) -> sqlite3.Connection:
    """A connection to a file, or what SQLite calls a name or URI (a str), with `before` done on it;
    closed again where that fails."""
    # isolation_level=None: transactions are begun and ended here, by hand, and never by the module.
    # check_same_thread=False: `Store._using` sees to it that one thread uses it at a time.
    connection = sqlite3.connect(
        path,
        timeout=BUSY_WAIT,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(path, str),
    )
    try:
        connection.text_factory = _text
        connection.execute("PRAGMA trusted_schema = OFF")
        if before is not None:
            before(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _text(raw: bytes) -> str | bytes:
    """Text that is no UTF-8 comes as bytes, as a value of a wrong type; Python's own way is an
    exception that ends the reading of all rows behind it."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


@contextmanager
def _bounded(connection: sqlite3.Connection) -> Iterator[Callable[[], bool]]:
    """Statements that take too long are interrupted (sqlite3.OperationalError). Gives the question
    whether the time is up: whatever a signal raises meanwhile interrupts as well."""
    end = time.thread_time() + READ_SECONDS

    def is_up() -> bool:
        return time.thread_time() > end

    connection.set_progress_handler(is_up, _STEPS_BETWEEN)
    try:
        yield is_up
    finally:
        connection.set_progress_handler(None, 0)


def fault_in(path: Path) -> str:
    """What is wrong with the file: see `fault_of`. It is only read. What is locked is raised."""
    if not is_database(path):
        return "damaged"
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return ""
    if size == 0:
        return ""  # SQLite would delete a -wal beside it, even when it is to read only
    if size > MAX_FILE:
        return "large"
    # Without a -wal nobody uses a file in WAL mode, and SQLite need not make one to read it.
    alone = _in_wal_mode(path) and not path.with_name(f"{path.name}-wal").exists()
    try:
        return _fault_by(_read_only(path, alone=alone))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    return _fault_by(path)  # where WAL mode cannot be had: SQLite takes back what was half written


def _fault_by(name: Path | str) -> str:
    with closing(connect(name)) as connection:
        return _fault_of(connection)


def _fault_of(connection: sqlite3.Connection) -> str:
    with _bounded(connection) as is_up:
        try:
            return fault_of(connection)
        except sqlite3.OperationalError:
            if is_up():
                return "large"
            raise


def _read_only(path: Path, *, alone: bool) -> str:
    """`alone`: with nothing that lies beside it, and no locks."""
    return _uri(path, f"mode=ro&immutable={int(alone)}")


def _uri(path: Path, query: str) -> str:
    """The file as SQLite's URI."""
    name = quote(os.fsencode(path.absolute()), safe="")  # no slash: //server is none of SQLite's
    return f"file:{name}?{query}"


def _in_wal_mode(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(_WRITE_VERSION + 1)
    return start.startswith(_MAGIC) and start[_WRITE_VERSION:] == b"\2"


def set_wal_aside(path: Path) -> Path | None:
    """Rename the -wal of a file that is sound without it, where it went; None: it is not that.

    SQLite takes any -wal whose checksums are right for the file's own.
    """
    wal = path.with_name(f"{path.name}-wal")
    if not wal.exists() or _fault_by(_read_only(path, alone=True)):
        return None
    aside = _free_name(path, "wal")
    wal.rename(aside)
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-shm").unlink()  # the index of that -wal, made anew for each
    return aside


def set_journal_aside(path: Path) -> Path | None:
    """Rename a -journal that is not this file's, where it went; None: there is none.

    Beside a file in WAL mode there is none of ours. SQLite would write its pages over the file's.
    """
    journal = path.with_name(f"{path.name}-journal")
    try:
        if not _in_wal_mode(path) or journal.stat().st_size == 0:
            return None
    except OSError:
        return None
    aside = _free_name(path, "journal")
    journal.rename(aside)
    return aside


def is_database(path: Path) -> bool:
    """Whether SQLite may touch the file: it would delete the -wal beside one that is not its own.

    Only to be asked before the file is opened: on POSIX the read would end our own locks on it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return True
    return start in (b"", _MAGIC)


def is_empty(path: Path) -> bool:
    """Whether there is a file with nothing in it. Before a first start there is none at all."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return False


def set_aside(path: Path, kind: str) -> Path:
    """Rename the file and its companions, e.g. to "bench.sqlite.damaged-20261124-101500"."""
    aside = _free_name(path, kind)
    _rename(path, aside)
    return aside


def last_aside(path: Path, kind: str) -> Path | None:
    """The newest that was set aside for this reason, if it is still there."""
    found = path.parent.glob(f"{path.name}.{kind}-*")
    return max((one for one in found if not one.name.endswith(_COMPANIONS[1:])), default=None)


def put_back(path: Path, name: str) -> None:
    """Give the file that was set aside under this name its old one; set aside what is there now."""
    aside = path.with_name(name)
    if not aside.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), aside)
    if path.exists():
        set_aside(path, "new")
    _rename(aside, path)


def copy_of(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Copy the file in use, as it is now, beside itself; None where that cannot be."""
    copy = _free_name(path, "original")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            with closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
        except sqlite3.Error:
            copy.unlink()
            return None
    except OSError:
        return None
    return copy


def snapshot(path: Path) -> sqlite3.Connection | None:
    """What a file holds that cannot be written or is locked, in memory; None: it gives nothing.

    It is copied elsewhere with its -wal first, since even reading a WAL file needs writing. The
    copy is read without locks: nobody else knows it, and where there are none SQLite waits long.
    """
    import tempfile  # when a file is in trouble: 3 ms of every start
    from shutil import copyfile

    memory = connect(":memory:")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for suffix in ("", "-wal"):
                with suppress(FileNotFoundError):
                    copyfile(path.with_name(path.name + suffix), Path(folder, path.name + suffix))
            copy = Path(folder, path.name)
            if copy.exists() and is_database(copy) and copy.stat().st_size <= MAX_FILE:
                with closing(connect(_uri(copy, f"vfs={_NO_LOCKS}"))) as source:
                    source.execute("PRAGMA locking_mode = EXCLUSIVE")
                    if not _fault_of(source):
                        source.backup(memory)
                        prepare(memory)
                        return memory
    except (OSError, sqlite3.Error):
        pass
    memory.close()
    return None


def _rename(path: Path, name: Path) -> None:
    # The companions first: a new file that met the old -wal would take it for its own.
    for suffix in reversed(_COMPANIONS):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(name.with_name(name.name + suffix))


def _free_name(path: Path, kind: str) -> Path:
    stem = f"{path.name}.{kind}-{time.strftime('%Y%m%d-%H%M%S')}"
    name = path.with_name(stem)
    number = 2
    while name.exists():
        name = path.with_name(f"{stem}-{number}")
        number += 1
    return name
