"""The hint that the Windows firewall may block everything.

Windows does not tell a program that it is blocked, and the answer *No* to its one question becomes
a permanent rule. So when nothing at all has arrived for a minute, the hint offers the commands that
change it. Datagrams on loopback do not pass the firewall and prove nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from pnp_gui import PRODUCT
from pnp_gui.net.listen_state import ListenState
from pnp_gui.trouble import Trouble

FIREWALL = "firewall"
"""The hint's code."""
SECONDS = 60.0


class FirewallHint:
    """Watches the counters of listening."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        system: str = sys.platform,
        program: str = sys.executable,
    ) -> None:
        self._clock = clock
        self._needed = system == "win32"
        self._program = program
        self._since: float | None = None
        self._counted = 0

    def restart(self) -> None:
        """Listening has started: the minute counts from now."""
        self._since = None

    def trouble(self, state: ListenState) -> Trouble | None:
        """The hint, once it is due; None as soon as anything has arrived."""
        if not self._needed or not any(not one.loopback for one in state.joined):
            self._since = None
            return None
        arrived = state.heard + state.ignored + state.elsewhere + state.receive_errors
        if self._since is None:
            self._since, self._counted = self._clock(), arrived
        if arrived != self._counted:
            self._needed = False  # no rule blocks it
        elif self._clock() - self._since >= SECONDS:
            return firewall_trouble(state.port, self._program)
        return None


def firewall_trouble(port: int, program: str) -> Trouble:
    """What to do. Block rules take precedence over allow rules, so they are deleted first."""
    path = str(Path(program))
    return Trouble(
        "Nothing at all has arrived on UDP port {port} for a minute. If phones have booted "
        "meanwhile, the Windows firewall may be blocking them: copy the two commands and run "
        "them in a command prompt as administrator.",
        action="copy_details",
        code=FIREWALL,
        port=port,
        details=(
            f'netsh advfirewall firewall delete rule name=all program="{path}"\n'
            f'netsh advfirewall firewall add rule name="{PRODUCT}" dir=in action=allow '
            f'protocol=UDP localport={port} program="{path}" profile=any'
        ),
    )
