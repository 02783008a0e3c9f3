"""The computer's network interfaces: which exist, which are selectable, which one a name means."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TYPE_CHECKING

from pnp_gui.trouble import Trouble, listed

# Only the system's own, since each import delays the start.
if sys.platform == "win32":
    from pnp_gui.net.windows.adapters import adapters
else:
    from pnp_gui.net.linux.links import (
        IFF_LOOPBACK,
        IFF_MULTICAST,
        IFF_RUNNING,
        IFF_UP,
        Link,
        links,
    )

if TYPE_CHECKING:
    from pnp_gui.net.windows.adapters import Adapter

_HOSTS = r"VirtualBox|Npcap|docker|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|br-[0-9a-f]{12}$"
"""Virtual machines and containers. The systems give nothing but names to judge by."""
_TUNNELS = (
    r"\bTAP\b|TAP-Windows|OpenVPN|WireGuard|Wintun|Tailscale|ZeroTier|AnyConnect|Fortinet|PANGP"
    r"|^(tun|tap|wg|zt|ppp|utun|tailscale)\d*"
)
"""VPNs. They carry no multicast of phones, and the far end's phones are not this bench's."""
_VIRTUAL = re.compile(rf"vEthernet|Hyper-V|VMware|{_HOSTS}|{_TUNNELS}", re.IGNORECASE)
"""Ports that no cable goes into."""
_NOT_BY_DEFAULT = re.compile(
    rf"vEthernet \((Default Switch|WSL.*|nat|Docker.*)\)|VMnet\d+$|{_HOSTS}|{_TUNNELS}",
    re.IGNORECASE,
)
"""Networks that end inside this computer, and VPNs."""

_THIS_NETWORK = IPv4Network("0.0.0.0/8")


@dataclass(frozen=True, slots=True)
class Interface:
    """One network interface at one moment. While it stays equal, it need not be joined again."""

    name: str
    """The system's name as it is shown: "eth0", on Windows the friendly one ("Ethernet 2")."""
    index: int
    """The system's number; 0 if not known."""
    addresses: tuple[IPv4Interface, ...]
    """Its IPv4 addresses with prefix, in the system's order."""
    up: bool
    """Switched on by the system."""
    running: bool
    """Has a carrier: a cable with something at its other end, or a radio network."""
    multicast: bool
    loopback: bool
    virtual: bool
    """No cable goes into it (VPN, virtual machines, containers), judging by its name."""
    description: str = ""
    """What its driver calls itself, on Windows."""

    def address_beside(self, peer: str) -> str:
        """Its address in the subnet of `peer`, the smallest if several have it, as the system's own
        route does; or ""."""
        # With integers it takes a third of the time; it runs for each phone of a storm.
        wanted = int.from_bytes(socket.inet_aton(peer), "big")
        beside, longest = "", -1
        for address in self.addresses:
            mask = int(address.netmask)
            if mask > longest and wanted & mask == int(address) & mask:
                beside, longest = str(address.ip), mask
        return beside

    def has(self, address: str) -> bool:
        """Whether this is one of its own addresses."""
        return any(str(each.ip) == address for each in self.addresses)

    def can_have(self, peer: str) -> bool:
        """Whether a device on it can have this address: no multicast, broadcast or loopback address
        (RFC 1122 section 3.2.1.3)."""
        address = IPv4Address(peer)
        if address.is_multicast or address.is_reserved or address in _THIS_NETWORK:
            return False
        return (self.loopback or not address.is_loopback) and not any(
            address in (own.network.broadcast_address, own.network.network_address)
            for own in self.addresses
            if own.network.prefixlen < 31
        )

    def describe(self) -> str:
        """Name and addresses: "Ethernet 192.168.10.5"."""
        return " ".join([self.name, *(str(address.ip) for address in self.addresses)])

    @property
    def self_assigned(self) -> bool:
        """All its addresses are 169.254.x.x (RFC 3927): nobody gave it one."""
        return bool(self.addresses) and all(address.is_link_local for address in self.addresses)


def system_interfaces() -> list[Interface]:
    """Every interface of this computer, loopback too, by name in the system's order. Raises
    OSError."""
    if sys.platform == "win32":
        return [of_adapter(each) for each in adapters()]
    assert sys.platform != "win32"
    return [_of_link(each) for each in links()]


