"""Phones with the peculiarities of the field: on real sockets, against the real responder."""

from __future__ import annotations

import pytest

from pnp_gui.demo.phone import PhoneReport
from pnp_gui.demo.runner import PhoneRunner
from pnp_gui.demo.shape import Shape
from pnp_gui.demo.start import make_roster
from pnp_gui.pnp.limits import MAX_RENEWALS
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests.demo.answers import NOTIFY, OK, RESPONDER
from tests.demo.asking_phone import phone_of
from tests.demo.pumped import pumped_responder
from tests.field_shapes import FIELD_SHAPES
from tests.phones import behaviour_of

URL = "http://10.13.2.2/{mac}.xml"
SERVED = [shape for shape in FIELD_SHAPES.values() if shape.name != "other-content"]


def run(
    shapes: list[Shape], first: str, *, seconds: float, behaviour: str = "accept", url: str = URL
) -> tuple[list[PhoneReport], set[str]]:
    """What they went through, and the keys that the responder knew them by."""
    keys = set()

    def url_for(ask: SubscribeRequest) -> str | None:
        keys.add(ask.key)
        return url or None

    phones = make_roster(
        len(shapes), first_address=first, shapes=shapes, behaviours=[behaviour_of(behaviour)]
    )
    with pumped_responder(url_for) as port:
        responder = ("127.0.0.1", port)
        for phone in phones:
            phone.responder, phone.url = responder, url
        runner = PhoneRunner(phones, responder)
        assert runner.open() == []
        runner.run(seconds, until_settled=True, grace=0.5)
        runner.close()
    return [phone.report() for phone in phones], keys


def test_each_is_known_by_its_mac_and_served_exactly() -> None:
    reports, keys = run(SERVED, "127.6.0.2", seconds=20)
    for report in reports:
        assert report.faults == [], report.shape
        assert report.url == URL, report.shape
        assert (report.asks, report.oks, report.offers) == (1, 1, 1), report.shape
    assert keys == {report.mac for report in reports}


def test_none_hears_anything_while_nobody_approves() -> None:
    reports, _ = run(list(FIELD_SHAPES.values()), "127.6.1.2", seconds=2, url="")
    assert {report.received for report in reports} == {0}


def test_one_that_takes_no_url_hears_nothing_though_it_is_approved() -> None:
    (report,), _ = run([FIELD_SHAPES["other-content"]], "127.6.2.2", seconds=2)
    assert (report.received, report.faults) == (0, [])
    assert report.sent > 1


def test_a_silent_phone_is_tried_at_both_its_ports() -> None:
    (report,), _ = run(
        [FIELD_SHAPES["contact-port"]], "127.6.3.2", seconds=3, behaviour="silent+again:60"
    )
    assert report.notifies >= 3
    assert report.faults == []


def test_one_that_asks_again_whenever_it_is_served_is_answered_at_a_pace() -> None:
    (report,), _ = run(
        [FIELD_SHAPES["renewing"]], "127.6.4.2", seconds=4, behaviour="accept+reboots:0.01"
    )
    assert report.offers == MAX_RENEWALS + 1
    assert report.faults == []


@pytest.mark.parametrize(("reason", "asks_again"), [(b"timeout", True), (b"noresource", False)])
def test_a_renewing_phone_does_as_the_reason_says(reason: bytes, asks_again: bool) -> None:
    phone = phone_of("grandstream")
    phone.shape = FIELD_SHAPES["renewing"]
    phone.boot(0.0)
    [(subscribe, _)] = phone.datagrams()
    call_id = subscribe.partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
    notify = NOTIFY.replace(b"490431573-5080-1@BJC.BGI.IG.DA", call_id)
    phone.receive(OK.replace(b"490431573-5080-1@BJC.BGI.IG.DA", call_id), RESPONDER, 0.1)
    phone.receive(notify.replace(b"reason=timeout", b"reason=" + reason), RESPONDER, 0.2)
    assert (phone.deadline() == 0.2) is asks_again


def test_the_same_port_twice_in_a_row_is_found() -> None:
    phone = phone_of("grandstream", behaviour_of("silent"))
    phone.shape = FIELD_SHAPES["contact-port"]
    phone.boot(0.0)
    [(subscribe, _)] = phone.datagrams()
    call_id = subscribe.partition(b"Call-ID: ")[2].partition(b"\r\n")[0]
    notify = NOTIFY.replace(b"490431573-5080-1@BJC.BGI.IG.DA", call_id)
    for port in (5062, 5080, 5062):
        phone.receive(notify, RESPONDER, 0.2, port)
    assert "twice" not in "".join(phone.report().faults)
    phone.receive(notify, RESPONDER, 0.3, 5062)
    assert "NOTIFY: came to port 5062 twice in a row" in phone.report().faults
