"""The hint that something keeps every datagram away: firewall, Linux's filter, or the switch.

No system tells a program that it is blocked; Windows makes the answer *No* to its one question a
permanent rule. So when nothing at all has arrived for a minute, the hint offers commands that show
or change it. Datagrams on loopback pass no firewall and prove nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from pnp_gui.app.firewall import SHOW_RULES, Opening, windows_commands
from pnp_gui.net.interfaces import Interface
from pnp_gui.net.listen_state import ListenState
from pnp_gui.trouble import Trouble, listed

SILENCE = "silence"
"""The hint's code."""
SECONDS = 60.0


class SilenceHint:
    """Watches the counters of listening."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        system: str = sys.platform,
        program: str = sys.executable,
    ) -> None:
        self._clock = clock
        self._system = system
        self._program = program
        self._needed = self._first = True
        self._since: float | None = None
        self._counted = 0
        self._hint: Trouble | None = None
        self._files: Sequence[Opening] = ()
        """For which the hint was made."""

    def restart(self) -> None:
        """Listening has started: the minute counts from now."""
        self._since = None

    def trouble(self, state: ListenState, files: Sequence[Opening] = ()) -> Trouble | None:
        """The hint, once it is due; None as soon as anything has arrived. `files`: where files are
        served, which the commands let in as well."""
        joined = [each for each in state.joined if not each.loopback]
        first, self._first = self._first, False
        if not self._needed or not joined:
            self._since = None
            return None
        arrived = state.heard + state.ignored + state.elsewhere + state.receive_errors
        if self._since is None:
            # The first look comes after listening has begun: what arrived before it counts.
            self._since, self._counted, self._hint = self._clock(), 0 if first else arrived, None
        if arrived != self._counted:
            self._needed = False  # nothing blocks it
            return None
        if (self._hint is None or files != self._files) and self._clock() - self._since >= SECONDS:
            self._files = files
            if self._system == "win32":
                self._hint = windows_trouble(state.port, self._program, files)
            else:
                self._hint = linux_trouble(state.port, joined)
        return self._hint


def windows_trouble(port: int, program: str, files: Sequence[Opening] = ()) -> Trouble:
    """What to do."""
    return Trouble(
        "Nothing has arrived on UDP port {port} for a minute. If phones have booted in that "
        "time, the Windows firewall may be blocking them: copy the commands and run them in a "
        "command prompt as administrator. Or the switch may be blocking multicast (IGMP "
        "snooping without a querier).",
        action="copy_details",
        code=SILENCE,
        port=port,
        details=windows_commands(program, [("UDP", port), *files]),
    )


def linux_trouble(port: int, joined: Sequence[Interface]) -> Trouble:
    """What to look at, and what the kernel certainly drops."""
    from pnp_gui.net import rp_filter  # only when it is needed, as it delays the start

    filtered = rp_filter.admitting(joined)
    if not filtered:
        return Trouble(
            "Nothing has arrived on UDP port {port} for a minute. If phones have booted in "
            "that time, a firewall on this computer may be blocking them (copy the commands "
            "that show its rules), or the switch may be blocking multicast (IGMP snooping "
            "without a querier).",
            action="copy_details",
            code=SILENCE,
            port=port,
            details="\n".join(SHOW_RULES),
        )
    return Trouble(
        "Nothing has arrived on UDP port {port} for a minute. Linux drops datagrams from "
        "phones whose address is outside the network of {ports} (rp_filter): copy the command "
        "that lets them in. Or a firewall on this computer is blocking them (the commands that "
        "show its rules are copied, too), or the switch is blocking multicast (IGMP snooping "
        "without a querier).",
        action="copy_details",
        code=SILENCE,
        port=port,
        ports=listed(name for name, _ in filtered),
        details="\n".join([*(command for _, command in filtered), *SHOW_RULES]),
    )
