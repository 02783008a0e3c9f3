"""Linux drops a datagram unread if it would not answer its sender by the same port (RFC 3704,
`rp_filter` in the kernel's ip-sysctl), also one that was sent to our group. Only phones outside the
networks of the port are concerned."""

from __future__ import annotations

import shlex
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pnp_gui.net.interfaces import Interface

_CONF = Path("/proc/sys/net/ipv4/conf")
_ROUTES = Path("/proc/net/route")
_STRICT, _LOOSE = 1, 2


def admitting(interfaces: Sequence[Interface]) -> list[tuple[str, str]]:
    """Ports that drop phones of other networks, each with the command that admits them."""
    found = []
    for each in interfaces:
        with suppress(OSError, ValueError):
            name = socket.if_indextoname(each.index)
            # The kernel takes the larger of the two.
            kind = max(_kind("all"), _kind(name))
            default = _default_port()
            if kind == _STRICT and default not in ("", name):
                settings = [f"{name}/rp_filter={_LOOSE}"]
            elif kind in (_STRICT, _LOOSE) and not default:
                settings = ["all/rp_filter=0", f"{name}/rp_filter=0"]
            else:
                continue
            words = [shlex.quote(f"net/ipv4/conf/{setting}") for setting in settings]
            found.append((each.name, " ".join(["sudo sysctl -w", *words])))
    return found


def _kind(name: str) -> int:
    return int((_CONF / name / "rp_filter").read_text("ascii"))


def _default_port() -> str:
    """The port by which everything goes that no other route names, "" without such a route."""
    routes = [line.split() for line in _ROUTES.read_text("utf-8", "surrogateescape").splitlines()]
    # Port, destination, gateway, flags, two counters, metric, mask.
    defaults = [
        (int(fields[6]), fields[0])
        for fields in routes[1:]
        if len(fields) > 7 and int(fields[1], 16) == int(fields[7], 16) == 0
    ]
    return min(defaults)[1] if defaults else ""
