"""Error numbers of sockets, as sentences for the technician. Numbers, since Windows has its own
(100xx) and Python has an exception class for few of them.
"""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Callable

from pnp_gui.net.port_holder import PortHolder, port_holder
from pnp_gui.net.windows.sockets import reserved_range
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

WSAEACCES, WSAEINVAL, WSAEADDRINUSE = 10013, 10022, 10048
WSAEADDRNOTAVAIL, WSAENOBUFS = 10049, 10055

IN_USE = frozenset({errno.EADDRINUSE, WSAEADDRINUSE})
DENIED = frozenset({errno.EACCES, errno.EPERM, WSAEACCES})
ALREADY_JOINED = frozenset({errno.EADDRINUSE, WSAEADDRINUSE, WSAEINVAL, WSAEADDRNOTAVAIL})
"""What a second join answers: 98 on Linux, 10022 or 10049 on Windows."""
BUFFER_FULL = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, 10035, WSAENOBUFS})
"""The system cannot take a datagram now but will in a moment."""
OF_ANOTHER = frozenset({errno.ECONNREFUSED, errno.ECONNRESET, 10054})
"""The error of an earlier datagram ("port unreachable" of a phone that is gone), reported
later. The current datagram was not sent, but can be."""
NOT_NOW = BUFFER_FULL | OF_ANOTHER
"""After these the same datagram can be sent in a moment."""

FIRST_FREE_PORT = 1024
"""Below it, Linux wants administrator rights (net.ipv4.ip_unprivileged_port_start)."""


def number_of(error: OSError) -> int:
    """The system's number: winerror on Windows, else errno; 0 when it has none."""
    return getattr(error, "winerror", None) or error.errno or 0


def bind_fault(
    error: OSError,
    port: int,
    protocol: str = "UDP",
    *,
    action: str = "try_again",
    prefix: str = "",
    holder: Callable[[int, str], PortHolder | None] = port_holder,
    reserved: Callable[[int, str], tuple[int, int] | None] = reserved_range,
) -> Trouble:
    """Why `port` of "UDP" or "TCP" is not available, and what to do. `prefix` of the code keeps
    apart who wanted it; `holder` and `reserved` look it up."""
    number = number_of(error)
    values: dict[str, object] = {"reason": error.strerror or str(error), "number": number}
    code = "port_failed"
    template = Text(
        "{protocol} port {port} could not be opened: {reason} (error {number}). Close other "
        "network programs; PnP Bench tries again automatically."
    )
    found = holder(port, protocol) if number in {*IN_USE, WSAEACCES} else None
    if found is not None:
        values = {"program": found.program, "pid": found.pid}
        code = "port_busy"
        template = Text(
            "{protocol} port {port} is already in use by {program} (process {pid}). Close that "
            "program; PnP Bench then opens the port automatically."
        )
    elif number in IN_USE:
        code = "port_busy"
        template = Text(
            "{protocol} port {port} is already in use by another program. Close that program "
            "(a softphone or another provisioning tool); PnP Bench then opens the port "
            "automatically."
        )
    elif number == WSAEACCES and (taken := reserved(port, protocol)):
        values = {"first": taken[0], "last": taken[1]}
        code = "port_reserved"
        template = Text(
            "Windows has reserved the {protocol} ports {first} to {last}, so {port} cannot be "
            "used (Hyper-V, WSL and Docker do that at each start). As administrator run “net "
            "stop winnat”; when this notice is gone, run “net start winnat”."
        )
    elif number == WSAEACCES:
        code = "port_refused"
        template = Text(
            "Windows refuses {protocol} port {port}: another program holds it exclusively, or "
            "it is in a range that Windows has reserved (“netsh int ipv4 show "
            "excludedportrange protocol={protocol}” lists these). Close the other program; PnP "
            "Bench then opens the port automatically."
        )
    elif number in DENIED and port < FIRST_FREE_PORT:
        code = "port_forbidden"
        template = Text(
            "{protocol} port {port} needs administrator rights, as all ports below 1024 do on "
            "this system. Choose another port, or allow it with “sudo sysctl "
            "net.ipv4.ip_unprivileged_port_start={port}” until this computer restarts."
        )
    return Trouble(
        template, action=action, code=prefix + code, port=port, protocol=protocol, **values
    )


def join_fault(error: OSError, interface: str) -> Trouble:
    """Why multicast could not be joined on one interface; it is tried again every second."""
    number = number_of(error)
    full = number in (errno.ENOBUFS, WSAENOBUFS, errno.ENOMEM)
    if full:
        template = Text(
            "{interface} cannot join another multicast group, so no phone on it can be heard. "
            "Close other network programs; listening there then starts automatically."
        )
    elif number in (errno.ENODEV, errno.ENXIO):
        template = Text(
            "{interface} is no longer present, so no phone on it can be heard. Plug the "
            "adapter in again; listening there then starts automatically."
        )
    else:
        template = Text(
            "{interface} cannot join the multicast group: {reason} (error {number}). No phone "
            "on it can be heard. Unplug its cable and plug it in again, or choose another "
            "network interface."
        )
    return Trouble(
        template,
        action="" if full else "show_interfaces",
        code="join_failed",
        interface=interface,
        reason=error.strerror or str(error),
        number=number,
    )


_MORE_NEIGHBOURS = (
    "sudo sysctl -w net.ipv4.neigh.default.gc_thresh2=8192 net.ipv4.neigh.default.gc_thresh3=16384"
)


def send_fault(error: OSError, interface: str, address: str) -> Trouble:
    """Why a datagram could not leave."""
    number = number_of(error)
    if number == errno.ENOBUFS and sys.platform == "linux":
        return Trouble(
            "The neighbour table of this computer is full, so {address} and others on "
            "{interface} cannot be answered. By default Linux has room for 1,024 neighbours: "
            "Copy details copies the command that raises this limit.",
            action="copy_details",
            code="send_failed",
            interface=interface,
            address=address,
            details=_MORE_NEIGHBOURS,
        )
    blocked = Text(
        "A firewall on this computer blocks answers to {address} on {interface}. Allow PnP Bench "
        "in its settings."
    )
    failed = Text(
        "An answer to {address} could not be sent on {interface}: {reason} (error {number}). "
        "Check that the phone has an address in the network of this interface."
    )
    return Trouble(
        blocked if number in DENIED else failed,
        code="send_failed",
        interface=interface,
        address=address,
        reason=error.strerror or str(error),
        number=number,
    )


def internal_fault(error: Exception) -> Trouble:
    """An error in this program."""
    return Trouble(
        "Something went wrong inside PnP Bench while handling network traffic ({error}). "
        "PnP Bench keeps listening. Please copy the details and report them.",
        action="copy_details",
        code="internal",
        error=f"{type(error).__name__}: {error}",
        details="".join(traceback.format_exception(error)),
    )