def loopback_name() -> str:
    """The system's name of its loopback interface; "" where there is none."""
    return next((each.name for each in system_interfaces() if each.loopback), "")


def shown_name(name: bytes) -> str:
    r"""A port's name on Linux: any bytes but blanks and "/", nearly always UTF-8. Other bytes and
    unprintable characters are escaped (\xfc, \u001b), so that no two names become the same."""
    return "".join(
        each if each.isprintable() else f"\\u{ord(each):04x}"
        for each in name.decode("utf-8", "backslashreplace")
    )


def _of_link(link: Link) -> Interface:
    name = shown_name(link.name)
    return Interface(
        name=name,
        index=link.index,
        addresses=link.addresses,
        up=bool(link.flags & IFF_UP),
        running=bool(link.flags & IFF_RUNNING),
        multicast=bool(link.flags & IFF_MULTICAST),
        loopback=bool(link.flags & IFF_LOOPBACK),
        virtual=bool(_VIRTUAL.search(name)),
    )


def of_adapter(adapter: Adapter) -> Interface:
    """One of Windows' adapters. People rename them, so the driver's description counts, too."""
    return Interface(
        name=adapter.name,
        index=adapter.index,
        addresses=adapter.addresses,
        up=adapter.up,
        running=adapter.up,
        multicast=adapter.multicast,
        loopback=adapter.loopback,
        virtual=any(map(_VIRTUAL.search, (adapter.name, adapter.description))),
        description=adapter.description,
    )


def ready(interface: Interface) -> bool:
    """Can be listened on at this moment. Loopback can too: simulated phones ask it by unicast."""
    return (
        interface.up
        and interface.running
        and bool(interface.addresses)
        and (interface.multicast or interface.loopback)
    )


def selectable(interfaces: Sequence[Interface]) -> list[Interface]:
    """Those to choose from: ready, and not loopback."""
    return [each for each in interfaces if ready(each) and not each.loopback]


def chosen_by_default(interfaces: Sequence[Interface]) -> list[Interface]:
    """Those listened on when nobody chose.

    Left out: ports with a self-assigned address only (usually nothing useful is plugged in),
    networks that end inside this computer, and VPNs. A Hyper-V switch to the outside
    ("vEthernet (External)") stays, because it carries the computer's own address.
    """
    return [
        each
        for each in selectable(interfaces)
        if not each.self_assigned
        and not any(map(_NOT_BY_DEFAULT.search, (each.name, each.description)))
    ]


def is_outside(interfaces: Sequence[Interface], name: str, peer: str) -> bool:
    """Whether an address is in none of the networks of the interface of this name; False if that is
    not there."""
    return any(each.name == name and not each.address_beside(peer) for each in interfaces)


def host_for(interfaces: Sequence[Interface], name: str, peer: str) -> str:
    """Our address beside `peer` on the interface of this name, else its first one. Where that is
    not there: the only address of all, or ""."""
    for each in interfaces:
        if each.name == name:
            return (peer and each.address_beside(peer)) or str(each.addresses[0].ip)
    addresses = [address for each in interfaces for address in each.addresses]
    return str(addresses[0].ip) if len(addresses) == 1 else ""


def check_names(wanted: Sequence[str], present: Sequence[Interface]) -> None:
    """Raise a `Trouble` if one of these is neither the name nor an address of an interface."""
    unknown = [text for text in wanted if find(text, present) is None]
    if unknown:
        raise unknown_interface(unknown, present)


def find(text: str, present: Sequence[Interface]) -> Interface | None:
    """The interface of that name, else with other capitals, else with that IPv4 address."""
    folded = text.strip().casefold()
    same = [each for each in present if each.name == text]
    same += [each for each in present if each.name.casefold() == folded]
    same += [each for each in present if each.has(folded)]
    return next(iter(same), None)


def unknown_interface(unknown: Sequence[str], present: Sequence[Interface]) -> Trouble:
    """The sentence for unknown names; lists what there is."""
    return Trouble(
        "There is no network interface called {wanted}. Available: {present}. Choose one of these.",
        action="show_interfaces",
        code="unknown_interface",
        wanted=listed(unknown),
        present=listed(each.describe() for each in present) or "none",
    )
