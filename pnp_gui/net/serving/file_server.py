"""The file server: start, stop, and its state. Nothing that happens on the network or with the
folder stops it: errors become `state.troubles`, and are tried again every second."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from pnp_gui.files.fetch import NONE_WITHHELD, Fetch, Withheld
from pnp_gui.files.folder import ServedFolder
from pnp_gui.net.serving.http_sockets import HttpSockets
from pnp_gui.net.serving.readers import Readers
from pnp_gui.net.serving.tftp_sockets import TftpSockets
from pnp_gui.trouble import Trouble

logger = logging.getLogger(__name__)

TICK_MILLISECONDS = 1000
HANGING_SECONDS = 5.0
"""A folder that has not answered for so long hangs: a network drive."""
REFUSED_SECONDS = 10.0
"""At least this long between two lines of the log about strangers."""


@dataclass(slots=True)
class ServingState:
    """Whether, what and how well files are served. Written by the file server alone."""

    serving: bool = False
    """Between start and stop: approved phones get files where the troubles allow."""
    folder: Path | None = None
    files: int = 0
    """How many files it has."""
    http_port: int = 0
    """0: none; if 0 was wanted, the one that the system gave, as soon as it is open."""
    tftp_port: int = 0
    """0: none."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By code; empty when all is well."""
    refused: int = 0
    """Connections and packets of strangers: nothing was sent to them."""


