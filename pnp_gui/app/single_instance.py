"""One program for each data folder: a second start shows the window of the first.

The first one locks a file in the data folder. The system lets go of the lock when the program ends,
however it ends, so that a crash leaves nothing to tidy up. The file says at which port of
127.0.0.1 the program can be told to show itself, and the secret to say; no firewall asks about
127.0.0.1, and Qt's own means would make the Windows program 3 MB larger.
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

from pnp_gui.bench.store.troubles import (
    in_use_trouble,
    no_locks_trouble,
    not_a_file_trouble,
    not_ours_trouble,
)
from pnp_gui.system.own_files import NotAFileError, is_shared, make_folder, open_own
from pnp_gui.trouble import Trouble

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

LOCK_FILE = "running.lock"
_LOCKED_BYTE = 1 << 20
"""Windows keeps others from reading what is locked: so a byte far behind the text is."""
_LOCKED_ALREADY = frozenset({33, 997})
"""ERROR_LOCK_VIOLATION, ERROR_IO_PENDING."""
_SHOW, _SHOWN = b"show ", b"shown"
TRIES, TRY_SECONDS = 20, 0.25
"""How often, and how long each time, the other program is asked to show itself."""


@dataclass(frozen=True, slots=True)
class OtherInstance:
    """The program that runs already."""

    pid: int
    """0: not known."""
    port: int
    secret: str

    def show(self) -> bool:
        """Ask it to show its window; False when it does not answer."""
        if sys.platform == "win32":
            # The right to come to the front is ours, who were started just now: hand it on.
            ctypes.WinDLL("user32").AllowSetForegroundWindow(self.pid)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(TRY_SECONDS)
            for _ in range(TRIES):
                with suppress(OSError):
                    asking.sendto(_SHOW + self.secret.encode(), ("127.0.0.1", self.port))
                    if asking.recv(64) == _SHOWN:
                        return True
        return False


class SingleInstance:
    """This program's claim to its data folder. Lasts until `close`."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._secret = os.urandom(16).hex()
        self._notifier: QSocketNotifier | None = None
        self._show: Callable[[], None] = lambda: None
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", 0))
        port = self._socket.getsockname()[1]
        # Past the buffer, which would fail again when the file is closed on a full disk. The claim
        # holds without the text as well: a second start is only told that nobody answers.
        number = file.fileno()
        if is_shared(number):
            log.info("a second start will not find this one: %s has another name", LOCK_FILE)
            return
        os.lseek(number, 0, os.SEEK_SET)
        os.ftruncate(number, 0)
        try:
            os.write(number, f"{os.getpid()} {port} {self._secret}\n".encode())
        except OSError as error:
            log.info("a second start will not find this one: %s", error)

    def on_second_start(self, show: Callable[[], None]) -> None:
        """Call `show` from Qt's loop whenever somebody starts the program again."""
        self._show = show
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._asked)

    def is_at(self, folder: Path) -> bool:
        """Whether the lock is still the one of that folder."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), (folder / LOCK_FILE).lstat())
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the folder."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        self._socket.close()
        self._file.close()

    def _asked(self, *_: object) -> None:
        import secrets  # now, when somebody asks: it takes 3 ms of every start

        with suppress(OSError):
            asked, source = self._socket.recvfrom(1024)
            if secrets.compare_digest(asked, _SHOW + self._secret.encode()):
                log.info("started a second time: showing the window")
                self._show()
                self._socket.sendto(_SHOWN, source)


class Claim:
    """The claim to a data folder, taken as soon as that can be. To be called before the folder is
    written into."""

    running: SingleInstance | None
    """Holds the folder, once it is claimed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._show: Callable[[], None] | None = None
        self.running = None

    def __call__(self) -> None:
        """Hold the folder from now on. Raises Trouble or OSError where that cannot be."""
        if self.running is not None:
            if self.running.is_at(self._folder):
                return
            self.close()  # the folder was taken away, and may be another one now
        found = claim(self._folder)
        if isinstance(found, OtherInstance):
            raise in_use_trouble(self._folder, found.pid)
        self.running = found
        if self._show is not None:
            found.on_second_start(self._show)

    def find_other(self) -> OtherInstance | None:
        """Claim the folder if that can be; the program that has it already, if one does."""
        try:
            found = claim(self._folder)
        except (Trouble, OSError):
            return None  # the store says so: it asks again before it writes
        if isinstance(found, OtherInstance):
            return found
        self.running = found
        return None

    def on_second_start(self, show: Callable[[], None]) -> None:
        """Call `show` from Qt's loop whenever somebody starts the program again."""
        self._show = show
        if self.running is not None:
            self.running.on_second_start(show)

    def close(self) -> None:
        """Let go of the folder."""
        if self.running is not None:
            self.running.close()
            self.running = None


def claim(folder: Path) -> SingleInstance | OtherInstance:
    """Claim `folder` for this program, or find the one that has it.

    The folder is made if need be. Raises OSError where it cannot be written, and Trouble where it
    must not be: the lock is another user's or no file, or the file system knows no locks.
    """
    path = folder / LOCK_FILE
    try:
        make_folder(folder)
        # Not emptied, for it may be the other one's.
        number = open_own(path, os.O_RDWR)
    except NotAFileError as error:
        raise not_a_file_trouble(error.path) from error
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
        raise no_locks_trouble(folder, error) from error


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
            # Some network file systems know only the kind that SQLite uses. It belongs to the
            # process and not to the file: so this is not the first choice.
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except PermissionError as error:  # POSIX allows EACCES, too, for a lock that is taken
                raise BlockingIOError from error


def _read_other(file: IO[str]) -> OtherInstance:
    """What the other one wrote; it may be about to."""
    for _ in range(TRIES):
        file.seek(0)
        match file.read(256).split():
            case [pid, port, secret] if pid.isdigit() and port.isdigit():
                return OtherInstance(int(pid), int(port), secret)
        time.sleep(0.1)
    return OtherInstance(0, 0, "")
