"""A phone that is known by its address gets its MAC: what is under way to it goes on."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Answered, Message, Offered, RebootAnswered, SubscribeReceived
from pnp_gui.pnp.limits import MAX_RENEWALS, MAX_UNCONFIRMED, RENEWAL_SECONDS
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import URL, Desk, kinds, read, respond
from tests.pnp.phones import AUDIOCODES, INTERFACE, LOCAL, SNOM, plain

MAC = AUDIOCODES.hardware
IP = "10.13.2.67"
BY_ADDRESS = f"ip:{IP}"
SOURCE = AUDIOCODES.source(IP)
MAC_URI = f"sip:MAC%3a{MAC}@224.0.1.75"
ELSEWHERE, DOUBLE = ("10.13.2.99", 5060), ("10.13.2.98", 5060)


def test_what_waits_is_answered_under_the_mac() -> None:
    desk = Desk()
    assert desk.receive(AUDIOCODES.wire(), SOURCE) == []
    desk.responder.rename(BY_ADDRESS, MAC)
    assert desk.approve(MAC) is SendResult.OK_AND_NOTIFY
    assert kinds(desk.take()) == ["200", "NOTIFY"]
    assert desk.responder.offer(BY_ADDRESS, desk.now) is SendResult.NEVER_ASKED


def test_a_url_and_a_reboot_under_way_end_under_the_mac() -> None:
    desk = Desk({BY_ADDRESS: "http://h/a"})
    _, url = desk.receive(AUDIOCODES.wire(), SOURCE)
    desk.responder.reboot(BY_ADDRESS, desk.now)
    [reboot] = desk.take()
    desk.urls[MAC] = desk.urls.pop(BY_ADDRESS)
    desk.responder.rename(BY_ADDRESS, MAC)
    desk.log.clear()
    desk.receive(respond(url.data), SOURCE)
    desk.receive(respond(reboot.data), SOURCE)
    ended = [event.key for event in desk.log if isinstance(event, Answered | RebootAnswered)]
    assert ended == [MAC, MAC]
    assert {event.key for event in desk.log if isinstance(event, Message)} == {MAC}
    assert desk.responder.offer(MAC, desk.now) is SendResult.NOTIFY_ALONE
    assert desk.responder.offer(BY_ADDRESS, desk.now) is SendResult.NEVER_ASKED


def test_what_is_not_reported_yet_is_reported_of_the_mac() -> None:
    """In a burst the phones are answered first, and one that becomes known then is renamed."""
    desk = Desk({BY_ADDRESS: "http://h/a"})
    responder = desk.responder
    responder.receive(Datagram(AUDIOCODES.wire(), SOURCE, LOCAL, INTERFACE, desk.now))
    _, notify = responder.datagrams()
    responder.receive(Datagram(respond(notify.data), SOURCE, LOCAL, INTERFACE, desk.now))
    responder.rename(BY_ADDRESS, MAC)
    reported = responder.events()
    assert [type(event) for event in reported if not isinstance(event, Message)] == [
        *(SubscribeReceived, Offered, Answered)
    ]
    assert {getattr(event, "key", MAC) for event in reported} == {MAC}


def test_a_request_that_waits_for_credit_has_the_mac_too() -> None:
    desk = Desk({BY_ADDRESS: "http://h/a"})
    for number in range(MAX_UNCONFIRMED + 1):
        desk.receive(AUDIOCODES.wire().replace(b"668717252", b"66871%d" % (1000 + number)), SOURCE)
    desk.urls[MAC] = desk.urls.pop(BY_ADDRESS)
    desk.responder.rename(BY_ADDRESS, MAC)
    desk.wait(9)
    assert desk.responder.offer(MAC, desk.now) is SendResult.OK_AND_NOTIFY


def test_it_has_its_turn_when_an_answer_comes() -> None:
    desk = Desk({BY_ADDRESS: "http://h/a", SNOM.key(): "http://h/b"})
    desk.receive(respond(desk.receive(SNOM.wire(), SNOM.source())[1].data), SNOM.source())
    notifies = []
    for number in range(MAX_UNCONFIRMED + 1):
        wire = AUDIOCODES.wire().replace(b"668717252", b"66871%d" % (1000 + number))
        notifies += desk.receive(wire, SOURCE)[1:]
    desk.urls[MAC] = desk.urls.pop(BY_ADDRESS)
    desk.responder.rename(BY_ADDRESS, MAC)
    desk.log.clear()
    late = notifies[-2]
    out = desk.receive(respond(late.data), SOURCE)
    assert kinds(out) == ["200", "NOTIFY"]
    assert {event.key for event in desk.log if isinstance(event, Message)} == {MAC}


def test_what_waits_for_another_phone_is_not_disturbed() -> None:
    desk = Desk({BY_ADDRESS: URL, SNOM.key(): URL})
    for shape, source in ((AUDIOCODES, SOURCE), (SNOM, SNOM.source("10.13.2.68"))):
        for number in range(MAX_RENEWALS + 2):
            wire = shape.wire(source[0]).replace(b"Call-ID: ", b"Call-ID: %d-" % number)
            out = desk.receive(wire, source)
            if out:
                desk.receive(respond(out[1].data), source)
        assert out == []
        desk.now += 1
    desk.urls[MAC] = desk.urls.pop(BY_ADDRESS)
    desk.responder.rename(BY_ADDRESS, MAC)
    desk.log.clear()
    desk.wait(RENEWAL_SECONDS)
    assert [event.key for event in desk.log if isinstance(event, Offered)] == [MAC, SNOM.key()]


@pytest.mark.parametrize("by_address", [False, True], ids=["waits by address", "sent by address"])
@pytest.mark.parametrize("by_mac", [False, True], ids=["waits by MAC", "sent by MAC"])
def test_the_newer_request_is_the_phones(by_address: bool, by_mac: bool) -> None:
    """Under one key there may be a URL on its way, and under the other a request that waits."""
    asks = {
        "address": (AUDIOCODES.wire(), SOURCE),
        "mac": (plain(uri=MAC_URI, call_id="with the MAC"), ELSEWHERE),
    }
    for first, last in (("address", "mac"), ("mac", "address")):
        desk = Desk()
        desk.urls = {BY_ADDRESS: URL} if by_address else {}
        desk.urls |= {MAC: URL} if by_mac else {}
        desk.receive(*asks[first])
        desk.now += 1
        desk.receive(*asks[last])
        desk.receive(plain(uri=MAC_URI, call_id="double"), DOUBLE)
        desk.responder.rename(BY_ADDRESS, MAC)
        desk.approve(MAC)
        out = desk.take() + [datagram for _, datagram in desk.wait(100)]
        assert {datagram.remote for datagram in out} == {asks[last][1]}
        call_id = b"\r\nCall-ID: %b\r\n" % read(asks[last][0]).one("Call-ID").encode()
        assert all(call_id in datagram.data for datagram in out)
        assert desk.responder.offer(BY_ADDRESS, desk.now) is SendResult.NEVER_ASKED
        if last == "address":
            assert not desk.responder.move(MAC, desk.now), "its double was that of the other"


def test_one_that_never_asked_has_nothing_to_rename() -> None:
    desk = Desk()
    desk.responder.rename(BY_ADDRESS, MAC)
    assert desk.responder.offer(MAC, desk.now) is SendResult.NEVER_ASKED


def test_the_mac_is_asked_for_only_where_the_phone_names_none() -> None:
    desk = Desk()
    asked: list[tuple[str, str]] = []

    def resolve_mac(interface: str, address: str) -> str:
        asked.append((interface, address))
        return MAC

    desk.responder = Responder(desk.url_for, desk.new_id, resolve_mac=resolve_mac)
    desk.receive(plain(), SOURCE)
    desk.receive(AUDIOCODES.wire(), SOURCE)
    named, found = (one.request for one in desk.log if isinstance(one, SubscribeReceived))
    assert asked == [(INTERFACE, IP)]
    assert (named.mac_by_arp, named.mac) == (False, "000413AABBCC")
    assert (found.mac_by_arp, found.mac, found.key) == (True, MAC, MAC)


def test_the_owner_of_the_mac_is_the_make_of_a_phone_that_names_neither() -> None:
    ask = plain(
        uri="sip:224.0.1.75", from_="<sip:a@h>;tag=1", to="<sip:a@h>", event="ua-profile", agent=""
    )
    desk = Desk()
    desk.responder = Responder(desk.url_for, desk.new_id, resolve_mac=lambda *_: "0080F0123456")
    desk.receive(ask, SOURCE)
    [found] = (one.request for one in desk.log if isinstance(one, SubscribeReceived))
    assert (found.mac, found.make) == ("0080F0123456", "Panasonic")
