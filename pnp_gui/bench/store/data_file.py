"""The data file as a file: it may come from anywhere, so it is checked read-only and in limited
time before anything in it is used. What cannot be used is renamed ("set aside"), never deleted.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path
from urllib.parse import quote

from pnp_gui.bench.store.schema import Pages, fault_of, prepare, version_of

BUSY_WAIT = 0.2
"""Seconds to wait for another process that holds a lock; the window is blocked meanwhile."""

MAX_FILE = 1 << 30
"""Bytes: five times a full history with long URLs. Not every version of SQLite can interrupt its
check of a larger one."""

READ_SECONDS = 5.0
"""Seconds of processor time after which reading is given up; a slow disk does not count."""

MAX_PHONES = 200_000
"""Phones that are read: a start takes 2 s with so many. Ten times the undecided rows."""

_STEPS_BETWEEN = 20_000
"""Steps of SQLite's machine, some ms, between two checks of the time and of signals."""

_COMPANIONS = ("", "-wal", "-shm", "-journal")

_NO_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"
"""SQLite's VFS without locks."""

_MAGIC = b"SQLite format 3\0"
_WRITE_VERSION = 18
"""Offset of the file format's write version (SQLite's file format, section 1.3.3). With another
than these two, SQLite reads the file and never writes it."""
_ROLLBACK_MODE, _WAL_MODE = 1, 2


def connect(
    path: Path | str, before: Callable[[sqlite3.Connection], None] | None = None
) -> sqlite3.Connection:
    """A connection to a file (Path), or to a name or URI (str). `before` is called with it; it is
    closed again if that raises."""
    # isolation_level=None: the module starts no transactions of its own.
    # check_same_thread=False: `Store._file_lock` lets one thread at a time use it.
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
    """Text that is not UTF-8 comes as bytes, a value of the wrong type. Python's default is an
    exception, after which no further row can be read."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def fault_in(path: Path, pages: Pages = Pages.ALL) -> str:
    """What is wrong with the file: "large", or as `schema.fault_of`. It is only read. Raises
    sqlite3.Error if it is locked. All `pages` take 1 ms for each MB; with an unfinished -wal they
    are looked at in any case."""
    if not is_database(path):
        return "damaged"
    if not path.exists() or is_empty(path):
        return ""  # SQLite would delete a -wal beside an empty one, even in read-only mode
    if path.stat().st_size > MAX_FILE:
        return "large"
    wal = path.with_name(f"{path.name}-wal")
    version = _write_version(path)
    if not wal.exists() and version not in (_ROLLBACK_MODE, _WAL_MODE):
        return "damaged"
    closed = version == _WAL_MODE and not (wal.exists() and wal.stat().st_size)
    # A file in WAL mode without a -wal is not in use, and SQLite need not make a -wal to read it.
    alone = closed and not wal.exists()
    try:
        name = _uri(path, f"mode=ro&immutable={int(alone)}")
        return _fault_by(name, pages if closed else Pages.ALL)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    return _fault_by(path)  # without WAL mode: SQLite rolls a half-written transaction back


def _fault_by(name: Path | str, pages: Pages = Pages.ALL) -> str:
    with closing(connect(name)) as connection:
        return fault_in_open(connection, pages)


def fault_in_open(connection: sqlite3.Connection, pages: Pages = Pages.ALL) -> str:
    """The same of a file that is open."""
    end = time.thread_time() + READ_SECONDS

    def is_up() -> bool:
        return time.thread_time() > end

    connection.set_progress_handler(is_up, _STEPS_BETWEEN)
    try:
        fault = fault_of(connection, pages)
        if fault or pages is Pages.NONE or version_of(connection) == 0:
            return fault
        (phones,) = connection.execute("SELECT count(*) FROM phone").fetchone()
        return "large" if phones > MAX_PHONES else ""
    except UnicodeDecodeError:
        return "damaged"  # SQLite's own error quotes the damaged schema
    except sqlite3.OperationalError:
        if is_up():  # else a signal's exception interrupted it, or the file is locked
            return "large"
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _uri(path: Path, query: str) -> str:
    """The file as an SQLite URI. immutable=1: without the files beside it, and without locks."""
    name = quote(os.fsencode(path.absolute()), safe="")  # no slash: SQLite refuses //server
    return f"file:{name}?{query}"


def _write_version(path: Path) -> int:
    """`_ROLLBACK_MODE`, `_WAL_MODE`, or of a damaged or newer file; 0: it is no database."""
    with path.open("rb") as file:
        start = file.read(_WRITE_VERSION + 1)
    return start[_WRITE_VERSION] if start.startswith(_MAGIC) and len(start) > _WRITE_VERSION else 0


def set_wal_aside(path: Path) -> Path | None:
    """Rename a -wal without which the file is sound; the new name, else None. SQLite applies any
    -wal with correct checksums, also one that belongs to another file."""
    wal = path.with_name(f"{path.name}-wal")
    if not wal.exists() or _fault_by(_uri(path, "mode=ro&immutable=1")):
        return None
    aside = wal.rename(_free_name(path, "wal"))
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-shm").unlink()  # the index of that -wal
    return aside


def set_journal_aside(path: Path) -> Path | None:
    """Rename a -journal of another file; the new name, else None. A file in WAL mode has no
    -journal; SQLite would write the journal's pages over the file's."""
    journal = path.with_name(f"{path.name}-journal")
    try:
        if _write_version(path) != _WAL_MODE or journal.stat().st_size == 0:
            return None
    except OSError:
        return None
    return journal.rename(_free_name(path, "journal"))


def is_database(path: Path) -> bool:
    """Whether SQLite may open the file: it deletes the -wal beside one that is no database. Call
    this only before it is opened: on POSIX, closing it here would drop our own locks."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        return True
    return start in (b"", _MAGIC)


