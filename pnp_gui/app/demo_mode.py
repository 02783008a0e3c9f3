"""`--demo`: simulated phones boot on this machine's loopback, some of them already decided, so that
a newcomer sees every status without a phone.
"""

from __future__ import annotations

from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.demo.start import Demo

DEMO_URL = "http://192.0.2.10/provisioning/${mac}.xml"
NEVER_BOOTS = "0004135E0070"
"""A phone that the demo's sheet approves and that never asks."""


def start_demo_mode(session: Session, listening: ListeningController, count: int) -> Demo:
    """Start `count` phones, on any free port if another program has ours. In a data folder that
    knows any of them, what was decided there stays."""
    if not listening.listening:
        listening.port = 0
        listening.start()
    demo = Demo(listening.port, count)
    lines = [SheetLine(0, NEVER_BOOTS, Decision.APPROVED, None, "spare, in its box")]
    for place, phone in enumerate(demo.phones):
        if phone.shape.sends_mac and place % 4:
            decision = Decision.DENIED if place % 6 == 5 else Decision.APPROVED
            lines.append(SheetLine(place, phone.mac, decision, None, f"desk {place + 1}"))
    if not session.bench.phones.keys() & {NEVER_BOOTS, *(phone.mac for phone in demo.phones)}:
        session.bench.apply_sheet(lines)
    if not session.bench.urls.history:
        session.bench.set_default_url(DEMO_URL)
    return demo
