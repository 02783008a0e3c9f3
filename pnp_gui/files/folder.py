"""The folder that is served: which names are files in it, and reading them. Nothing is written.

`name_of` refuses names by their form, alike on every system; `ServedFolder.open` refuses by what is
there: links, hidden files, what is no regular file. Upper and lower case matter on every system, as
they will on the server that the phones use later.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from pnp_gui.files import windows
from pnp_gui.files.fetch import MAX_NAMES, NONE_WITHHELD, Withheld
from pnp_gui.files.opening import open_inside
from pnp_gui.system.file_reading import reason
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

MAX_ENTRIES = 200_000
"""Entries of folders that it looks at to find these."""
SCAN_SECONDS = 3.0
"""`ServedFolder.names` reads the folder again no earlier than this after the last time."""
SCAN_SHARE = 0.02
"""Most of the time that these scans take of a processor."""
MAX_NAME = 1024
"""Characters of a name with its folders."""
MAX_PART = 255
"""Bytes of a part of it: what file systems have room for."""
MAX_DEPTH = 32
"""Parts of a name."""
RECENT_NANOSECONDS = 3_000_000_000
"""A file that was changed this recently can change again without a new time (FAT: 2 s)."""

_ABSOLUTE = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
"""What stands before the path in a request's absolute form (RFC 9112 section 3.2.2)."""
_STILL_ENCODED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\\:*?"<>|]')
"""Windows' other separator, drives and streams (`::$DATA`), and what finds other names there."""
_DEVICE = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)
"""A device on Windows, in every folder and with any ending."""


class FileChangedError(OSError):
    """The file is not the one that was opened any more: changed, cut, replaced or removed."""


class FolderGoneError(OSError):
    """The folder itself is not there (now)."""


class OpenFile:
    """A file that is open for reading. `read` may wait for the disk."""

    def __init__(self, name: str, descriptor: int, found: os.stat_result) -> None:
        """Takes the descriptor over. `found`: what `os.fstat` says of it."""
        self._descriptor = descriptor
        self.name = name
        self._state = _state(found)
        self.size, self.modified_ns = self._state[:2]
        recent = time.time_ns() - self.modified_ns < RECENT_NANOSECONDS
        self.etag = f'{"W/" * recent}"{found.st_ino:x}-{self.modified_ns:x}-{self.size:x}"'
        """The entity tag (RFC 9110 section 8.8.3), weak while time cannot tell changes apart."""

    def read(self, offset: int, count: int) -> bytes:
        """Bytes from `offset` on: `count`, or as many as there are. Raises `FileChangedError`, and
        OSError of the disk."""
        count = max(0, min(count, self.size - offset))
        data = self._read(offset, count)
        while data and len(data) < count:
            more = self._read(offset + len(data), count - len(data))
            if not more:
                break
            data += more
        if len(data) != count or _state(os.fstat(self._descriptor)) != self._state:
            raise FileChangedError(self.name)
        return data

    @property
    def is_open(self) -> bool:
        return self._descriptor >= 0

    def close(self) -> None:
        """Close it; again: nothing happens."""
        if self.is_open:
            os.close(self._descriptor)
            self._descriptor = -1

    __del__ = close  # where nobody waits any more for what a hanging disk delivers

    def _read(self, offset: int, count: int) -> bytes:
        if sys.platform == "win32":
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, count)
        return os.pread(self._descriptor, count, offset)


