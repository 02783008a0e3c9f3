"""The commands that open this computer's firewall for us, or show what it does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pnp_gui import PRODUCT

Opening = tuple[str, int]
"""A protocol, "UDP" or "TCP", and one of its ports."""

SHOW_RULES = (
    "sudo nft list ruleset",
    "sudo iptables -S",
    "sudo ufw status verbose",
    "sudo firewall-cmd --list-all",
)
"""What shows the rules of a firewall on Linux; a computer has one or two of these."""


def windows_commands(program: str, openings: Iterable[Opening]) -> str:
    """One line each. Block rules take precedence over allow rules, so they are deleted first."""
    path = str(Path(program))
    allow = (
        f'netsh advfirewall firewall add rule name="{PRODUCT}" dir=in action=allow '
        f'protocol={protocol} localport={port} program="{path}" profile=any'
        for protocol, port in openings
    )
    return "\n".join((f'netsh advfirewall firewall delete rule name=all program="{path}"', *allow))
