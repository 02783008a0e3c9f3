"""Fills the window's `Serving` from the file server, and carries out what the window asks for."""

from __future__ import annotations

from pathlib import Path

from pnp_gui.app.files_hint import FILES_SILENCE, files_hint
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.status import StatusKind
from pnp_gui.bench.store.settings import HTTP_PORT, SERVE_FOLDER, TFTP_PORT
from pnp_gui.trouble import Trouble
from pnp_gui.ui.serving import Serving


class ServingController(Serving):
    """The file server's state for the window."""

    def __init__(self, session: Session, http_port: int | None, tftp_port: int | None) -> None:
        """Ports for this run, which are not stored; None: the stored ones."""
        super().__init__()
        self._session = session
        kept = session.store.setting
        self.http_port = kept(HTTP_PORT) if http_port is None else http_port
        self.tftp_port = kept(TFTP_PORT) if tftp_port is None else tftp_port
        self.folder = Path(folder) if (folder := kept(SERVE_FOLDER)) else None
        session.files.changed = self.refresh

    def start(self, folder: Path, *, keep: bool = True) -> None:
        """Serve this folder, and store it for the next time if `keep`."""
        self.folder = folder.absolute()
        if keep:
            self._session.store.set_setting(SERVE_FOLDER, str(self.folder))
        self._session.files.start(self.folder, self.http_port, self.tftp_port)
        self.refresh()

    def stop(self) -> None:
        """Serve nothing."""
        self._session.files.stop()
        self.refresh()

    def set_ports(self, http_port: int, tftp_port: int) -> None:
        """Store the ports, and go on there."""
        self.http_port, self.tftp_port = http_port, tftp_port
        self._session.store.set_setting(HTTP_PORT, http_port)
        self._session.store.set_setting(TFTP_PORT, tftp_port)
        if self.serving and self.folder is not None:
            self._session.files.start(self.folder, http_port, tftp_port)
        self.refresh()

    def refresh(self) -> None:
        """Read the file server's state and emit `changed`."""
        state = self._session.files.state
        if state is not None:
            self.serving, self.troubles = state.serving, dict(state.troubles)
        hint = self._hint()
        if hint is not None:
            self.troubles[hint.code] = hint
        self._session.bench.serve_at(self.bases)
        self.update_counts()
        self.changed.emit()

    def check_silence(self) -> None:
        """To be called once a second: no event says that the hint is due or over."""
        if self._hint() != self.troubles.get(FILES_SILENCE):
            self.refresh()

    def _hint(self) -> Trouble | None:
        session = self._session
        if not self.serving:
            return None
        waiting = session.bench.counts().kinds.get(StatusKind.NOTHING_FETCHED, 0)
        return files_hint(session.files, waiting, sip_port=session.pump.state.port)

    def update_counts(self) -> None:
        """Read the file server's counters."""
        state = self._session.files.state
        if state is not None:
            self.files, self.refused = state.files, state.refused
