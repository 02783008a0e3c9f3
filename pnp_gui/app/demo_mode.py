"""`--demo`: simulated phones boot on this machine's loopback, some of them already decided, and
fetch their files from a folder made for them, so that a newcomer sees every status without a phone.
"""

from __future__ import annotations

import logging
import tempfile
from functools import partial
from pathlib import Path

from pnp_gui.app.demo_files import DemoUrls, files_of, free_ports, write_files
from pnp_gui.app.listening_controller import ListeningController
from pnp_gui.app.serving_controller import ServingController
from pnp_gui.app.session import Session
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.urls.rules import UrlRule
from pnp_gui.demo.fetchers import Fetchers
from pnp_gui.demo.phone import SimulatedPhone
from pnp_gui.demo.start import Demo, demo_phones

logger = logging.getLogger(__name__)

NEVER_BOOTS = "0004135E0070"
"""A phone that the demo's sheet approves and that never asks."""


class DemoMode:
    """The phones, and the folder that they fetch from."""

    def __init__(
        self,
        session: Session,
        listening: ListeningController,
        serving: ServingController,
        count: int,
    ) -> None:
        """Start `count` phones, on any free ports if others have ours. In a data folder that knows
        any of them, what was decided there stays."""
        if not listening.listening:
            listening.port = 0
            listening.start()
        self._serving = serving
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        phones = demo_phones(count)
        if not serving.serving:  # a folder may have been named with --serve
            serving.http_port, serving.tftp_port = free_ports(serving.http_port, serving.tftp_port)
        urls = DemoUrls(serving.http_port, serving.tftp_port)
        if not serving.serving:
            self._serve(phones, urls)
        _decide(session, phones, urls)
        self._demo = Demo(listening.port, phones, Fetchers(partial(files_of, phones)))

    def stop(self) -> None:
        """Switch every phone off, and remove the folder."""
        self._demo.stop()
        if self._folder is not None:
            self._serving.stop()
            self._folder.cleanup()

    def _serve(self, phones: list[SimulatedPhone], urls: DemoUrls) -> None:
        try:
            self._folder = tempfile.TemporaryDirectory(
                prefix="pnp-gui-files-", ignore_cleanup_errors=True
            )
            write_files(Path(self._folder.name), phones, urls)
        except OSError as error:
            logger.warning("the demo has no files: %s", error)
        else:
            self._serving.start(Path(self._folder.name), keep=False)


def _decide(session: Session, phones: list[SimulatedPhone], urls: DemoUrls) -> None:
    bench = session.bench
    lines = [SheetLine(0, NEVER_BOOTS, Decision.APPROVED, None, "spare, in its box")]
    for place, phone in enumerate(phones):
        if phone.shape.sends_mac and place % 4:
            decision = Decision.DENIED if place % 6 == 5 else Decision.APPROVED
            lines.append(SheetLine(place, phone.mac, decision, None, f"desk {place + 1}"))
    if not bench.phones.keys() & {NEVER_BOOTS, *(phone.mac for phone in phones)}:
        bench.apply_sheet(lines)
    if not bench.urls.history:
        bench.set_default_url(urls.default)
        if not bench.urls.rules:
            bench.set_url_rules(UrlRule(make, "", url) for make, url in urls.of_makes.items())
