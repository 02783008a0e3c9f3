"""The phones of ``--demo``, and the one phone of ``--self-test``."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address

from pnp_gui.demo.fetchers import Fetchers
from pnp_gui.demo.phone import ACCEPT, Behaviour, PhoneReport, SimulatedPhone
from pnp_gui.demo.runner import PhoneRunner
from pnp_gui.demo.shape import Shape
from pnp_gui.demo.shapes import SHAPES

logger = logging.getLogger(__name__)

RESPONDER = "127.0.0.1"
FIRST_ADDRESS = "127.0.0.2"
STAGGER = 0.7
"""Seconds from one phone's boot to the next one's."""
DEMO_SECONDS = 24 * 3600.0
"""A demo ends by itself after a day."""
DEMO_BEHAVIOURS = (
    Behaviour(again=50, reboots=240),
    Behaviour(again=60, reboots=300),
    Behaviour(again=70, reboot=401),
    Behaviour(reboot=481),
    Behaviour(status=481, again=55),
    Behaviour(again=90),
    Behaviour(status=0, again=75),
    Behaviour(again=65, reboots=200, reboot=0),
    Behaviour(),
    Behaviour(status=489, again=80),
    Behaviour(answers=4, again=85),
    Behaviour(again=95),
    Behaviour(status=0, again=110),
)
"""In turn: most accept the URL, some refuse it, some never answer; none gives up for good. Most
reboot when asked; one wants a password, one refuses, one does not answer."""

SELF_TEST_SHAPE = SHAPES["snom"]
SELF_TEST_MAC = SELF_TEST_SHAPE.oui + "5E1F7E"
"""12 upper-case hex digits."""


def make_roster(
    count: int,
    *,
    first_address: str,
    shapes: Sequence[Shape] = (),
    behaviours: Sequence[Behaviour] = (ACCEPT,),
) -> list[SimulatedPhone]:
    """`count` phones; without `shapes` all of them in turn."""
    chosen = list(shapes) or list(SHAPES.values())
    phones = []
    for place in range(count):
        shape = chosen[place % len(chosen)]
        address = (str(IPv4Address(first_address) + place), shape.port)
        behaviour = behaviours[place % len(behaviours)]
        phones.append(SimulatedPhone(shape, shape.mac_of(place), address, new_number, behaviour))
    return phones


def new_number() -> str:
    """Nine fresh digits."""
    return str(random.randrange(10**8, 10**9))


def demo_phones(count: int) -> list[SimulatedPhone]:
    """The phones of a demo."""
    return make_roster(count, first_address=FIRST_ADDRESS, behaviours=DEMO_BEHAVIOURS)


class Demo:
    """Phones that boot one after another and ask 127.0.0.1, in a thread of their own."""

    def __init__(
        self,
        target_port: int,
        phones: Sequence[SimulatedPhone],
        fetchers: Fetchers | None = None,
    ) -> None:
        """`phones`: in the order in which they boot. `fetchers` has them fetch files; None: they
        fetch none."""
        responder = (RESPONDER, target_port)
        self._fetchers = fetchers
        for phone in phones:
            phone.responder = responder
            if fetchers is not None:
                fetchers.attach(phone)
        self._runner = PhoneRunner(phones, responder, stagger=STAGGER)
        for failure in self._runner.open():
            logger.warning("a demo phone has no port: %s", failure)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo phones", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Switch every phone off; returns when their sockets are closed."""
        self._stop.set()
        self._thread.join(timeout=5)
        if self._fetchers is not None:  # after it, since it starts their threads
            self._fetchers.stop()

    def _run(self) -> None:
        try:
            self._runner.run(DEMO_SECONDS, stop=self._stop)
        finally:
            self._runner.close()


def serve_one(target_port: int, *, url: str | None = None, seconds: float = 10.0) -> PhoneReport:
    """Run one phone against the responder on 127.0.0.1 until it has its URL; blocks. `url`: the
    exact one it insists on. Raises OSError when the phone has no port."""
    responder = (RESPONDER, target_port)
    # No address of its own: what 127.0.0.2 sends comes from 127.0.0.1 under Wine.
    own = (RESPONDER, SELF_TEST_SHAPE.port)
    phone = SimulatedPhone(SELF_TEST_SHAPE, SELF_TEST_MAC, own, new_number)
    phone.responder, phone.url = responder, url
    runner = PhoneRunner([phone], responder)
    try:
        for failure in runner.open():
            raise OSError(failure)
        runner.run(seconds, until_settled=True, grace=0.3)
    finally:
        runner.close()
    return phone.report()


def verdict_on(report: PhoneReport) -> str:
    """What failed, in a sentence; "" when the phone was served exactly as it should be."""
    if not report.received:
        return f"The phone received nothing (requests sent: {report.sent})."
    if not report.oks:
        return "The phone received something, but no 200 OK."
    if not report.notifies:
        return "The phone got its 200 OK, but no NOTIFY."
    if report.faults:
        return "The phone was answered, but not as expected: " + "; ".join(report.faults)
    if not report.url:
        return f"The phone refused the NOTIFY with {report.answered}."
    return ""