class FileServer:
    """Serves a folder to approved phones. Lives in Qt's main thread."""

    def __init__(
        self,
        may_fetch: Callable[[str], bool],
        report: Callable[[Fetch], None],
        changed: Callable[[], None],
        *,
        clock: Callable[[], float],
        tell: Callable[[], None] = lambda: None,
        loopback_only: Callable[[], bool] = lambda: False,
        private: Path | None = None,
    ) -> None:
        """`may_fetch` says whether the phone at an address is approved; it is asked for every
        request and again while it goes on. `report` takes each request when its answer begins,
        about once a second, and when it ends. `changed` is called when `state` has changed, except
        for `refused`. `tell` is called before new requests are read, for what `may_fetch` does not
        know yet. `loopback_only`: whether other computers are kept away from the ports.
        `private`: our data folder, of which nothing is served."""
        self.state = ServingState()
        self._may_fetch = may_fetch
        self._report = report
        self._changed = changed
        self._clock = clock
        self._tell = tell
        self._loopback_only = loopback_only
        self._private = private
        self._readers: Readers | None = None
        self._http: HttpSockets | None = None
        self._tftp: TftpSockets | None = None
        self._folder: ServedFolder | None = None
        self._folder_trouble: Trouble | None = None
        self._checking_since: float | None = None
        """A thread looks at the folder."""
        self._refused_at = float("-inf")
        self._refused_unsaid = 0
        self._timer = QTimer()
        self._timer.setInterval(TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    @property
    def _sockets(self) -> Sequence[HttpSockets | TftpSockets]:
        """Those of HTTP, then those of TFTP; none while nothing is served."""
        return [each for each in (self._http, self._tftp) if each is not None]

    def names(self) -> Sequence[str]:
        """The names of the files; () while nothing is served."""
        return self._folder.names() if self._folder is not None else ()

    @property
    def withheld(self) -> Mapping[str, Withheld]:
        """Files and folders that are there and not served, by their names."""
        return self._folder.withheld if self._folder is not None else NONE_WITHHELD

    def start(self, folder: Path, http_port: int, tftp_port: int) -> None:
        """Serve `folder` and nothing else from now on. `tftp_port` 0: no TFTP. What fails is in
        `state.troubles`, and is tried again every second until `stop`."""
        self._end()
        self._readers = Readers()
        asked = self._readers, lambda: self._folder, self._may_fetch, self._report
        told = self._clock, self._loopback_only, self._tell
        self._http = HttpSockets(http_port, *asked, partial(self._refused, "HTTP"), *told)
        self._tftp = TftpSockets(tftp_port, *asked, partial(self._refused, "TFTP"), *told)
        state = self.state
        state.serving, state.folder = True, folder
        state.http_port, state.tftp_port = http_port, tftp_port
        self._timer.start()
        self._tick()

    def wait(self, seconds: float) -> None:
        """Return when the ports are open, or it is known why not; at the latest after this time."""
        end = self._clock() + seconds
        while self._readers is not None and self._checking_since is not None:
            left = end - self._clock()
            if left <= 0:
                return
            self._readers.wait(left)

    def stop(self) -> None:
        """Close the sockets; requests under way end with `FetchEnd.STOPPED`."""
        self._timer.stop()
        self._end()
        self._update()

    def withdraw(self, address: str) -> None:
        """Send nothing more to this address: its requests end with `FetchEnd.STOPPED`."""
        for sockets in self._sockets:
            sockets.withdraw(address)

    def close(self) -> None:
        """Stop for good, before the application object is deleted."""
        self._changed = lambda: None
        self.stop()

    def _end(self) -> None:
        for sockets in self._sockets:
            sockets.close()
        if self._readers is not None:
            self._readers.close()
        self._http = self._tftp = self._readers = self._folder = None
        self._folder_trouble = self._checking_since = None
        state = self.state
        state.serving, state.folder = False, None
        state.http_port = state.tftp_port = 0

    def _tick(self) -> None:
        try:
            self._check_folder()
            self._tick_sockets()
            self._update()
        except Exception:
            logger.exception("serving files")

    def _tick_sockets(self) -> None:
        """No port is open before it is known whether the folder is there."""
        known = self._folder is not None or self._folder_trouble is not None
        for sockets in self._sockets if known else ():
            sockets.tick()

    def _check_folder(self) -> None:
        """In a thread, since a network drive may hang."""
        readers, path = self._readers, self.state.folder
        if readers is None or path is None:
            return
        since, now = self._checking_since, self._clock()
        if since is not None:
            if now - since >= HANGING_SECONDS:
                self._folder_trouble = Trouble(
                    "The folder {folder} does not respond, so phones get no files. Check its "
                    "drive or network, or choose another folder with Files; serving then "
                    "continues automatically.",
                    action="serve_folder",
                    code="files_folder",
                    folder=str(path),
                )
            return
        self._checking_since = now

        def seen(found: ServedFolder | Exception) -> None:
            if readers is not self._readers:
                return  # another folder was chosen meanwhile
            self._checking_since = None
            if isinstance(found, Trouble):
                self._folder_trouble = found
            elif isinstance(found, ServedFolder):
                self._folder, self._folder_trouble = found, None
            else:
                logger.error("looking at the folder", exc_info=found)
            self._tick_sockets()
            self._update()

        readers.run(partial(_look_at, path, self._folder, self._private), seen)

    def _refused(self, protocol: str, address: str) -> None:
        """A stranger got nothing; a burst of them is one line of the log."""
        self.state.refused += 1
        self._refused_unsaid += 1
        if self._clock() - self._refused_at < REFUSED_SECONDS:
            return
        logger.info(
            "%s: %s asks for files, but no approved phone has asked for its URL there since the "
            "program started; it got nothing (%d such since the last line)",
            protocol,
            address,
            self._refused_unsaid,
        )
        self._refused_at = self._clock()
        self._refused_unsaid = 0

    def _update(self) -> None:
        """Update `state`, and tell if it has changed."""
        state, sockets = self.state, self._sockets
        before = replace(state)
        state.http_port, state.tftp_port = (each.port for each in sockets) if sockets else (0, 0)
        troubles = [self._folder_trouble, *(each.trouble for each in sockets)]
        state.files = len(self.names())
        state.troubles = {each.code: each for each in troubles if each is not None}
        for code in state.troubles.keys() - before.troubles.keys():
            logger.warning("%s", state.troubles[code])
        if replace(before, refused=0) != replace(state, refused=0):
            self._changed()


def _look_at(path: Path, folder: ServedFolder | None, private: Path | None) -> ServedFolder:
    """In a thread. Raises `Trouble`."""
    if folder is None:
        return ServedFolder(path, private=private)
    folder.check()
    return folder
