"""Which program uses a UDP port, if the system says so. Looked up only after a failed bind."""

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


def port_holder(port: int) -> PortHolder | None:
    """The other program bound to UDP `port` over IPv4 or as a dual-stack socket, or None. Without
    administrator rights Linux names only the user's own programs."""
    holders = _on_windows(port) if sys.platform == "win32" else _elsewhere(port)
    return next((each for each in holders if each.program and each.pid != os.getpid()), None)


def _on_windows(port: int) -> Iterator[PortHolder]:
    from pnp_gui.net.windows.port_holder import processes_on, program_name

    for pid in processes_on(port):
        yield PortHolder(program_name(pid), pid)


def _elsewhere(port: int) -> Iterator[PortHolder]:
    assert sys.platform != "win32"
    import psutil  # not in the bundle for Windows; now and not before: 13 ms of every start

    with suppress(psutil.Error, OSError, RuntimeError):
        for each in psutil.net_connections("udp"):
            # laddr is () for a socket without address.
            if each.laddr and each.laddr.port == port and each.pid:
                with suppress(psutil.Error, OSError):
                    yield PortHolder(psutil.Process(each.pid).name(), each.pid)
