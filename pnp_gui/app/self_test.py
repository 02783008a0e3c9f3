"""`--self-test`: the whole program, without its window, serves one simulated phone on loopback: its
URL, and the file that this names.

It cannot prove that no firewall blocks the interfaces: a phone on this machine passes none.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pnp_gui.app.demo_files import free_ports
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.settings import HTTP_PORT, TFTP_PORT
from pnp_gui.bench.store.troubles import SAVING
from pnp_gui.demo.fetching import fetch
from pnp_gui.demo.start import SELF_TEST_MAC, serve_one, verdict_on
from pnp_gui.net.interfaces import loopback_name, selectable, system_interfaces
from pnp_gui.system.console import print_line
from pnp_gui.trouble import Trouble

TEST_URL = "http://127.0.0.1:{port}/self-test/${{mac}}.xml"
SECONDS = 15.0
CONTENT = b"<settings/>\n" * 2000

logger = logging.getLogger(__name__)


async def self_test(
    session: Session, interfaces: Sequence[str], port: int, troubles: Sequence[Trouble]
) -> int:
    """Say what happens, a line each; the exit status, 1 when it failed.

    Any of `troubles`, found at the start (a log that cannot be written), makes it fail.
    """
    loopback = loopback_name()
    if not loopback:
        return _failed("this computer has no loopback interface")
    names = list(interfaces) or [one.name for one in selectable(system_interfaces())]
    session.pump.listen([*names, loopback], port)
    state = session.pump.state
    ports = [one for one in state.joined if not one.loopback]
    for one in ports:
        _say(f"listening: {one.describe()}, UDP {state.port}")
    if not ports:
        _say("listening: no network interface to join; loopback only")
    for trouble in state.troubles.values():
        _say(f"note: {trouble}")
    if not state.listening:
        return _failed("not listening")
    try:
        with tempfile.TemporaryDirectory(prefix="pnp-gui-files-") as folder:
            wrong = await _serve_phone(session, Path(folder))
    except OSError as error:
        return _failed(f"no folder for temporary files: {error}")
    finally:
        session.bench.forget([SELF_TEST_MAC])
        session.files.stop()
    if wrong:
        return _failed(wrong)
    lasting = [one for one in session.bench.troubles.values() if one.code in SAVING]
    if lasting or troubles:
        return _failed(*map(str, (*lasting, *troubles)))
    _say("ok")
    return 0


async def _serve_phone(session: Session, folder: Path) -> str:
    """What went wrong; "": the phone has its URL, and its file by HTTP and TFTP. Raises OSError."""
    http_port, tftp_port = free_ports(HTTP_PORT.default, TFTP_PORT.default)
    name = f"self-test/{SELF_TEST_MAC.lower()}.xml"
    (folder / name).parent.mkdir()
    (folder / name).write_bytes(CONTENT)
    session.files.start(folder, http_port, tftp_port)
    template = TEST_URL.format(port=http_port)
    url = template.replace("${mac}", SELF_TEST_MAC.lower())
    line = SheetLine(0, SELF_TEST_MAC, Decision.APPROVED, template, "self-test")
    session.bench.apply_sheet([line])
    sip_port = session.pump.state.port
    try:
        report = await asyncio.to_thread(serve_one, sip_port, url=url, seconds=SECONDS)
    except OSError as error:
        return f"the simulated phone has no port: {error}"
    _say(f"phone: requests sent: {report.sent}, datagrams received: {report.received}")
    if wrong := verdict_on(report):
        return wrong
    _say(f"phone: got its URL {report.url} and confirmed it")
    for each in (url, f"tftp://127.0.0.1:{tftp_port}/{name}"):
        try:
            fetched = await asyncio.to_thread(fetch, each, "127.0.0.1", "self-test")
        except (OSError, ValueError) as error:
            return f"{each} was not fetched: {error}"
        if (fetched.status, fetched.content) != (200, CONTENT):
            return f"{each} was answered with {fetched.status} and {fetched.size} bytes"
        _say(f"files: the phone fetched {each}, {fetched.size} bytes")
    return ""


def _failed(*reasons: str) -> int:
    for reason in reasons:
        _say(f"failed: {reason}")
    return 1


def _say(text: str) -> None:
    print_line(text)
    logger.info("self-test: %s", text)