def is_empty(path: Path) -> bool:
    """Whether there is a file of 0 bytes. Before the first start there is no file."""
    return path.exists() and path.stat().st_size == 0


def set_aside(path: Path, kind: str) -> Path:
    """Rename the file and its companions, e.g. to "bench.sqlite.damaged-20261124-101500"."""
    aside = _free_name(path, kind)
    _rename(path, aside)
    return aside


def last_aside(path: Path, kind: str) -> Path | None:
    """The newest file that was set aside for this reason, if it is still there."""
    found = path.parent.glob(f"{path.name}.{kind}-*")
    return max((one for one in found if not one.name.endswith(_COMPANIONS[1:])), default=None)


def put_back(path: Path, name: str) -> None:
    """Rename the file that was set aside under this name back; set the present one aside."""
    aside = path.with_name(name)
    if not aside.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), aside)
    if path.exists():
        set_aside(path, "new")
    _rename(aside, path)


def copy_of(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Copy the open file, as it is now, beside itself; None if that fails."""
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
    """The content of a file that cannot be written or is locked, in memory; None: not readable. A
    copy is read, as even reading in WAL mode needs writing, and without locks, which SQLite waits
    for."""
    import tempfile  # only when a file is in trouble: it takes 3 ms of a start
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
                    if not fault_in_open(source):
                        source.backup(memory)
                        prepare(memory)
                        return memory
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        pass
    memory.close()
    return None


def _rename(path: Path, name: Path) -> None:
    # The companions first: a new file would take an old -wal for its own.
    for suffix in reversed(_COMPANIONS):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(name.with_name(name.name + suffix))


def _free_name(path: Path, kind: str) -> Path:
    stem = f"{path.name}.{kind}-{time.strftime('%Y%m%d-%H%M%S')}"
    names = (path.with_name(f"{stem}{end}") for end in chain([""], count(-2, -1)))
    return next(name for name in names if not name.exists())
