"""What there is to know about listening at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from pnp_gui.net.interfaces import Interface
from pnp_gui.trouble import Trouble


@dataclass(slots=True)
class ListenState:
    """What there is to know about listening; read it, the pump writes it."""

    listening: bool = False
    """Phones are answered as far as interfaces allow. False when stopped or the port is not to be
    had; the pump goes on trying for the port until `stop`."""
    port: int = 5060
    """The UDP port; when 0 was asked for, the one that was found."""
    joined: list[Interface] = field(default_factory=list)
    """Where phones are heard."""
    offered: list[Interface] = field(default_factory=list)
    """Where they could be."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By code; empty when all is well."""
    heard: int = 0
    """SUBSCRIBEs of phones, retransmissions included."""
    ignored: int = 0
    """Datagrams that were none and no answer to us, or too many of one source."""
    elsewhere: int = 0
    """Datagrams dropped unread: they came in on an interface that was not chosen, or claim to be
    from an address that no host has."""
    receive_errors: int = 0
    """Errors that were skipped on receiving, such as a phone's "port unreachable"."""