class ServedFolder:
    """A folder whose files are served. Everything but `names` may wait for the disk."""

    def __init__(self, root: Path, *, private: Path | None = None) -> None:
        """`private`: our data folder, of which nothing is served. Raises `Trouble` without a folder
        that can be read."""
        self.root = root.absolute()
        self._private = private
        self.check()
        self._names: tuple[str, ...] = ()
        self.withheld = NONE_WITHHELD
        """Files and folders that are there and not served; known as `names` are."""
        self._scan_again = 0.0
        self._scanning = threading.Lock()

    def check(self) -> None:
        """Raises `Trouble` when the folder cannot be read (any more)."""
        try:
            with os.scandir(self.root) as entries:
                next(entries, None)  # touches the disk: it may have been pulled out
        except (OSError, ValueError) as error:
            raise _folder_fault(error, self.root) from None
        if self._private is not None and _is_inside(self.root, self._private):
            raise Trouble(
                "{folder} contains PnP Bench's own data (decisions and passwords), so it is "
                "not served. Choose another folder with Files.",
                action="serve_folder",
                code="files_folder",
                folder=str(self.root),
            )

    @staticmethod
    def name_of(target: str, *, encoded: bool = True) -> str:
        """The name that a request's target asks for, with "/" between its parts and none at its
        start; "": none, as it leads out of the folder or is forbidden. `encoded`: it is of HTTP,
        with percent-encoding and query; else a file name of TFTP."""
        if encoded:
            target = _ABSOLUTE.sub("", target, count=1) if target[:1] != "/" else target
            path = target.partition("?")[0].partition("#")[0]
            try:
                target = unquote_to_bytes(path).decode()  # strict: no overlong form passes
            except UnicodeError:
                return ""
        # Empty parts are passed over, as other servers do: a phone appends "/name" to "http://…/".
        name = "/".join(part for part in target.split("/") if part)
        return name if target[-1:] != "/" and _is_allowed(name) else ""

    def open(self, name: str) -> OpenFile:
        """Open a file by its name. Raises FileNotFoundError (also for what is no file, hidden or
        behind a link), PermissionError (the system refuses, or another program has locked it),
        `FolderGoneError`, and OSError of the disk."""
        if not _is_allowed(name):
            raise FileNotFoundError(name)
        try:
            descriptor, found = open_inside(self.root, name.split("/"), self._private)
        except FileNotFoundError:
            if not self.root.is_dir():
                raise FolderGoneError(str(self.root)) from None
            raise
        return OpenFile(name, descriptor, found)

    def names(self) -> Sequence[str]:
        """The names of the files that `open` opens, sorted, at most `MAX_NAMES`, as a thread found
        them some seconds ago; the same object as long as they and `withheld` are the same."""
        if time.monotonic() >= self._scan_again and self._scanning.acquire(blocking=False):
            threading.Thread(target=self._scan, name="files-scan", daemon=True).start()
        return self._names

    def _scan(self) -> None:
        start = time.monotonic()
        try:
            found = dict(self._walk())
            names = tuple(sorted(name for name, why in found.items() if why is None))
            withheld = {name: why for name, why in found.items() if why is not None}
            if (names, withheld) != (self._names, self.withheld):
                self.withheld = withheld
                self._names = names
        finally:
            now = time.monotonic()
            self._scan_again = now + max(SCAN_SECONDS, (now - start) / SCAN_SHARE)
            self._scanning.release()

    def _walk(self) -> Iterator[tuple[str, Withheld | None]]:
        """The files, and what is not served, with the reason."""
        folders = [""]
        looked_at = found = 0
        while folders:
            folder = folders.pop()
            try:
                entries = list(os.scandir(self.root / folder))
            except (OSError, ValueError):
                continue  # gone meanwhile, or not for us
            for entry in entries:
                looked_at += 1
                if looked_at > MAX_ENTRIES or found >= MAX_NAMES:
                    return
                name = f"{folder}{entry.name}"
                try:
                    if why := _withheld(entry, name):
                        yield name, why
                    elif entry.is_file(follow_symlinks=False):
                        found += 1
                        yield name, None
                    elif entry.is_dir(follow_symlinks=False) and not self._is_private(entry):
                        folders.append(name + "/")
                except OSError:
                    continue

    def _is_private(self, entry: os.DirEntry[str]) -> bool:
        return self._private is not None and _is_inside(Path(entry.path), self._private)


def _withheld(entry: os.DirEntry[str], name: str) -> Withheld | None:
    if entry.name.startswith("."):
        return Withheld.HIDDEN
    if not _is_allowed(name):
        return Withheld.NAME
    return Withheld.LINK if entry.is_symlink() else windows.withheld(entry)


def _state(found: os.stat_result) -> tuple[int, int, int, int]:
    """What changes when somebody writes to the file or, on most systems, renames it or puts another
    in its place."""
    changed = 0 if sys.platform == "win32" else found.st_ctime_ns
    return found.st_size, found.st_mtime_ns, changed, found.st_nlink


@lru_cache(256)  # asked when a request comes, and again when its file is opened
def _is_allowed(name: str) -> bool:
    """Whether `name`, decoded, has the form of a file's inside the folder, on every system."""
    parts = name.split("/")
    return (
        len(name) <= MAX_NAME
        and len(parts) <= MAX_DEPTH
        and name.isprintable()  # no control character, nothing that turns the direction of text
        and not _FORBIDDEN.search(name)
        and not _STILL_ENCODED.search(name)
        and all(map(_is_allowed_part, parts))
    )


def _is_allowed_part(part: str) -> bool:
    return (
        part != ""
        and part[0] != "."  # "..", and hidden
        and part[-1] not in ". "  # Windows drops these, and finds another file
        and not _DEVICE.match(part)
        and len(part.encode("utf-8", "surrogatepass")) <= MAX_PART
    )


def _is_inside(folder: Path, other: Path) -> bool:
    """Whether `folder` is `other` or lies in it, by whatever links and spellings."""
    try:
        there = other.stat()
    except (OSError, ValueError):
        return False  # there is nothing yet
    for each in (folder.resolve(), *folder.resolve().parents):
        try:
            if os.path.samestat(each.stat(), there):
                return True
        except OSError:
            continue
    return False


def _folder_fault(error: Exception, folder: Path) -> Trouble:
    """Why the folder cannot be served."""
    if isinstance(error, FileNotFoundError):
        template = Text(
            "The folder {folder} does not exist, so phones get no files. Plug its USB stick or "
            "drive in again, or choose another folder with Files; serving then continues "
            "automatically."
        )
    elif isinstance(error, NotADirectoryError):
        template = Text(
            "{folder} is a file, not a folder. Choose the folder that contains it with Files."
        )
    elif isinstance(error, PermissionError):
        template = Text(
            "You are not allowed to read the folder {folder}, so phones get no files. Change its "
            "permissions, or choose another folder with Files."
        )
    else:
        template = Text(
            "The folder {folder} cannot be read ({reason}), so phones get no files. Check its "
            "disk or network, or choose another folder with Files; serving then continues "
            "automatically."
        )
    return Trouble(
        template,
        action="serve_folder",
        code="files_folder",
        folder=str(folder),
        reason=reason(error),
    )
