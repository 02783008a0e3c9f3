"""Phones whose address does not let them reach their URL: warned of before and after approval."""

from __future__ import annotations

from ipaddress import IPv4Interface

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.net.interfaces import Interface, is_outside
from pnp_gui.pnp.builder import notify_size
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.pnp.url import MAX_URL
from tests.bench.rig import Set, ask, mac

A = mac(1)
ETH = Interface("eth0", 2, (IPv4Interface("10.77.0.1/24"),), True, True, True, False, False)
BY_HAND = Interface("eth0", 2, (IPv4Interface("169.254.3.3/16"),), True, True, True, False, False)
URL = "http://user:secret@10.77.0.1:8080/x.cfg"


def said(at: Set, address: str, url: str = URL, port: Interface = ETH) -> list[str]:
    at.bench.attach_ports(lambda name, peer: is_outside([port], name, peer), lambda *_: "")
    at.bench.set_default_url(url)
    at.heard(A, address=address)
    return [str(each) for each in at.bench.urls.warnings(at.bench.phones[A])]


@pytest.mark.parametrize("decision", [Decision.UNDECIDED, Decision.APPROVED])
def test_a_phone_without_dhcp_cannot_reach_the_server(at: Set, decision: Decision) -> None:
    assert said(at, "10.77.0.9") == []
    if decision is Decision.APPROVED:
        at.bench.approve([A])
    [sentence] = said(at, "169.254.7.7")
    assert "has no DHCP address (169.254.7.7), so it cannot reach http://10.77.0.1:" in sentence
    assert "secret" not in sentence


def test_neither_can_one_with_the_address_of_another_network(at: Set) -> None:
    [sentence] = said(at, "192.168.99.5")
    assert "192.168.99.5 is outside the networks of eth0" in sentence
    assert "http://10.77.0.1 " in sentence


@pytest.mark.parametrize(
    ("address", "url", "port"),
    [
        ("169.254.7.7", "http://169.254.3.3/x", BY_HAND),
        ("192.168.99.5", "http://192.168.99.1/x", ETH),
        ("10.77.0.9", "http://example.com/x", ETH),
    ],
)
def test_who_has_its_server_beside_it_can(at: Set, address: str, url: str, port: Interface) -> None:
    assert said(at, address, url, port) == []


def test_before_a_phone_asks_nothing_is_known(at: Set) -> None:
    said(at, "169.254.7.7")
    again = at.next_run()
    again.bench.attach_ports(lambda name, peer: True, lambda *_: "")
    assert again.bench.urls.warnings(again.bench.phones[A]) == []


def test_the_size_of_the_notify_is_that_of_this_phone(at: Set) -> None:
    long = "http://10.77.0.1/".ljust(MAX_URL, "x")
    assert said(at, "10.77.0.9", long) == [], "a request with short headers"
    request = ask(A, "10.77.0.8")
    request.contact = "sip:".ljust(400, "x")
    at.absorb(SubscribeReceived(request, at.clock.monotonic, False))
    phone = at.bench.phones[A]
    assert phone.notify_size == notify_size(request)
    [sentence] = map(str, at.bench.urls.warnings(phone))
    assert (
        f"With more than {1472 - phone.notify_size}, its message is sent in fragments" in sentence
    )
