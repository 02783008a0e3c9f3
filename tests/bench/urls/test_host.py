"""`${host}`: our address on the phone's network."""

from __future__ import annotations

from ipaddress import IPv4Interface

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.net.interfaces import Interface, host_for
from pnp_gui.pnp.url import KNOWN_LATER
from tests.bench.rig import Set, ask, mac

A, B = mac(1), mac(2)
URL = "http://${host}:8080/${mac}.cfg"


def port(name: str, *addresses: str) -> Interface:
    found = tuple(map(IPv4Interface, addresses))
    return Interface(name, 2, found, True, True, True, False, False)


def listen(at: Set, *ports: Interface) -> None:
    """From now on these are joined."""
    at.bench.attach_ports(lambda *_: False, lambda *where: host_for(ports, *where))
    at.bench.hosts_changed()


def serve(at: Set, key: str) -> None:
    at.bench.approve([key])
    url = at.bench.preview(key)
    at.offered(key, url)
    at.answered(key, 200, "OK", url)


def status(at: Set, key: str) -> StatusKind:
    return status_of(at.bench.phones[key], at.clock.monotonic)


def test_a_request_gets_the_address_beside_its_own_on_its_network_port(at: Set) -> None:
    listen(at, port("eth1", "10.13.2.9/24"), port("eth0", "10.1.1.1/24", "10.13.2.2/24"))
    at.bench.set_default_url(URL)
    at.heard(A)
    at.bench.approve([A])
    url = f"http://10.13.2.2:8080/{A.lower()}.cfg"
    assert at.bench.url_for(ask(A)) == at.bench.preview(A) == url
    elsewhere = at.bench.url_for(ask(A, "192.168.7.7"))
    assert elsewhere == f"http://10.1.1.1:8080/{A.lower()}.cfg"


def test_before_it_asks_only_the_one_address_that_is_possible_is_shown(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(0, A, Decision.APPROVED, None, None)])
    at.bench.set_default_url(URL)
    listen(at, port("eth0", "10.13.2.2/24"))
    assert at.bench.preview(A) == f"http://10.13.2.2:8080/{A.lower()}.cfg"
    listen(at, port("eth0", "10.13.2.2/24"), port("eth1", "10.7.0.1/24"))
    trouble = at.bench.why_no_url(A)
    assert trouble is not None
    assert (trouble.code, str(trouble)) == (
        KNOWN_LATER,
        "${host} is not known until the phone asks.",
    )
    assert status(at, A) is StatusKind.WAITING


def test_a_phone_whose_port_has_just_gone_lacks_nothing(at: Set) -> None:
    at.bench.set_default_url(URL)
    at.heard(A)
    at.bench.approve([A])
    assert at.bench.url_for(ask(A)) is None
    assert at.bench.phones[A].lacks == ""


def test_a_new_address_makes_the_url_an_older_one_but_no_address_does_not(at: Set) -> None:
    at.bench.set_default_url(URL)
    listen(at, port("eth0", "10.13.2.2/24"))
    at.heard(A)
    at.heard(B)
    serve(at, A)
    at.bench.set_own_url([B], "http://pbx/x")
    serve(at, B)
    listen(at)
    assert status(at, A) is StatusKind.ACCEPTED
    listen(at, port("eth0", "10.13.2.3/24"))
    assert [status(at, A), status(at, B)] == [StatusKind.OLDER_URL, StatusKind.ACCEPTED]
    listen(at)
    assert status(at, A) is StatusKind.OLDER_URL
    listen(at, port("eth0", "10.13.2.2/24"))
    assert status(at, A) is StatusKind.ACCEPTED


@pytest.mark.parametrize("key", [A, "ip:10.13.2.37"])
def test_a_phone_without_a_mac_gets_it_too(at: Set, key: str) -> None:
    listen(at, port("eth0", "10.13.2.2/24"))
    at.bench.set_default_url("tftp://${host}/")
    at.heard(key)
    assert at.bench.preview(key) == "tftp://10.13.2.2/"
