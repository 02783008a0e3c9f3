"""What the responder reports of an exchange: in order, and once."""

from __future__ import annotations

from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import Answered, Ignored, Message, Offered, SubscribeReceived
from tests.pnp.desk import URL, Desk, respond
from tests.pnp.phones import INTERFACE, LOCAL, PLAIN_SOURCE, SNOM


def test_the_events_of_one_exchange_in_order() -> None:
    desk = Desk()
    start, source = desk.now, SNOM.source()
    data = SNOM.wire()
    desk.receive(data, source)
    desk.wait(1)
    desk.approve(SNOM.key())
    ok, notify = desk.take()
    desk.wait(0.5)
    answer = respond(notify.data)
    desk.receive(answer, source)

    def message(at: float, outgoing: bool, data: bytes) -> Message:
        return Message(at, SNOM.key(), outgoing, INTERFACE, LOCAL, source, data)

    received = desk.log[1]
    assert isinstance(received, SubscribeReceived)
    assert (received.request.key, received.at, received.again) == (SNOM.key(), start, False)
    assert desk.log == [
        message(start, False, data),
        received,
        message(start + 1, True, ok.data),
        message(start + 1, True, notify.data),
        Offered(SNOM.key(), start + 1, URL, True),
        message(start + 1.5, True, notify.data),
        message(start + 1.5, False, answer),
        Answered(SNOM.key(), start + 1.5, 200, "OK", URL),
    ]


def test_where_a_datagram_was_sent_to_is_noted_and_changes_no_answer() -> None:
    group = ("224.0.1.75", 5060)
    answers = []
    for to in (None, LOCAL, group):
        desk = Desk(approve_all=True)
        desk.responder.receive(Datagram(SNOM.wire(), SNOM.source(), LOCAL, INTERFACE, desk.now, to))
        out = desk.take()
        answers.append(out)
        assert {each.local for each in out} == {LOCAL}
        desk.responder.receive(
            Datagram(respond(out[1].data), SNOM.source(), LOCAL, INTERFACE, desk.now, to)
        )
        desk.take()
        messages = [each for each in desk.log if isinstance(each, Message)]
        assert [(each.outgoing, each.to) for each in messages] == [
            (False, to),
            (True, None),
            (True, None),
            (False, to),
        ]
    assert answers[0] == answers[1] == answers[2]


def test_what_is_ignored_is_reported_with_reason_offset_and_size() -> None:
    desk = Desk(approve_all=True)
    for data in (
        b"\0",
        b"REGISTER sip:x SIP/2.0\r\nX: y\r\n\r\n",
        b"SIP/2.0 200 OK\r\nX: y\r\n\r\n",
    ):
        assert desk.receive(data, PLAIN_SOURCE) == []
        ignored = desk.log.pop()
        assert isinstance(ignored, Ignored)
        assert ignored[:3] == (desk.now, PLAIN_SOURCE, INTERFACE)
        assert ignored.reason
        assert ignored.size == len(data)
        assert 0 <= ignored.offset <= len(data)
    assert desk.log == []


def test_what_is_taken_is_gone() -> None:
    desk = Desk(approve_all=True)
    desk.responder.receive(Datagram(SNOM.wire(), SNOM.source(), LOCAL, INTERFACE, desk.now))
    assert len(desk.responder.datagrams()) == 2
    assert desk.responder.datagrams() == []
    assert len(desk.responder.events()) == 5
    assert desk.responder.events() == []
