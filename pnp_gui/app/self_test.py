"""`--self-test`: the whole program, without its window, serves one simulated phone.

It proves that the program starts, opens its port, joins the group on every network port it would
use, and gives a phone on this machine's loopback exactly its URL. It cannot prove that no firewall
blocks the network ports: a phone on this machine does not pass it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.troubles import SAVING
from pnp_gui.demo.start import SELF_TEST_MAC, serve_one, verdict_on
from pnp_gui.net.interfaces import offered, system_interfaces
from pnp_gui.trouble import Trouble

TEST_URL = "http://192.0.2.1/self-test/${mac}.xml"
SECONDS = 15.0


async def self_test(
    session: Session, interfaces: Sequence[str], port: int, troubles: Sequence[Trouble] = ()
) -> tuple[bool, list[str]]:
    """Whether it worked, and what happened, a line each.

    Any of `troubles`, found at the start (a log that cannot be written), makes it fail.
    """
    present = system_interfaces()
    loopback = next((one.name for one in present if one.loopback), None)
    if loopback is None:
        return False, ["failed: this machine has no loopback interface"]
    names = list(interfaces) or [one.name for one in offered(present)]
    session.pump.listen([*names, loopback], port)
    state = session.pump.state
    lines = [
        f"listening: {one.describe()}, UDP {state.port}" for one in state.joined if not one.loopback
    ]
    if not lines:
        lines = ["listening: no network port to join; loopback only"]
    lines += [f"note: {trouble}" for trouble in state.troubles.values()]
    if not state.listening:
        return False, [*lines, "failed: not listening"]
    line = SheetLine(0, SELF_TEST_MAC, Decision.APPROVED, TEST_URL, "self-test")
    session.bench.apply_sheet([line])
    url = TEST_URL.replace("${mac}", SELF_TEST_MAC.lower())
    try:
        report = await asyncio.to_thread(serve_one, state.port, url=url, seconds=SECONDS)
    except OSError as error:
        return False, [*lines, f"failed: the simulated phone has no port: {error}"]
    finally:
        session.bench.forget([SELF_TEST_MAC])
    lines.append(f"phone: asked {report.sent} times, received {report.received} datagrams")
    wrong = verdict_on(report)
    if wrong:
        return False, [*lines, f"failed: {wrong}"]
    lines.append(f"phone: has its URL {report.url} and confirmed it")
    lasting = [one for one in session.bench.troubles.values() if one.code in SAVING]
    failed = [f"failed: {trouble}" for trouble in (*lasting, *troubles)]
    return not failed, [*lines, *(failed or ["ok"])]
