"""Which program has a UDP port, where the system tells. Asked only when a bind has failed."""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class PortHolder:
    """Another program that has the port."""

    program: str
    """Its name as the system lists it: "zoiper5.exe"."""
    pid: int


def port_holder(port: int) -> PortHolder | None:
    """The other program bound to UDP `port` over IPv4 or as a dual-stack socket, or None.

    Without administrator rights Linux tells only about the user's own programs.
    """
    try:
        sockets = psutil.net_connections("udp")
    except (psutil.Error, OSError, RuntimeError):
        return None
    for each in sockets:
        # laddr is () for a socket without address.
        if not each.laddr or each.laddr.port != port or not each.pid or each.pid == os.getpid():
            continue
        try:
            return PortHolder(psutil.Process(each.pid).name(), each.pid)
        except (psutil.Error, OSError):
            continue
    return None
