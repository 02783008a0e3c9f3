"""One program for each data folder: a second start shows the window of the first.

The first one locks a file in the data folder; the system releases the lock however the program
ends. The file contains the UDP port of 127.0.0.1 that takes the request to show the window, and a
secret for it. No firewall asks about 127.0.0.1, and QtNetwork would add 3 MB to the bundle.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pnp_gui.bench.store.troubles import not_ours_trouble, store_trouble, trouble_for
from pnp_gui.net.notifiers import release, when_readable
from pnp_gui.system.file_reading import reason
from pnp_gui.system.own_files import NotAFileError, make_folder, open_own
from pnp_gui.trouble import Trouble

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier

logger = logging.getLogger(__name__)

LOCK_FILE = "running.lock"
_LOCKED_BYTE = 1 << 20
"""On Windows nobody else can read what is locked, so the lock is on a byte far behind the text."""
_LOCKED_ALREADY = frozenset({33, 997})
"""ERROR_LOCK_VIOLATION, ERROR_IO_PENDING."""
_WRITTEN = re.compile(r"(\d{1,9}) (\d{1,5}) (\w+)$", re.ASCII)
"""What stands in the lock: process, port, secret."""
_SHOW, _SHOWN = b"show ", b"shown"
_READ_TRIES = 20
"""How often the lock is read, 0.1 s apart."""
SHOW_SECONDS, TRY_SECONDS = 20.0, 0.25
"""How long, and how long each time, the other program is asked to show its window, which it may
still be making."""


@dataclass(frozen=True, slots=True)
class OtherInstance:
    """The program that is already running."""

    pid: int
    """0: unknown."""
    port: int
    secret: str

    def show(self) -> bool:
        """Ask it to show its window; False when it does not answer."""
        if sys.platform == "win32":
            # Windows lets only a program that was just started come to the front: pass it on.
            ctypes.WinDLL("user32").AllowSetForegroundWindow(self.pid)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(TRY_SECONDS)
            end = time.monotonic() + SHOW_SECONDS
            while time.monotonic() < end:
                try:
                    client.sendto(_SHOW + self.secret.encode(), ("127.0.0.1", self.port))
                    if client.recv(64) == _SHOWN:
                        return True
                except TimeoutError:
                    continue
                except (OSError, OverflowError):  # nobody is there, or there is no such port
                    return False
        return False


class Claim:
    """This program's claim to a data folder, which may succeed only later: to be called before each
    write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._secret = os.urandom(16).hex()
        self._show: Callable[[], None] | None = None
        self._file: IO[str] | None = None
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None

    @property
    def held(self) -> bool:
        """Whether the folder is claimed."""
        return self._file is not None

    def __call__(self) -> None:
        """Claim the folder unless that is done. Raises Trouble or OSError if it is impossible."""
        if self._file is not None and not self._is_in_place(self._file):
            self.close()
        other = None if self.held else self._take()
        if other is not None:
            raise store_trouble("store_in_use", self._folder, pid=other.pid)

    def find_other(self) -> OtherInstance | None:
        """Claim the folder if possible; the program that already has it, if there is one."""
        try:
            return self._take()
        except (Trouble, OSError):
            return None  # the store reports it when it claims again before it writes

    def on_second_start(self, show: Callable[[], None]) -> None:
        """Call `show` in Qt's loop whenever the program is started again."""
        self._show = show
        if self._socket is not None:
            self._notifier = when_readable(self._socket, self._read_request)

    def close(self) -> None:
        """Release the folder."""
        release(self._notifier)
        for each in (self._socket, self._file):
            if each is not None:
                each.close()
        self._notifier = self._socket = self._file = None

    def _is_in_place(self, file: IO[str]) -> bool:
        """Whether the lock is still the file in the folder, which may have been replaced."""
        with suppress(OSError):
            return os.path.samestat(os.fstat(file.fileno()), (self._folder / LOCK_FILE).lstat())
        return False

    def _take(self) -> OtherInstance | None:
        """Lock the folder for this program, or find the program that has it.

        Makes the folder if need be. Raises OSError where it cannot be written, and Trouble where it
        must not be: the lock is another user's or not a file, or the file system has no locks.
        """
        path = self._folder / LOCK_FILE
        try:
            make_folder(self._folder)
            # Without O_TRUNC: it may be the other program's.
            number = open_own(path, os.O_RDWR)
        except NotAFileError as error:
            raise trouble_for(error, path) from error
        except PermissionError as error:
            theirs = not_ours_trouble(path)
            if theirs is None:
                raise
            raise theirs from error
        file = open(number, "r+", encoding="ascii", errors="replace")  # noqa: PTH123, SIM115
        try:
            _lock(file)
        except BlockingIOError:
            with file:
                return _read_other(file)
        except OSError as error:
            file.close()
            raise store_trouble("store_no_locks", self._folder, error=reason(error)) from error
        self._file = file
        try:
            self._listen(file.fileno())
        except OSError as error:  # the lock holds without it
            logger.info("a second start will not find this one: %s", error)
        if self._show is not None:
            self.on_second_start(self._show)
        return None

    def _listen(self, number: int) -> None:
        """Open the socket for second starts, and write into the lock how to reach it."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", 0))
        if os.fstat(number).st_nlink > 1:  # not ours to empty
            raise OSError(f"{LOCK_FILE} has another name")
        # Unbuffered: on a full disk a buffer would fail again when the file is closed.
        os.lseek(number, 0, os.SEEK_SET)
        port = self._socket.getsockname()[1]
        # Emptied first, ext4 waits for the disk.
        os.ftruncate(number, os.write(number, f"{os.getpid()} {port} {self._secret}\n".encode()))

    def _read_request(self, *_: object) -> None:
        import secrets  # imported only when needed: it takes 3 ms

        assert self._socket is not None
        assert self._show is not None
        with suppress(OSError):
            request, source = self._socket.recvfrom(1024)
            if secrets.compare_digest(request, _SHOW + self._secret.encode()):
                logger.info("started a second time: showing the window")
                self._show()
                self._socket.sendto(_SHOWN, source)


def _lock(file: IO[str]) -> None:
    """Raises BlockingIOError when another program has it, OSError where there are no locks."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(file.fileno()))
        if not kernel.LockFile(handle, _LOCKED_BYTE, 0, 1, 0):
            number = ctypes.get_last_error()
            if number in _LOCKED_ALREADY:
                raise BlockingIOError
            raise ctypes.WinError(number)
    else:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            # Some network file systems have only POSIX locks. These belong to the process, not to
            # the open file, so they are the second choice.
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except PermissionError as error:  # POSIX: EACCES, too, means that it is locked
                raise BlockingIOError from error


def _read_other(file: IO[str]) -> OtherInstance:
    """What the other program wrote, or is about to write."""
    for _ in range(_READ_TRIES):
        file.seek(0)
        found = _WRITTEN.match(file.read(256))
        if found:
            return OtherInstance(int(found[1]), int(found[2]), found[3])
        time.sleep(0.1)
    return OtherInstance(0, 0, "")
