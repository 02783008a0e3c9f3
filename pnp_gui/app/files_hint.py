"""The hint that a firewall keeps the requests for files away: phones took a URL of ours, and not a
single request came."""

from __future__ import annotations

import sys

from pnp_gui.app.firewall import SHOW_RULES, Opening, windows_commands
from pnp_gui.app.served_files import ServedFiles
from pnp_gui.pnp.sip_values import PORT
from pnp_gui.texts import Text
from pnp_gui.trouble import Trouble

FILES_SILENCE = "files_silence"
"""The hint's code."""


def files_hint(
    files: ServedFiles,
    waiting: int,
    *,
    sip_port: int = PORT,
    system: str = sys.platform,
    program: str = sys.executable,
) -> Trouble | None:
    """`waiting`: how many phones accepted a URL of ours a while ago and have fetched nothing."""
    state = files.state
    if not waiting or state is None or state.troubles or files.arrived or not files.openings:
        return None
    openings: list[Opening] = [("UDP", sip_port), *files.openings]
    if system == "win32":
        advice = Text(
            "Phones have their URL, but no file has been requested at {ports}. The Windows "
            "firewall may be blocking the requests: copy the commands and run them in a "
            "command prompt as administrator."
        )
        details = windows_commands(program, openings)
    else:
        advice = Text(
            "Phones have their URL, but no file has been requested at {ports}. A firewall on "
            "this computer may be blocking the requests: copy the commands that show its rules."
        )
        details = "\n".join(SHOW_RULES)
    ports = ", ".join(f"{protocol} {port}" for protocol, port in files.openings)
    return Trouble(advice, action="copy_details", code=FILES_SILENCE, ports=ports, details=details)
