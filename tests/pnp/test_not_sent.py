"""A NOTIFY that this computer could not send is not called sent."""

from __future__ import annotations

from pnp_gui.pnp.events import Answered, NoAnswer, NotSent, SentLate
from tests.pnp.desk import URL, Desk, respond
from tests.pnp.phones import PLAIN_KEY, PLAIN_SOURCE, SNOM, plain

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
    for forgotten in (True, False):
        desk = Desk(approve_all=True)
        _, notify = desk.receive(SNOM.wire(), SNOM.source())
        desk.responder.sent(notify.data, desk.now, left=False)
        if forgotten:
            desk.responder.forget(KEY)
        else:
            desk.responder.withdraw(KEY, desk.now)
        assert not desk.responder.has_unsent


def test_whatever_the_phone_calls_a_branch_the_notify_is_known_by_ours() -> None:
    desk = Desk(approve_all=True)
    uri, event = "sip:10.13.2.67;branch=z9hG4bKuri;x", "ua-profile;branch=z9hG4bKevent;x=\xe4"
    _, notify = desk.receive(plain(contact=f"<{uri}>", event=event), PLAIN_SOURCE)
    assert notify.data.startswith(f"NOTIFY {uri} SIP".encode())
    desk.responder.sent(notify.data, desk.now, left=False)
    assert desk.responder.events() == [NotSent(PLAIN_KEY, desk.now, URL, False)]
