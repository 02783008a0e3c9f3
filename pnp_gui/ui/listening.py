"""What the window knows about listening: a facade, which `app/listening_controller.py` fills.

It holds no socket and decides nothing. The window shows it and asks for changes; the subclass
carries them out and emits `changed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pnp_gui.trouble import Trouble


@dataclass(frozen=True, slots=True)
class InterfaceInfo:
    """One interface, as the chooser shows it."""

    name: str
    """The system's name for it ("Ethernet", "eth0"), which `Listening.choose` takes."""
    address: str
    """Its IPv4 addresses, joined by commas."""
    note: str = ""
    """A remark in a few words ("virtual"), or ""."""
    by_default: bool = True
    """Whether it is used while nothing is chosen (not with a self-assigned address)."""


class Listening(QObject):
    """Where the program listens, and how the window starts, stops and chooses it."""

    changed = Signal()
    """An attribute has changed, other than the counts. At most a few times a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listening = False
        """The sockets are open (even if no interface could be joined)."""
        self.port = 5060
        """The UDP port."""
        self.joined: list[InterfaceInfo] = []
        """The interfaces that it listens on."""
        self.selectable: list[InterfaceInfo] = []
        """The interfaces that it can listen on."""
        self.chosen: list[str] | None = None
        """The names that the technician chose; None: all that are `by_default`."""
        self.troubles: dict[str, Trouble] = {}
        """What keeps phones from being received, by code."""
        self.heard = 0
        """SUBSCRIBEs of phones since the start."""
        self.ignored = 0
        """All other datagrams."""

    def update_counts(self) -> None:
        """Bring `heard` and `ignored` up to date; the window calls it twice a second.

        They change with every datagram, so they do not emit `changed`.
        """

    def choose(self, names: Sequence[str] | None) -> None:
        """Listen on these interfaces only; None: on all that are `by_default`."""
        self.chosen = None if names is None else list(names)
        self.changed.emit()

    def start(self) -> None:
        """Open the port. Errors are in `troubles` afterwards; nothing is raised."""
        self.listening = True
        self.changed.emit()

    def stop(self) -> None:
        """Close the port: no phone is received or answered until `start`."""
        self.listening = False
        self.joined = []
        self.changed.emit()
