"""The file server: start, stop, and its state. Nothing that happens on the network or with the
folder stops it: errors become `state.troubles`, and are tried again every second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pnp_gui.files.fetch import Fetch
from pnp_gui.trouble import Trouble

HTTP_PORT = 8080
"""Needs no administrator rights, and is what other provisioning tools use."""
TFTP_PORT = 69
"""Of RFC 1350."""


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
    active: int = 0
    """Requests that are being answered."""


class FileServer:
    """Serves a folder to approved phones. Lives in Qt's main thread."""

    def __init__(
        self,
        may_fetch: Callable[[str], bool],
        report: Callable[[Fetch], None],
        changed: Callable[[], None],
        *,
        clock: Callable[[], float],
        private: Path | None = None,
    ) -> None:
        """`may_fetch` says whether the phone at an address is approved; it is asked for every
        request and again while it goes on. `report` takes each request when its answer begins,
        about once a second, and when it ends. `changed` is called when `state` has changed, except
        for its counts. `private`: our data folder, of which nothing is served."""
        self.state = ServingState()

    def names(self) -> Sequence[str]:
        """The names of the files; () while nothing is served."""
        return ()

    def start(self, folder: Path, http_port: int, tftp_port: int) -> None:
        """Serve `folder` and nothing else from now on. `tftp_port` 0: no TFTP. What fails is in
        `state.troubles`, and is tried again every second until `stop`."""

    def stop(self) -> None:
        """Close the sockets; requests under way end with `FetchEnd.STOPPED`."""

    def withdraw(self, address: str) -> None:
        """Send nothing more to this address: its requests end with `FetchEnd.STOPPED`."""

    def close(self) -> None:
        """Stop for good, before the application object is deleted."""
