"""The file server, as the bench and the window know it: made when files are served first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pnp_gui.app.firewall import Opening
from pnp_gui.bench.bench import Bench
from pnp_gui.files.fetch import NONE_WITHHELD, Fetch, Withheld
from pnp_gui.net.listen_state import ListenState
from pnp_gui.pnp.url import server_of
from pnp_gui.system import clock

if TYPE_CHECKING:
    from pnp_gui.net.serving.file_server import FileServer, ServingState


class ServedFiles:
    """Files of one folder, for phones that are approved."""

    def __init__(
        self, bench: Bench, listening: ListenState, tell: Callable[[], None], private: Path
    ) -> None:
        """`tell` tells the bench of phones that were answered in a burst: they may fetch at once.
        `private`: our data folder, of which nothing is served."""
        self._bench = bench
        self._listening = listening
        self._tell = tell
        self._private = private
        self._server: FileServer | None = None
        self._came = False
        self._only_loopback = False
        self.changed: Callable[[], None] = lambda: None
        """Called when the state changes."""
        bench.attach_files(self, self._withdraw)

    @property
    def state(self) -> ServingState | None:
        """Whether, what and how well files are served; None: nothing was in this run."""
        return None if self._server is None else self._server.state

    @property
    def serving(self) -> bool:
        """Whether files are served."""
        return self._server is not None and self._server.state.serving

    @property
    def openings(self) -> list[Opening]:
        """Where files are served now, as a firewall needs to know it."""
        state = self.state
        if state is None or not state.serving:
            return []
        return [("TCP", state.http_port), *[("UDP", state.tftp_port)] * bool(state.tftp_port)]

    @property
    def arrived(self) -> bool:
        """Whether any request for a file has come in this run, also from a stranger."""
        return self._came or (self.state is not None and self.state.refused > 0)

    def names(self) -> Sequence[str]:
        """The files, as `Fetch.name` says them; () while nothing is served."""
        return () if self._server is None else self._server.names()

    @property
    def withheld(self) -> Mapping[str, Withheld]:
        """Files and folders that are there and not served, by their names."""
        return NONE_WITHHELD if self._server is None else self._server.withheld

    def is_ours(self, url: str) -> bool:
        """Whether this URL, filled in, leads to our own server; never while nothing is served."""
        state = self.state
        if state is None or not state.serving:
            return False
        scheme, host, port = server_of(url)
        if not port or port != {"http": state.http_port, "tftp": state.tftp_port}.get(scheme):
            return False
        return any(each.has(host) for each in self._listening.joined)

    def start(self, folder: Path, http_port: int, tftp_port: int) -> None:
        """Serve this folder: see `FileServer.start`."""
        if self._server is None:
            # Imported when it is needed: each start would take 20 ms longer.
            from pnp_gui.net.serving.file_server import FileServer

            self._server = FileServer(
                self._bench.may_fetch,
                self._fetched,
                lambda: self.changed(),
                clock=clock.seconds,
                tell=self._tell,
                loopback_only=self._loopback_only,
                private=self._private,
            )
        self._server.start(folder, http_port, tftp_port)

    def wait(self, seconds: float) -> None:
        """See `FileServer.wait`."""
        if self._server is not None:
            self._server.wait(seconds)

    def stop(self) -> None:
        """Serve nothing."""
        if self._server is not None:
            self._server.stop()

    def close(self) -> None:
        """Stop for good."""
        if self._server is not None:
            self._server.close()

    def _loopback_only(self) -> bool:
        """As the last time that anything was listened on: else Windows' firewall would ask about a
        demo."""
        if joined := self._listening.joined:
            self._only_loopback = all(each.loopback for each in joined)
        return self._only_loopback

    def _fetched(self, fetch: Fetch) -> None:
        self._came = True
        self._bench.fetched(fetch)

    def _withdraw(self, address: str) -> None:
        if self._server is not None:
            self._server.withdraw(address)
