"""A phone behind a proxy that stays in the dialog (RFC 3261 sections 12.1.1 and 12.2.1.1)."""

from __future__ import annotations

import pytest

from tests.pnp.desk import Desk, kinds, read, respond
from tests.pnp.phones import plain
from tests.pnp.understood import understood

PROXY = ("10.13.2.80", 5060)
FIRST, SECOND = "<sip:10.13.2.80;lr>", '"B" <sip:10.0.0.9:5070;lr;x=1> , <sip:p2.example;lr>'


def behind_proxy(*routes: str) -> bytes:
    return plain(
        via="SIP/2.0/UDP 10.13.2.80;branch=z9hG4bKproxy",
        contact="<sip:512@192.168.1.9:5062>",
        more="Via: SIP/2.0/UDP 192.168.1.9:5062;branch=z9hG4bKphone;received=10.0.0.7\r\n"
        + "".join(f"Record-Route: {route}\r\n" for route in routes),
    )


def test_the_200_echoes_the_route_and_the_notify_takes_it() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(behind_proxy(FIRST, SECOND, ""), PROXY)
    assert read(ok.data).all("Record-Route") == [FIRST, SECOND]
    assert read(notify.data).all("Route") == [FIRST, SECOND]
    assert read(notify.data).all("Record-Route") == read(ok.data).all("Route") == []
    assert read(notify.data).first == "NOTIFY sip:512@192.168.1.9:5062 SIP/2.0"
    assert {ok.remote, notify.remote} == {PROXY}
    assert {datagram.remote for _, datagram in desk.wait(40)} == {PROXY}


def test_phones_without_a_proxy_get_neither() -> None:
    ok, notify = Desk(approve_all=True).receive(behind_proxy(), PROXY)
    names = read(ok.data).names + read(notify.data).names
    assert not {"Route", "Record-Route"} & set(names)
    assert understood(plain()).routes == ()


@pytest.mark.parametrize(
    ("route", "port"),
    [
        ("<sip:10.13.2.80:5070;lr>", 5070),
        ("<sip:10.13.2.80;lr>, <sip:10.13.2.80:5071;lr>", 5060),
        ("<sip:10.0.0.9:5070;lr>", 5060),
        ("<sip:proxy.example;lr>", 5060),
        ("nonsense", 5060),
    ],
)
def test_the_notify_goes_to_the_source_at_the_port_of_its_route(route: str, port: int) -> None:
    _, notify = Desk(approve_all=True).receive(behind_proxy(route), PROXY)
    assert notify.remote == (PROXY[0], port)


def test_a_phone_in_a_proxys_dialog_can_be_asked_to_reboot_outside_of_it() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(behind_proxy(FIRST), PROXY)
    desk.receive(respond(notify.data), PROXY)
    desk.responder.reboot("000413AABBCC", desk.now)
    (reboot,) = desk.take()
    assert kinds([reboot]) == ["NOTIFY"]
    assert read(reboot.data).all("Route") == []
    assert reboot.remote == PROXY


@pytest.mark.parametrize(
    ("routes", "uri", "route"),
    [
        (["<sip:10.0.0.9:5070>"], "sip:10.0.0.9:5070", []),
        (['"B, C" <sip:p@10.0.0.9;a=lr> , ' + FIRST, FIRST], "sip:p@10.0.0.9;a=lr", [FIRST, FIRST]),
        (["<SIP:10.0.0.9;LRx>;lr", FIRST], "SIP:10.0.0.9;LRx", [FIRST]),
    ],
)
def test_a_strict_router_is_addressed_itself_and_the_phone_comes_last(
    routes: list[str], uri: str, route: list[str]
) -> None:
    ok, notify = Desk(approve_all=True).receive(behind_proxy(*routes), PROXY)
    assert read(ok.data).all("Record-Route") == routes
    assert read(notify.data).first == f"NOTIFY {uri} SIP/2.0"
    assert read(notify.data).all("Route") == [*route, "<sip:512@192.168.1.9:5062>"]
    assert notify.remote == PROXY


@pytest.mark.parametrize(
    "route",
    [
        *("<sip:10.0.0.9;LR>", "<sip:10.0.0.9;x;lr=on>", "<sip:10.0.0.9 SIP/2.0>", "sip:10.0.0.9"),
        *("<sip:10.0.0.9?a=b>", "<tel:1>", "<sip:\xe4>", f"<sip:{'a' * 600}>"),
    ],
)
def test_what_is_no_strict_router_leaves_the_request_uri_alone(route: str) -> None:
    _, notify = Desk(approve_all=True).receive(behind_proxy(route), PROXY)
    assert read(notify.data).first == "NOTIFY sip:512@192.168.1.9:5062 SIP/2.0"
    assert read(notify.data).all("Route") == [route]
