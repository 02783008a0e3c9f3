"""Who is answered, with what and where to; everybody else gets nothing."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.events import Answered, Ignored, NoAnswer, Offered, SubscribeReceived
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.sip_values import T4
from tests.pnp.desk import URL, Desk, kinds, read, respond
from tests.pnp.phones import AUDIOCODES, GRANDSTREAM, INTERFACE, LOCAL, SHAPES, SNOM, Shape, plain

# ---- silence


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_phone_that_is_not_approved_gets_nothing_at_all(shape: Shape) -> None:
    desk = Desk()
    for _ in range(6):
        assert desk.receive(shape.wire(), shape.source()) == []
        assert desk.wait(4) == []
    assert [event.again for event in desk.reported(SubscribeReceived)] == [False] + [True] * 5  # type: ignore[union-attr]
    assert desk.reported(Offered, Ignored) == []
    assert desk.responder.deadline() is None


def test_a_phone_denied_after_it_was_served_gets_nothing_more() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.approve(SNOM.key())
    desk.take()
    desk.deny(SNOM.key())
    assert desk.receive(SNOM.wire(), SNOM.source()) == []
    assert desk.wait(100) == []
    assert desk.receive(SNOM.wire(), SNOM.source()) == []
    assert desk.reported(NoAnswer, Answered) == []


def test_an_offer_to_a_phone_that_is_not_approved_or_never_asked_sends_nothing() -> None:
    desk = Desk()
    assert desk.responder.offer(SNOM.key(), desk.now) is SendResult.NEVER_ASKED
    desk.receive(SNOM.wire(), SNOM.source())
    assert desk.responder.offer(SNOM.key(), desk.now) is SendResult.NOT_APPROVED
    assert desk.take() == []


def test_to_withdraw_from_a_phone_that_has_nothing_does_nothing() -> None:
    desk = Desk()
    desk.responder.withdraw(SNOM.key(), desk.now)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.responder.withdraw(SNOM.key(), desk.now)
    desk.approve(SNOM.key())
    desk.receive(respond(desk.take()[1].data), SNOM.source())
    desk.responder.withdraw(SNOM.key(), desk.now)
    assert desk.take() == []


def test_a_forgotten_phone_leaves_nothing_behind_and_is_a_new_one_afterwards() -> None:
    desk = Desk()
    responder = desk.responder
    responder.forget(SNOM.key())
    desk.receive(SNOM.wire(), SNOM.source())
    responder.forget(SNOM.key())
    assert not responder._pending
    desk.approve(SNOM.key())
    assert desk.take() == []
    desk.receive(SNOM.wire(), SNOM.source())
    responder.reboot(SNOM.key(), desk.now)
    responder.forget(SNOM.key())
    assert (
        responder._served,
        responder._notifier._reboots,
        len(responder._notifier._transactions),
    ) == ({}, {}, 0)
    assert not responder._answered
    responder.expire(desk.now + T4)
    assert responder.deadline() is None
    desk.take()
    # The same bytes again are a first request: a technician who approves it serves it.
    desk.deny(SNOM.key())
    assert desk.receive(SNOM.wire(), SNOM.source()) == []
    last = desk.reported(SubscribeReceived)[-1]
    assert isinstance(last, SubscribeReceived)
    assert not last.again
    assert desk.approve(SNOM.key()) is SendResult.OK_AND_NOTIFY


# ---- the answer


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_an_approved_phone_is_served_without_a_click(shape: Shape) -> None:
    desk = Desk(urls={shape.key(): URL})
    out = desk.receive(shape.wire(), shape.source())
    assert kinds(out) == ["200", "NOTIFY"]
    for datagram in out:
        assert datagram[1:] == (shape.source(), INTERFACE, LOCAL)


def test_answers_go_to_the_source_whatever_hosts_the_message_names() -> None:
    evil = plain(
        uri="sip:MAC%3a000413AABBCC@198.51.100.1",
        via="SIP/2.0/UDP 198.51.100.2:9;received=198.51.100.3;rport=7;maddr=198.51.100.4;ttl=9",
        from_="<sip:a@198.51.100.5>;tag=1",
        to="<sip:b@198.51.100.6>",
        contact="<sip:c@198.51.100.7:99;maddr=198.51.100.8;transport=tcp>",
        more="Route: <sip:198.51.100.9;lr>\r\nRecord-Route: <sip:198.51.100.10;lr>\r\n",
    )
    desk = Desk(approve_all=True)
    out = desk.receive(evil, ("10.13.2.99", 4711))
    out += [datagram for _, datagram in desk.wait(40)]
    assert len(out) == 12
    assert {datagram.remote for datagram in out} == {("10.13.2.99", 4711)}


@pytest.mark.parametrize("seconds", [0.0, 3.0, 31.9])
def test_an_approval_inside_the_32_s_sends_200_and_notify(seconds: float) -> None:
    desk = Desk()
    desk.receive(GRANDSTREAM.wire(), GRANDSTREAM.source())
    assert desk.wait(seconds) == []
    assert desk.approve(GRANDSTREAM.key()) is SendResult.OK_AND_NOTIFY
    out = desk.take()
    assert kinds(out) == ["200", "NOTIFY"]
    offered = desk.reported(Offered)
    assert offered == [Offered(GRANDSTREAM.key(), desk.now, URL, True)]


@pytest.mark.parametrize("seconds", [32.0, 1000.0])
def test_an_approval_later_sends_the_notify_alone(seconds: float) -> None:
    desk = Desk()
    desk.receive(GRANDSTREAM.wire(), GRANDSTREAM.source())
    desk.wait(seconds)
    assert desk.approve(GRANDSTREAM.key()) is SendResult.NOTIFY_ALONE
    out = desk.take()
    assert kinds(out) == ["NOTIFY"]
    assert out[0].remote == GRANDSTREAM.source()
    assert desk.reported(Offered) == [Offered(GRANDSTREAM.key(), desk.now, URL, False)]


def test_the_32_s_count_from_the_first_try_not_from_a_retransmission() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(31)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(2)
    assert desk.approve(SNOM.key()) is SendResult.NOTIFY_ALONE


def test_the_url_is_the_one_given_at_that_moment() -> None:
    desk = Desk(urls={SNOM.key(): "http://h/1"})
    assert read(desk.receive(SNOM.wire(), SNOM.source())[1].data).body == b"http://h/1"
    desk.approve(SNOM.key(), "http://h/2")
    assert read(desk.take()[0].data).body == b"http://h/2"


def test_a_phone_without_a_mac_is_known_by_its_address() -> None:
    desk = Desk()
    for ip in ("10.13.2.67", "10.13.2.68"):
        desk.receive(AUDIOCODES.wire(ip), AUDIOCODES.source(ip))
    assert desk.approve("ip:10.13.2.68") is SendResult.OK_AND_NOTIFY
    assert {datagram.remote for datagram in desk.take()} == {("10.13.2.68", 5060)}
