"""A NOTIFY that this computer could not send is not called sent."""

from __future__ import annotations

from pnp_gui.pnp.events import Answered, NoAnswer, NotSent, SentLate
from tests.pnp.desk import URL, Desk, respond
from tests.pnp.phones import SNOM

KEY = SNOM.key()


def test_it_is_told_once_and_once_when_it_leaves() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(SNOM.wire(), SNOM.source())
    for data in (ok.data, notify.data, notify.data):
        desk.responder.sent(data, desk.now, left=False)
    assert desk.responder.events() == [NotSent(KEY, desk.now, URL, False)]
    assert desk.responder.has_unsent
    desk.responder.sent(notify.data, desk.now, left=True)
    desk.responder.sent(notify.data, desk.now, left=True)
    assert desk.responder.events() == [SentLate(KEY, desk.now, URL)]
    assert not desk.responder.has_unsent


def test_what_never_left_has_no_answer_to_miss() -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.responder.sent(notify.data, start, left=False)
    desk.wait(100)
    assert desk.reported(NotSent)[-1] == NotSent(KEY, start + 32.0, URL, True)
    assert desk.reported(NoAnswer) == []
    assert not desk.responder.has_unsent


def test_an_answer_says_that_it_left() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.responder.sent(notify.data, desk.now, left=False)
    desk.receive(respond(notify.data), SNOM.source())
    assert desk.reported(Answered) == [Answered(KEY, desk.now, 200, "OK", URL)]
    assert not desk.responder.has_unsent
    desk.responder.sent(notify.data, desk.now, left=False)
    assert desk.responder.events() == [], "it is over"


def test_what_is_forgotten_or_withdrawn_is_not_waited_for() -> None:
    for end in ("forget", "withdraw"):
        desk = Desk(approve_all=True)
        _, notify = desk.receive(SNOM.wire(), SNOM.source())
        desk.responder.sent(notify.data, desk.now, left=False)
        getattr(desk.responder, end)(KEY, desk.now)
        assert not desk.responder.has_unsent
