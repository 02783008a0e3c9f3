"""The content of an answer: pieces of a file, of which the next is read while one is sent. What may
wait for the disk is a `Load`, which the caller has done in a thread."""

from __future__ import annotations

from dataclasses import dataclass

from pnp_gui.files.fetch import FetchEnd
from pnp_gui.files.folder import FileChangedError, FolderGoneError, OpenFile, ServedFolder
from pnp_gui.files.limits import CHUNK_BYTES

_OPEN_AGAIN = 3
"""How often a file that changes while its first piece is read is opened."""


@dataclass(frozen=True, slots=True)
class Load:
    """A piece of a file that an answer needs."""

    name: str
    file: OpenFile | None
    """None: it is to be opened."""
    offset: int
    count: int
    last: bool = False
    """Nothing more will be needed of the file."""

    def run(self, folder: ServedFolder) -> Loaded:
        """In a thread. Raises OSError; the file is closed then."""
        for attempt in range(_OPEN_AGAIN):
            file = self.file or folder.open(self.name)
            try:
                data = file.read(self.offset, self.count)
            except BaseException as error:
                file.close()
                first = self.file is None and attempt + 1 < _OPEN_AGAIN
                if first and isinstance(error, FileChangedError):
                    continue
                raise
            if self.last or len(data) == file.size:
                file.close()
            break
        return Loaded(file, data)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a `Load` found."""

    file: OpenFile
    data: bytes


class Content:
    """What is read for the answers of one connection, one after the other."""

    def __init__(self) -> None:
        self.loading = False
        """A `Load` is under way, or to be taken."""
        self.piece = b""
        """Read ahead."""
        self.unneeded: list[OpenFile] = []
        """To be closed, in a thread; the caller takes them out."""
        self._load: Load | None = None
        self._file: OpenFile | None = None
        self._offset = self._end = 0
        """What is still to be read of the file."""

    def open(self, name: str, count: int, *, last: bool) -> None:
        """Open a file, and read its first bytes; `last`: nothing more will be needed of it."""
        self._load = Load(name, None, 0, count, last)
        self.loading = True

    def next_load(self) -> Load | None:
        """What to read, once."""
        load, self._load = self._load, None
        return load

    def loaded(self, result: Loaded | Exception) -> None:
        """Take what a `Load` found, or what it raised."""
        self.loading = False
        self._file = result.file if isinstance(result, Loaded) else None

    def send(self, offset: int, end: int) -> None:
        """These bytes of the open file are to be sent."""
        self._offset, self._end = offset, end

    def take(self) -> bytes:
        """The next piece, if it has been read."""
        piece, self.piece = self.piece, b""
        return piece

    def read_ahead(self) -> bool:
        """Begin to read the next piece (True), unless there is one or none is left."""
        if self.loading or self.piece:
            return False
        if self._offset >= self._end:
            self._close_file()
            return False
        assert self._file is not None
        count = min(CHUNK_BYTES, self._end - self._offset)
        last = self._offset + count == self._end
        self._load = Load(self._file.name, self._file, self._offset, count, last)
        self.loading = True
        self._offset += count
        return True

    def drop(self) -> None:
        """Nothing more is needed. What a thread reads now is dropped when it comes."""
        self.piece = b""
        self._offset = self._end = 0
        if self._load is not None:
            self._load, self.loading = None, False
        if not self.loading:
            self._close_file()

    def _close_file(self) -> None:
        if self._file is not None and self._file.is_open:
            self.unneeded.append(self._file)
        self._file = None


def status_of(error: Exception) -> int:
    """The HTTP status when a file could not be opened and read."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return 404
    if isinstance(error, PermissionError):
        return 403
    return 503 if isinstance(error, (FileChangedError, FolderGoneError)) else 500


def end_of(error: Exception) -> FetchEnd:
    """What a `Load` that failed makes of the request."""
    return FetchEnd.CHANGED if isinstance(error, FileChangedError) else FetchEnd.FAILED
