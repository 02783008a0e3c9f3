"""Which interfaces the technician wants to listen on, and what is wrong with those that fail.

A port that was chosen by its address stays chosen when the address changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from pnp_gui.net.interfaces import (
    Interface,
    chosen_by_default,
    find,
    ready,
    selectable,
    unknown_interface,
)
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble, listed

MAX_MISSED = 64
"""Ports chosen by default that are gone and expected back; beyond it the oldest are forgotten. A
container host creates thousands of ports."""


class Lack(Enum):
    """Why a wanted interface cannot be listened on, with the code of its `Trouble`."""

    MISSING = "interface_missing"
    CONNECTION = "interface_down"
    ADDRESS = "interface_no_address"
    MULTICAST = "interface_no_multicast"


OTHERS_GO_ON = {
    Lack.MISSING: Text(
        "No longer present: {interfaces}. Plug the adapter in again, or choose another network "
        "interface. Still listening on {others}."
    ),
    Lack.CONNECTION: Text(
        "No connection on {interfaces}. Plug the cable in, or enable the interface. Still "
        "listening on {others}."
    ),
    Lack.ADDRESS: Text(
        "No IPv4 address on {interfaces}. Wait for DHCP, or give it a fixed address. "
        "Still listening on {others}."
    ),
    Lack.MULTICAST: Text(
        "No multicast on {interfaces}, so no phone can be heard there. Choose another network "
        "interface. Still listening on {others}."
    ),
}

NONE_GOES_ON = {
    Lack.MISSING: Text(
        "No longer present: {interfaces}. No phone can be heard until the adapter is back or "
        "you choose another network interface."
    ),
    Lack.CONNECTION: Text(
        "No connection on {interfaces}. No phone can be heard until the cable is plugged in or "
        "the interface is enabled. Listening then starts automatically."
    ),
    Lack.ADDRESS: Text(
        "No IPv4 address on {interfaces}. No phone can be heard until the interface has one: "
        "wait for DHCP, or give it a fixed address. Listening then starts automatically."
    ),
    Lack.MULTICAST: Text(
        "No multicast on {interfaces}, so no phone can be heard. Choose another network interface."
    ),
}

NOT_CHOSEN = Text(
    "No network interface is selected. Available: {present}. Tick those that the phones are on."
)
NONE_READY = Text(
    "No network interface is ready: none has both a connection and an IPv4 address. Plug a "
    "cable in, or switch Wi-Fi on; listening then starts automatically."
)


class InterfaceChoice:
    """The chosen interfaces, compared with those present."""

    def __init__(self, names: Sequence[str] | None) -> None:
        """`names`: interface names or IPv4 addresses; None for those chosen by default."""
        self.names = None if names is None else tuple(names)
        self._seen: dict[str, str] = {}
        """The interface's name, once it was found, by the name or address that was chosen."""

    def targets(self, present: Sequence[Interface]) -> list[Interface]:
        """The wanted interfaces that are ready, each once."""
        if self.names is None:
            default = chosen_by_default(present)
            # One that was listened on stays chosen while it has a self-assigned address: Windows
            # gives it one until DHCP has answered.
            found = [
                each for each in selectable(present) if each in default or each.name in self._seen
            ]
            self._seen.update({each.name: each.name for each in found})
            there = {each.name for each in present}
            missed = [name for name in self._seen if name not in there]
            for name in missed[:-MAX_MISSED]:
                del self._seen[name]
            return found
        found = []
        for text in self.names:
            interface = find(self._seen.get(text, text), present)
            if interface is not None:
                self._seen[text] = interface.name
                if ready(interface) and interface not in found:
                    found.append(interface)
        return found

    def troubles(
        self, present: Sequence[Interface], joined: Sequence[Interface]
    ) -> dict[str, Trouble]:
        """Why chosen interfaces are not listened on, by code; those in `joined` are."""
        troubles: dict[str, Trouble] = {}
        lacking: dict[Lack, list[str]] = {}
        unknown: list[str] = []
        for text in self._seen if self.names is None else self.names:
            name = self._seen.get(text, text)
            interface = find(name, present)
            if interface is None and text not in self._seen:
                unknown.append(text)
            elif lack := lack_of(interface):
                lacking.setdefault(lack, []).append(interface.name if interface else name)
        for lack, names in lacking.items():
            templates = OTHERS_GO_ON if joined else NONE_GOES_ON
            troubles[lack.value] = Trouble(
                templates[lack],
                action="show_interfaces",
                code=lack.value,
                interfaces=listed(names),
                others=listed(each.name for each in joined),
            )
        if unknown:
            troubles["unknown_interface"] = unknown_interface(unknown, present)
        if not joined and not troubles and not self.targets(present):
            there = selectable(present)
            troubles["no_interface"] = Trouble(
                NOT_CHOSEN if there else NONE_READY,
                action="show_interfaces",
                code="no_interface",
                present=listed(each.describe() for each in there),
            )
        return troubles


def lack_of(interface: Interface | None) -> Lack | None:
    """What keeps it from being listened on, or None."""
    if interface is None:
        return Lack.MISSING
    if not interface.up or not interface.running:
        return Lack.CONNECTION
    if not interface.addresses:
        return Lack.ADDRESS
    return None if ready(interface) else Lack.MULTICAST
