"""What the window knows about serving files: a facade, which `app/serving_controller.py` fills.

It holds no socket and decides nothing. The window shows it and asks for changes; the subclass
carries them out and emits `changed`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pnp_gui.trouble import Trouble

TFTP = 69
"""Its port, which a URL need not name (RFC 3617)."""


class Serving(QObject):
    """Which folder is served, and how the window starts and stops that."""

    changed = Signal()
    """An attribute has changed, other than the counts. At most a few times a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.serving = False
        """Between start and stop: approved phones get files where the troubles allow."""
        self.folder: Path | None = None
        """The folder that is served, or was the last time, also in an earlier run."""
        self.files = 0
        """How many files it has."""
        self.http_port = 8080
        """The TCP port."""
        self.tftp_port = TFTP
        """The UDP port; 0: no TFTP."""
        self.troubles: dict[str, Trouble] = {}
        """What keeps phones from getting files, by code."""
        self.refused = 0
        """Connections and packets of phones that nobody approved: nothing was sent to them."""

    @property
    def bases(self) -> tuple[str, ...]:
        """The URLs of the folder, with `${host}`, that of HTTP first; none while none is served."""
        if not self.serving:
            return ()
        tftp = (
            "tftp://${host}/" if self.tftp_port == TFTP else f"tftp://${{host}}:{self.tftp_port}/"
        )
        return (f"http://${{host}}:{self.http_port}/", *[tftp] * bool(self.tftp_port))

    def update_counts(self) -> None:
        """Bring `files` and `refused` up to date; the window calls it twice a second.

        They change with every packet, so they do not emit `changed`.
        """

    def start(self, folder: Path) -> None:
        """Serve this folder. Errors are in `troubles` afterwards; nothing is raised."""
        self.serving, self.folder = True, folder
        self.changed.emit()

    def stop(self) -> None:
        """Serve nothing until `start`."""
        self.serving = False
        self.changed.emit()

    def set_ports(self, http_port: int, tftp_port: int) -> None:
        """Serve on these ports, from now on and in later runs."""
        self.http_port, self.tftp_port = http_port, tftp_port
        self.changed.emit()
