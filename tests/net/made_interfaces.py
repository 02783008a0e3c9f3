"""Interfaces as the system would tell of them: any that a test needs, a cable and the loopback."""

from __future__ import annotations

from ipaddress import IPv4Interface

from pnp_gui.net.interfaces import Interface


def interface(name: str = "eth0", *addresses: str, **changes: bool) -> Interface:
    state = {"up": True, "running": True, "multicast": True, "loopback": False, "virtual": False}
    return Interface(
        name, 2, tuple(map(IPv4Interface, addresses)), description="", **{**state, **changes}
    )


ETH = interface("eth0", "10.13.2.2/24", "192.168.10.5/24")
LO = interface("lo", "127.0.0.1/8", loopback=True, multicast=False)
