"""The NOTIFY on its way: when it is sent again, what ends it, and the next one by hand."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.events import Answered, Ignored, NoAnswer
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import NOTIFY_TIMES, URL, Desk, branch_of, kinds, read, respond
from tests.pnp.phones import INTERFACE, SNOM

# ---- the NOTIFY on its way


def test_the_notify_is_sent_again_until_32_s_and_then_there_is_no_answer() -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    again = desk.wait(100)
    assert [0.0, *(at - start for at, _ in again)] == NOTIFY_TIMES
    assert {datagram for _, datagram in again} == {notify}
    assert desk.reported(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL, (SNOM.port,))]
    assert desk.responder.deadline() is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, "Ok"),
        (202, "Accepted"),
        (302, "Moved"),
        (403, ""),
        (481, "Gone"),
        (503, "Busy"),
        (603, "No"),
    ],
)
@pytest.mark.parametrize("seconds", [0.0, 0.7, 31.9])
def test_a_final_response_ends_it_and_is_told(status: int, reason: str, seconds: float) -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(seconds)
    # a phone may answer from another port than it asked from
    assert desk.receive(respond(notify.data, status, reason), ("10.13.2.67", 9999)) == []
    assert desk.reported(Answered) == [Answered(SNOM.key(), desk.now, status, reason, URL)]
    assert desk.wait(100) == []
    assert desk.reported(NoAnswer, Ignored) == []


@pytest.mark.parametrize("status", [100, 183, 199])
def test_a_provisional_response_makes_it_every_4_s(status: int) -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(0.1)
    desk.receive(respond(notify.data, status), SNOM.source())
    # RFC 3261 17.1.2.2: Timer E runs on and is T2 from then on
    assert [at - start for at, _ in desk.wait(100)] == [0.5, *(4.5 + 4 * n for n in range(7))]
    assert desk.reported(Answered) == []
    assert desk.reported(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL, (SNOM.port,))]


def test_a_response_from_another_host_is_ignored() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(notify.data), ("10.13.2.68", SNOM.port))
    assert desk.reported(Answered) == []
    (ignored,) = desk.reported(Ignored)
    assert isinstance(ignored, Ignored)
    assert (ignored.source, ignored.interface) == (("10.13.2.68", SNOM.port), INTERFACE)
    assert (ignored.reason, ignored.offset) == (
        "a 200 response that belongs to no NOTIFY sent here",
        0,
    )
    assert len(desk.wait(100)) == len(NOTIFY_TIMES) - 1


@pytest.mark.parametrize(
    "response",
    [
        b"SIP/2.0 200 OK\r\nCall-ID: x\r\n\r\n",
        b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.13.2.2:5060\r\n\r\n",
        b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.13.2.2:5060;branch=z9hG4bKforeign\r\n\r\n",
        b"SIP/2.0 481 X\r\nv: SIP/2.0/UDP 10.13.2.2:5060;branch=Z9HG4BKID2X\r\n\r\n",
    ],
)
def test_a_response_to_nothing_of_ours_is_ignored(response: bytes) -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), SNOM.source())
    assert desk.receive(response, SNOM.source()) == []
    assert desk.reported(Answered) == []
    assert len(desk.reported(Ignored)) == 1


def test_a_response_with_more_vias_and_parameters_is_still_ours() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    via = f"SIP/2.0/UDP 10.13.2.2:5060;received=10.13.2.2;Branch = {branch_of(notify.data)}"
    response = f"SIP/2.0 200 Ok\nv : {via} , SIP/2.0/UDP other;branch=z9hG4bKx\n\n".encode()
    desk.receive(response, SNOM.source())
    assert len(desk.reported(Answered)) == 1


def test_the_reason_shown_is_short_and_printable() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(notify.data, 481, "weg\x9b\t" + "x" * 5000), SNOM.source())
    (answered,) = desk.reported(Answered)
    assert isinstance(answered, Answered)
    assert answered.reason.isprintable()
    assert len(answered.reason) <= 200


def test_the_timer_of_a_notify_that_was_answered_wakes_nobody() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(notify.data), SNOM.source())
    assert desk.responder.deadline() == desk.now + 32.0  # to forget the 200


def test_a_late_timer_makes_no_burst() -> None:
    """The laptop slept for 20 s."""
    desk = Desk(approve_all=True)
    start = desk.now
    desk.receive(SNOM.wire(), SNOM.source())
    desk.now = start + 20
    desk.responder.expire(desk.now)
    assert kinds(desk.take()) == ["NOTIFY"]
    assert [at - start for at, _ in desk.wait(100)] == [21, 23, 27, 31]
    assert desk.reported(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL, (SNOM.port,))]


def test_a_timer_later_than_32_s_sends_nothing_and_tells_no_answer_once() -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.now += 500
    desk.responder.expire(desk.now)
    assert desk.take() == []
    assert desk.reported(NoAnswer) == [NoAnswer(SNOM.key(), desk.now, URL, (SNOM.port,))]
    assert desk.responder.deadline() is None


def test_an_early_timer_does_nothing() -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), SNOM.source())
    due = desk.responder.deadline()
    assert due == desk.now + 0.5
    desk.responder.expire(due - 0.001)
    assert desk.take() == []
    assert desk.responder.deadline() == due


# ---- send again


def test_send_again_is_the_next_notify_of_the_same_dialog_and_replaces_the_first() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(0.2)
    assert desk.responder.offer(SNOM.key(), desk.now) is SendResult.NOTIFY_ALONE
    (second,) = desk.take()
    one, two = read(first.data), read(second.data)
    assert (one.one("CSeq"), two.one("CSeq")) == ("1 NOTIFY", "2 NOTIFY")
    for name in ("From", "To", "Call-ID", "Event"):
        assert one.one(name) == two.one(name)
    assert branch_of(first.data) != branch_of(second.data)
    assert {datagram for _, datagram in desk.wait(100)} == {second}
    assert len(desk.reported(NoAnswer)) == 1
    desk.receive(respond(first.data), SNOM.source())
    assert desk.reported(Answered) == []


def test_send_again_after_the_answer() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(first.data), SNOM.source())
    desk.wait(300)
    assert desk.responder.offer(SNOM.key(), desk.now) is SendResult.NOTIFY_ALONE
    (second,) = desk.take()
    assert read(second.data).one("CSeq") == "2 NOTIFY"
    desk.receive(respond(second.data, 481, "Gone"), SNOM.source())
    assert [event.status for event in desk.reported(Answered)] == [200, 481]  # type: ignore[union-attr]


def test_denied_and_approved_again_inside_the_window_it_is_the_next_notify() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.approve(SNOM.key())
    desk.take()
    desk.deny(SNOM.key())
    assert desk.approve(SNOM.key()) is SendResult.NOTIFY_ALONE
    (notify,) = desk.take()
    assert read(notify.data).one("CSeq") == "2 NOTIFY"
