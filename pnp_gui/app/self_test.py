"""`--self-test`: the whole program, without its window, serves one simulated phone on loopback.

It cannot prove that no firewall blocks the network ports: a phone on this machine passes none.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.troubles import SAVING
from pnp_gui.demo.start import SELF_TEST_MAC, serve_one, verdict_on
from pnp_gui.net.interfaces import loopback_name, selectable, system_interfaces
from pnp_gui.system.console import print_line
from pnp_gui.trouble import Trouble

TEST_URL = "http://192.0.2.1/self-test/${mac}.xml"
SECONDS = 15.0

logger = logging.getLogger(__name__)


async def self_test(
    session: Session, interfaces: Sequence[str], port: int, troubles: Sequence[Trouble]
) -> int:
    """Say what happens, a line each; the exit status, 1 when it failed.

    Any of `troubles`, found at the start (a log that cannot be written), makes it fail.
    """
    loopback = loopback_name()
    if not loopback:
        return _failed("this machine has no loopback interface")
    names = list(interfaces) or [one.name for one in selectable(system_interfaces())]
    session.pump.listen([*names, loopback], port)
    state = session.pump.state
    ports = [one for one in state.joined if not one.loopback]
    for one in ports:
        _say(f"listening: {one.describe()}, UDP {state.port}")
    if not ports:
        _say("listening: no network port to join; loopback only")
    for trouble in state.troubles.values():
        _say(f"note: {trouble}")
    if not state.listening:
        return _failed("not listening")
    line = SheetLine(0, SELF_TEST_MAC, Decision.APPROVED, TEST_URL, "self-test")
    session.bench.apply_sheet([line])
    url = TEST_URL.replace("${mac}", SELF_TEST_MAC.lower())
    try:
        report = await asyncio.to_thread(serve_one, state.port, url=url, seconds=SECONDS)
    except OSError as error:
        return _failed(f"the simulated phone has no port: {error}")
    finally:
        session.bench.forget([SELF_TEST_MAC])
    _say(f"phone: asked {report.sent} times, received {report.received} datagrams")
    wrong = verdict_on(report)
    if wrong:
        return _failed(wrong)
    _say(f"phone: has its URL {report.url} and confirmed it")
    lasting = [one for one in session.bench.troubles.values() if one.code in SAVING]
    if lasting or troubles:
        return _failed(*map(str, (*lasting, *troubles)))
    _say("ok")
    return 0


def _failed(*reasons: str) -> int:
    for reason in reasons:
        _say(f"failed: {reason}")
    return 1


def _say(text: str) -> None:
    print_line(text)
    logger.info("self-test: %s", text)
