"""What the window knows about listening: a facade that the composition root fills.

It holds no socket and decides nothing. The window reads it, shows it, and asks for a change;
whoever subclasses it carries the wish out and emits `changed` when the truth is a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pnp_gui.trouble import Trouble


@dataclass(frozen=True, slots=True)
class InterfaceInfo:
    """One network port, as the chooser shows it."""

    name: str
    """The system's own name for it ("Ethernet", "eth0"); also what `Listening.choose` takes."""
    address: str
    """Its IPv4 address, dotted; several are joined by a comma."""
    note: str = ""
    """What is special about it, in a few words ("virtual"), or nothing."""
    by_default: bool = True
    """Whether it is listened on while nothing is chosen (a self-assigned address is not)."""


class Listening(QObject):
    """Where the program listens now, and the three wishes the window may have about it."""

    changed = Signal()
    """Something below is a new truth. Emitted at most a few times a second."""

    listening: bool
    """The sockets are open (even while no port could be joined)."""
    port: int
    """The UDP port."""
    joined: list[InterfaceInfo]
    """Where phones are heard now."""
    offered: list[InterfaceInfo]
    """Where they could be."""
    chosen: list[str] | None
    """The names the technician ticked; None: every offered one."""
    troubles: dict[str, Trouble]
    """What keeps it from hearing phones, by code; empty when all is well."""
    heard: int
    """SUBSCRIBEs of phones since the start."""
    ignored: int
    """Datagrams that were none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listening = False
        self.port = 5060
        self.joined = []
        self.offered = []
        self.chosen = None
        self.troubles = {}
        self.heard = 0
        self.ignored = 0

    def count(self) -> None:
        """Bring `heard` and `ignored` up to date; the window asks for it twice a second.

        They change with every datagram, so `changed` does not tell of them.
        """

    def choose(self, names: Sequence[str] | None) -> None:
        """Listen on these network ports only; None: on every offered one."""
        self.chosen = None if names is None else list(names)
        self.changed.emit()

    def start(self) -> None:
        """Open the port. What goes wrong is in `troubles` afterwards; nothing is raised."""
        self.listening = True
        self.changed.emit()

    def stop(self) -> None:
        """Close the port: no phone is heard nor answered until `start`."""
        self.listening = False
        self.joined = []
        self.changed.emit()
