"""The same request again gets the same 200; another one starts a new exchange."""

from __future__ import annotations

from pnp_gui.pnp.events import Message, Offered, SubscribeReceived
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import URL, Desk, kinds, read, respond
from tests.pnp.phones import PLAIN_KEY, PLAIN_SOURCE, SNOM, YEALINK, plain

# ---- retransmissions of the phone


def test_a_retransmission_gets_the_same_200_and_no_second_notify() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(YEALINK.wire(), YEALINK.source())
    desk.receive(respond(notify.data), YEALINK.source())
    for seconds in (0.0, 0.5, 1.0, 2.0, 28.4):
        assert desk.wait(seconds) == []
        assert desk.receive(YEALINK.wire(), YEALINK.source()) == [ok]
    assert len(desk.reported(Offered)) == 1
    assert {event.key for event in desk.log if isinstance(event, Message)} == {YEALINK.key()}
    assert [event.again for event in desk.reported(SubscribeReceived)] == [False] + [True] * 5  # type: ignore[union-attr]
    desk.wait(0.1)
    assert desk.responder.deadline() is None
    assert kinds(desk.receive(YEALINK.wire(), YEALINK.source())) == ["200", "NOTIFY"]


def test_a_retransmission_after_32_s_is_new_even_when_the_timer_is_late() -> None:
    desk = Desk(approve_all=True)
    ok, _ = desk.receive(YEALINK.wire(), YEALINK.source())
    desk.now += 32.0
    again = desk.receive(YEALINK.wire(), YEALINK.source())
    assert kinds(again) == ["200", "NOTIFY"]
    assert again[0] != ok


def test_a_late_timer_keeps_no_other_phones_200_longer_than_its_32_s() -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, first = desk.receive(YEALINK.wire(), YEALINK.source())
    desk.now += 1
    _, second = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(first.data), YEALINK.source())
    desk.receive(respond(second.data), SNOM.source())
    desk.now += 31.5
    _, third = desk.receive(YEALINK.wire(), YEALINK.source())
    desk.receive(respond(third.data), YEALINK.source())
    assert desk.responder.deadline() == start + 33.0
    desk.now += 1
    desk.responder.expire(desk.now)
    assert len(desk.responder._answered) == 1


def test_the_200_is_kept_for_32_s_from_when_it_was_sent() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(31)
    desk.approve(SNOM.key())
    ok, _ = desk.take()
    desk.wait(31.9)
    assert desk.receive(SNOM.wire(), SNOM.source()) == [ok]


def test_approved_between_two_tries_the_next_one_is_answered_once() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.urls[SNOM.key()] = URL
    assert kinds(desk.receive(SNOM.wire(), SNOM.source())) == ["200", "NOTIFY"]
    assert kinds(desk.receive(SNOM.wire(), SNOM.source())) == ["200"]


def test_the_same_request_from_another_port_is_another() -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), ("10.13.2.67", 1053))
    assert kinds(desk.receive(SNOM.wire(), ("10.13.2.67", 1054))) == ["200", "NOTIFY"]


# ---- new requests


def test_a_new_subscribe_replaces_what_was_under_way_and_is_a_new_dialog() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(plain(), PLAIN_SOURCE)
    desk.wait(1)
    ok, second = desk.receive(
        plain(call_id="plain-2", contact="<sip:10.13.2.67:5099>"), PLAIN_SOURCE
    )
    assert read(second.data).one("CSeq") == "1 NOTIFY"
    assert read(second.data).first == "NOTIFY sip:10.13.2.67:5099 SIP/2.0"
    assert read(second.data).one("From") == read(ok.data).one("To") != read(first.data).one("From")
    assert {datagram.data for _, datagram in desk.wait(100)} == {second.data}


def test_a_phone_that_asks_anew_while_silent_is_answered_for_the_last_request() -> None:
    desk = Desk()
    desk.receive(plain(call_id="old"), PLAIN_SOURCE)
    desk.wait(31)
    desk.receive(plain(call_id="new"), PLAIN_SOURCE)
    desk.wait(31)
    assert desk.approve(PLAIN_KEY) is SendResult.OK_AND_NOTIFY
    assert [read(datagram.data).one("Call-ID") for datagram in desk.take()] == ["new", "new"]


def test_the_same_request_after_32_silent_seconds_is_new() -> None:
    desk = Desk()
    desk.receive(plain(), PLAIN_SOURCE)
    desk.wait(32)
    desk.receive(plain(), PLAIN_SOURCE)
    assert [event.again for event in desk.reported(SubscribeReceived)] == [False, False]  # type: ignore[union-attr]
    assert desk.approve(PLAIN_KEY) is SendResult.OK_AND_NOTIFY


def test_another_phone_with_the_same_identifiers_is_another_phone() -> None:
    """One address may use Call-ID, CSeq and tag twice."""
    desk = Desk()
    first, second = "000413AABBCC", "000413A21060"
    desk.approve(first)
    assert kinds(desk.receive(of(first), PLAIN_SOURCE)) == ["200", "NOTIFY"]
    desk.deny(first)
    assert desk.receive(of(second), PLAIN_SOURCE) == []
    received = [event.request.key for event in desk.log if isinstance(event, SubscribeReceived)]
    assert received == [first, second]


def of(mac: str) -> bytes:
    """The plain request in this phone's name, alike in all that makes a transaction."""
    return plain().replace(b"000413AABBCC", mac.encode())
