"""One program for each data folder: a second start shows the window of the first.

The first one locks a file in the data folder. The system releases the lock however the program
ends, so that a crash leaves nothing to clean up. The file contains the UDP port of 127.0.0.1 where
the program takes the request to show its window, and a secret for it. No firewall asks about
127.0.0.1, and Qt's local sockets (QtNetwork) would make the Windows program 3 MB larger.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PySide6.QtCore import QSocketNotifier

from pnp_gui.bench.store.troubles import not_ours_trouble, store_trouble, trouble_for
from pnp_gui.system.file_reading import reason
from pnp_gui.system.own_files import NotAFileError, make_folder, open_own
from pnp_gui.trouble import Trouble

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

LOCK_FILE = "running.lock"
_LOCKED_BYTE = 1 << 20
"""On Windows nobody else can read what is locked, so the lock is on a byte far behind the text."""
_LOCKED_ALREADY = frozenset({33, 997})
"""ERROR_LOCK_VIOLATION, ERROR_IO_PENDING."""
_SHOW, _SHOWN = b"show ", b"shown"
TRIES, TRY_SECONDS = 20, 0.25
"""How often, and how many seconds each time, the other program is asked to show its window."""


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
            for _ in range(TRIES):
                with suppress(OSError):
                    client.sendto(_SHOW + self.secret.encode(), ("127.0.0.1", self.port))
                    if client.recv(64) == _SHOWN:
                        return True
        return False


class SingleInstance:
    """This program's lock on its data folder, until `close`."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._secret = os.urandom(16).hex()
        self._notifier: QSocketNotifier | None = None
        self._show: Callable[[], None] = lambda: None
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", 0))
        port = self._socket.getsockname()[1]
        # Unbuffered: on a full disk a buffer would fail again when the file is closed. The lock
        # holds without the text, too: then a second start only says that nobody answers.
        number = file.fileno()
        if os.fstat(number).st_nlink > 1:  # not ours to empty
            log.info("a second start will not find this one: %s has another name", LOCK_FILE)
            return
        os.lseek(number, 0, os.SEEK_SET)
        os.ftruncate(number, 0)
        try:
            os.write(number, f"{os.getpid()} {port} {self._secret}\n".encode())
        except OSError as error:
            log.info("a second start will not find this one: %s", error)

    def on_second_start(self, show: Callable[[], None]) -> None:
        """Call `show` in Qt's loop whenever the program is started again."""
        self._show = show
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read_request)

    def is_at(self, folder: Path) -> bool:
        """Whether the lock is still the file in that folder."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), (folder / LOCK_FILE).lstat())
        except OSError:
            return False

    def close(self) -> None:
        """Release the folder."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        self._socket.close()
        self._file.close()

    def _read_request(self, *_: object) -> None:
        import secrets  # imported only when needed: it takes 3 ms

        with suppress(OSError):
            request, source = self._socket.recvfrom(1024)
            if secrets.compare_digest(request, _SHOW + self._secret.encode()):
                log.info("started a second time: showing the window")
                self._show()
                self._socket.sendto(_SHOWN, source)


class Claim:
    """The claim to a data folder, which may succeed only later: to be called before each write."""

    running: SingleInstance | None
    """The lock, once the folder is claimed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._show: Callable[[], None] | None = None
        self.running = None

    def __call__(self) -> None:
        """Claim the folder unless that is done. Raises Trouble or OSError if it is impossible."""
        if self.running is not None:
            if self.running.is_at(self._folder):
                return
            self.close()  # the folder was removed or replaced
        found = claim(self._folder)
        if isinstance(found, OtherInstance):
            raise store_trouble("store_in_use", self._folder, pid=found.pid)
        self.running = found
        if self._show is not None:
            found.on_second_start(self._show)

    def find_other(self) -> OtherInstance | None:
        """Claim the folder if possible; the program that already has it, if there is one."""
        try:
            found = claim(self._folder)
        except (Trouble, OSError):
            return None  # the store reports it when it claims again before it writes
        if isinstance(found, OtherInstance):
            return found
        self.running = found
        return None

    def on_second_start(self, show: Callable[[], None]) -> None:
        """Call `show` in Qt's loop whenever the program is started again."""
        self._show = show
        if self.running is not None:
            self.running.on_second_start(show)

    def close(self) -> None:
        """Release the folder."""
        if self.running is not None:
            self.running.close()
            self.running = None


def claim(folder: Path) -> SingleInstance | OtherInstance:
    """Lock `folder` for this program, or find the program that has it.

    Makes the folder if need be. Raises OSError where it cannot be written, and Trouble where it
    must not be: the lock is another user's or not a file, or the file system has no locks.
    """
    path = folder / LOCK_FILE
    try:
        make_folder(folder)
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
        return SingleInstance(file)
    except BlockingIOError:
        other = _read_other(file)
        file.close()
        return other
    except OSError as error:
        file.close()
        raise store_trouble("store_no_locks", folder, error=reason(error)) from error


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


def _is_number(text: str, below: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < below


def _read_other(file: IO[str]) -> OtherInstance:
    """What the other program wrote, or is about to write."""
    for _ in range(TRIES):
        file.seek(0)
        match file.read(256).split():
            case [pid, port, secret] if _is_number(pid, 2**31) and _is_number(port, 2**16):
                return OtherInstance(int(pid), int(port), secret)
        time.sleep(0.1)
    return OtherInstance(0, 0, "")
