"""Whether, where and how well the program listens at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from pnp_gui.net.interfaces import Interface
from pnp_gui.trouble import Trouble


@dataclass(slots=True)
class ListenState:
    """Written by the pump alone."""

    listening: bool = False
    """Phones are answered where interfaces allow. False when stopped or when the port is not
    available; the pump tries the port again until `stop`."""
    port: int = 5060
    """The UDP port; if 0 was wanted, the one that the system gave."""
    joined: list[Interface] = field(default_factory=list)
    """Interfaces that are listened on."""
    selectable: list[Interface] = field(default_factory=list)
    """Interfaces to choose from."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By code; empty when all is well."""
    heard: int = 0
    """SUBSCRIBEs of phones, retransmissions included."""
    ignored: int = 0
    """Other datagrams that were no response to us, or too many from one source."""
    elsewhere: int = 0
    """Datagrams dropped unread: from an interface that was not chosen, or from an address that no
    host has."""
    receive_errors: int = 0
    """Errors while receiving, such as a phone's "port unreachable"."""
