"""The file server, as the bench and the window know it: made when files are served first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pnp_gui.bench.bench import Bench
from pnp_gui.net.listen_state import ListenState
from pnp_gui.net.serving.file_server import TFTP_PORT, FileServer, ServingState
from pnp_gui.system import clock


class ServedFiles:
    """Files of one folder, for phones that are approved."""

    def __init__(self, bench: Bench, listening: ListenState, private: Path) -> None:
        """`private`: our data folder, of which nothing is served."""
        self._bench = bench
        self._listening = listening
        self._private = private
        self._server: FileServer | None = None
        self.changed: Callable[[], None] = lambda: None
        """Called when the state changes."""
        bench.attach_files(self, self._withdraw)

    @property
    def state(self) -> ServingState:
        """Whether, what and how well files are served."""
        return ServingState() if self._server is None else self._server.state

    @property
    def serving(self) -> bool:
        """Whether files are served."""
        return self.state.serving

    def names(self) -> Sequence[str]:
        """The files, as `Fetch.name` says them; () while nothing is served."""
        return () if self._server is None else self._server.names()

    def is_ours(self, url: str) -> bool:
        """Whether this URL, filled in, leads to our own server; never while nothing is served."""
        state = self.state
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        ours = {"http": (state.http_port, 80), "tftp": (state.tftp_port, TFTP_PORT)}
        wanted, usual = ours.get(parts.scheme, (0, 0))
        if not state.serving or not wanted or (port or usual) != wanted:
            return False
        return any(each.has(parts.hostname or "") for each in self._listening.joined)

    def start(self, folder: Path, http_port: int, tftp_port: int) -> None:
        """Serve this folder: see `FileServer.start`."""
        if self._server is None:
            bench = self._bench
            self._server = FileServer(
                bench.may_fetch,
                bench.fetched,
                lambda: self.changed(),
                clock=clock.seconds,
                private=self._private,
            )
        self._server.start(folder, http_port, tftp_port)

    def stop(self) -> None:
        """Serve nothing."""
        if self._server is not None:
            self._server.stop()

    def close(self) -> None:
        """Stop for good."""
        if self._server is not None:
            self._server.close()

    def _withdraw(self, address: str) -> None:
        if self._server is not None:
            self._server.withdraw(address)
