"""A new request beside what is under way, while its source has no credit for another NOTIFY."""

from __future__ import annotations

from pnp_gui.pnp.events import Answered
from pnp_gui.pnp.limits import MAX_UNCONFIRMED, Limit
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import Desk, read, respond
from tests.pnp.phones import plain
from tests.pnp.router import ROUTER, ask, limited, mac, notifies, received


def test_forged_requests_do_not_end_what_is_under_way() -> None:
    """They say an approved phone's MAC and come from its address; the phone answers none of them.
    When its credit is used up the last NOTIFY goes on, and ends as one that got no answer."""
    desk = Desk(approve_all=True)
    for number in range(3 * MAX_UNCONFIRMED):
        ask(desk, 1, call=str(number))
    last = notifies([out for _, out in desk.sent])[-1]
    reported = received(desk)
    assert [event.again for event in reported] == [False] * MAX_UNCONFIRMED + [True] * (
        2 * MAX_UNCONFIRMED
    ), "the row stays what it is: sent, waiting"
    assert len(reported) == 3 * MAX_UNCONFIRMED
    assert limited(desk) == [(Limit.UNCONFIRMED, ROUTER[0], MAX_UNCONFIRMED)]
    repeated = [out for _, out in desk.wait(7.9)]
    assert repeated == [last] * 4, "after 0.5, 1.5, 3.5 and 7.5 s"
    # A request after that is served, also to a phone that has another one under way.
    desk.wait(0.2)
    assert len(ask(desk, 1, call="its own")) == 2


def test_an_answer_to_a_notify_that_was_replaced_gives_credit_back_once() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED):
        ask(desk, 1, call=f"forged {number}")
    first, second, *_ = notifies([out for _, out in desk.sent])
    desk.receive(respond(first.data, 100, "Trying"), ROUTER)
    assert ask(desk, 2) == [], "that is no answer yet"
    # Whoever waited is served by it.
    out = desk.receive(respond(first.data, 481, "Gone"), ROUTER)
    assert [each.data[:7] for each in out] == [b"SIP/2.0", b"NOTIFY "]
    desk.receive(respond(first.data, 481, "Gone"), ROUTER)
    assert ask(desk, 3) == []
    assert len(desk.receive(respond(second.data), ROUTER)) == 2
    assert desk.reported(Answered) == []


def test_a_reboot_that_was_withdrawn_owes_nothing() -> None:
    desk = Desk(approve_all=True)
    [notify] = notifies(ask(desk, 1))
    desk.receive(respond(notify.data), ROUTER)
    desk.responder.reboot(mac(1), desk.now)
    [reboot] = desk.take()
    for number in range(2, MAX_UNCONFIRMED + 2):
        ask(desk, number)
    desk.responder.withdraw(mac(1), desk.now)
    desk.receive(respond(reboot.data), ROUTER)
    assert ask(desk, 500) == []


def test_what_was_held_back_beside_one_under_way_has_its_turn() -> None:
    """The phone that booted again is answered in its new dialog as soon as another one answers."""
    desk = Desk(approve_all=True)
    first = notifies(ask(desk, 1))[0]
    others = [notifies(ask(desk, number))[0] for number in range(2, MAX_UNCONFIRMED + 1)]
    assert ask(desk, 1, call="next") == []
    assert ask(desk, 1, call="next") == [], "repeated"
    ok, notify = desk.receive(respond(others[0].data), ROUTER)
    assert b"Call-ID: next" in ok.data
    assert b"Call-ID: next" in notify.data
    assert b"Call-ID: next" not in first.data
    # The earlier one is over, and the phone's answer to it is credit for one more.
    assert {out.data for _, out in desk.wait(1)} & {first.data} == set()
    assert ask(desk, 900) == []
    assert len(desk.receive(respond(first.data, 481, "Gone"), ROUTER)) == 2
    assert [event.key for event in desk.log if isinstance(event, Answered)] == [mac(2)]


def test_of_what_was_held_back_the_newest_is_answered() -> None:
    desk = Desk(approve_all=True)
    notify, *_ = [notifies(ask(desk, number))[0] for number in range(MAX_UNCONFIRMED)]
    for call in ("next", "last"):
        assert ask(desk, 1, call=call) == []
    assert [b"Call-ID: last" in out.data for out in desk.receive(respond(notify.data), ROUTER)] == [
        True,
        True,
    ]


def test_what_was_held_back_within_our_dialog_goes_on_with_it() -> None:
    desk = Desk(approve_all=True)
    ok, first = ask(desk, 1)
    others = [notifies(ask(desk, number))[0] for number in range(2, MAX_UNCONFIRMED + 1)]
    renewal = plain(
        uri=f"sip:MAC{mac(1)}@h", call_id="1", to=read(ok.data).one("To"), cseq="2 SUBSCRIBE"
    )
    assert desk.receive(renewal, ROUTER) == []
    _, second = desk.receive(respond(others[0].data), ROUTER)
    assert [read(out.data).one("CSeq") for out in (first, second)] == ["1 NOTIFY", "2 NOTIFY"]


def test_send_again_answers_what_was_held_back() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED):
        ask(desk, number)
    ask(desk, 1, call="next")
    assert desk.responder.offer(mac(1), desk.now) is SendResult.HELD_BACK
    first = desk.sent[3][1]
    assert [out for _, out in desk.wait(8.1)].count(first) == 4, "which goes on until then"
    desk.responder._url_for = lambda request: f"http://h/{request.call_id}"
    desk.responder.offer(mac(1), desk.now)
    ok, notify = desk.take()
    assert b"Call-ID: next" in ok.data
    assert b"Call-ID: next" in notify.data
    assert notify.data.endswith(b"http://h/next"), "the URL is for what it asked last"


def test_a_phone_that_booted_is_not_asked_to_reboot_any_more() -> None:
    """Also when its new request has to wait for credit."""
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED):
        ask(desk, number)
    assert desk.responder.reboot(mac(1), desk.now) is SendResult.NOTIFY_ALONE
    [reboot] = desk.take()
    ask(desk, 1, call="booted")
    assert not received(desk)[-1].again, "its row shows no reboot any more"
    assert reboot.data not in {out.data for _, out in desk.wait(40)}


def test_without_a_url_nothing_goes_on_beside_a_new_request() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED):
        ask(desk, number)
    [*_, last] = [out for _, out in desk.sent]
    desk.approve_all = False
    ask(desk, MAX_UNCONFIRMED - 1, call="next")
    assert last.data not in {out.data for _, out in desk.wait(4)}
