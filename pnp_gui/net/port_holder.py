"""Which program uses a port, if the system says so. Looked up only after a failed bind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PortHolder:
    """Another program that uses the port."""

    program: str
    """Its name as the system lists it: "zoiper5.exe"."""
    pid: int


def port_holder(port: int, protocol: str = "UDP") -> PortHolder | None:
    """The other program bound to `port` of "UDP" or listening on it of "TCP", over IPv4 or as a
    dual-stack socket, or None. Without administrator rights Linux names only the user's own
    programs."""
    find = _on_windows if sys.platform == "win32" else _elsewhere
    holders = find(port, protocol)
    return next((each for each in holders if each.program and each.pid != os.getpid()), None)


def _on_windows(port: int, protocol: str) -> Iterator[PortHolder]:
    from pnp_gui.net.windows.port_holder import processes_on, program_name

    for pid in processes_on(port, protocol):
        yield PortHolder(program_name(pid), pid)


def _elsewhere(port: int, protocol: str) -> Iterator[PortHolder]:
    assert sys.platform != "win32"
    import psutil  # not in the bundle for Windows; now and not before: 13 ms of every start

    with suppress(psutil.Error, OSError, RuntimeError):
        for each in psutil.net_connections(protocol.lower()):
            bound = each.status in (psutil.CONN_NONE, psutil.CONN_LISTEN)  # UDP has no status
            # laddr is () for a socket without address.
            if bound and each.laddr and each.laddr.port == port and each.pid:
                with suppress(psutil.Error, OSError):
                    yield PortHolder(psutil.Process(each.pid).name(), each.pid)
