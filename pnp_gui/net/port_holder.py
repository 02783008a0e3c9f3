"""Which program uses a UDP port, if the system says so. Looked up only after a failed bind."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PortHolder:
    """Another program that uses the port."""

    program: str
    """Its name as the system lists it: "zoiper5.exe"."""
    pid: int


def port_holder(port: int) -> PortHolder | None:
    """The other program bound to UDP `port` over IPv4 or as a dual-stack socket, or None. Without
    administrator rights Linux names only the user's own programs."""
    return _holder_on_windows(port) if sys.platform == "win32" else _holder_elsewhere(port)


def _holder_on_windows(port: int) -> PortHolder | None:
    from pnp_gui.net.windows.port_holder import processes_on, program_name

    for pid in processes_on(port):
        if pid != os.getpid() and (name := program_name(pid)):
            return PortHolder(name, pid)
    return None


def _holder_elsewhere(port: int) -> PortHolder | None:
    assert sys.platform != "win32"
    import psutil  # not in the bundle for Windows; now and not before: 13 ms of every start

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
