"""The responder under floods: what one source gets and costs, and who is never hurt by it."""

from __future__ import annotations

import pytest

from pnp_gui.pnp import pending as silent
from pnp_gui.pnp.events import Answered, Ignored, Limited, NoAnswer
from pnp_gui.pnp.limits import MAX_REPEATS, MAX_REQUESTS, MAX_UNCONFIRMED, Limit
from pnp_gui.pnp.parser import MAX_DATAGRAM
from pnp_gui.pnp.responder import Responder
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import Desk, kinds, respond
from tests.pnp.phones import plain
from tests.pnp.router import OTHER, ROUTER, ask, limited, mac, notifies, offered, received


def test_a_source_that_confirms_nothing_draws_only_so_much() -> None:
    desk = Desk(approve_all=True)
    for number in range(3 * MAX_UNCONFIRMED):
        ask(desk, number)
    assert len(desk.sent) == 2 * MAX_UNCONFIRMED, "a 200 and a NOTIFY each, and then nothing"
    assert limited(desk) == [(Limit.UNCONFIRMED, ROUTER[0], MAX_UNCONFIRMED)]
    assert len(received(desk)) == 3 * MAX_UNCONFIRMED, "the rows tell that they ask"
    assert len(ask(desk, 9000, OTHER)) == 2, "another source is served"
    desk.wait(31.9)
    assert {out.remote for _, out in desk.sent if out.remote != OTHER} == {ROUTER}
    assert len(offered(desk)) == MAX_UNCONFIRMED + 1


def test_new_requests_of_one_phone_bring_no_new_credit() -> None:
    """One that replaces its request all the time, and so its NOTIFY, from a forged address."""
    desk = Desk(approve_all=True)
    for number in range(3 * MAX_UNCONFIRMED):
        ask(desk, 1, call=str(number))
    assert len(desk.sent) == 2 * MAX_UNCONFIRMED


def test_the_phones_behind_one_router_are_served_to_the_last() -> None:
    """Five hundred at once, each of which answers: those beyond the credit get their turn."""
    desk = Desk(approve_all=True)
    for number in range(500):
        ask(desk, number)
    assert len(offered(desk)) == MAX_UNCONFIRMED
    answered = 0
    while answered < len(to_answer := notifies([out for _, out in desk.sent])):
        desk.receive(respond(to_answer[answered].data), ROUTER)
        answered += 1
    assert answered == 500
    assert len(desk.reported(Answered)) == 500
    assert set(offered(desk)) == {mac(n) for n in range(500)}
    assert len(desk.sent) == 1000


def test_confirmed_exchanges_are_never_held_back() -> None:
    desk = Desk(approve_all=True)
    for number in range(20 * MAX_UNCONFIRMED):
        [notify] = notifies(ask(desk, number))
        desk.receive(respond(notify.data), ROUTER)
    assert limited(desk) == []


def test_who_waited_gets_its_turn_when_others_never_answer() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED + 5):
        ask(desk, number)
    desk.wait(33)
    assert len(desk.reported(NoAnswer)) == MAX_UNCONFIRMED
    assert len(offered(desk)) == MAX_UNCONFIRMED + 5


def test_no_answer_is_no_credit_for_another() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED):
        ask(desk, number)
    desk.wait(31.9)
    for number in range(1000, 1000 + MAX_UNCONFIRMED):
        assert len(ask(desk, number)) == 2
    desk.wait(0.2)
    assert len(desk.reported(NoAnswer)) == MAX_UNCONFIRMED
    assert ask(desk, 9000) == []


def test_who_waited_and_is_approved_no_more_gets_nothing() -> None:
    desk = Desk(urls={mac(number): "http://h/a" for number in range(MAX_UNCONFIRMED + 2)})
    for number in range(MAX_UNCONFIRMED + 2):
        ask(desk, number)
    desk.deny(mac(MAX_UNCONFIRMED))
    before = len(desk.sent)
    [first, *_] = notifies([out for _, out in desk.sent])
    desk.receive(respond(first.data), ROUTER)
    assert offered(desk)[MAX_UNCONFIRMED:] == [mac(MAX_UNCONFIRMED + 1)]
    assert len(desk.sent) == before + 2


def test_an_offer_by_hand_waits_as_well() -> None:
    desk = Desk()
    for number in range(MAX_UNCONFIRMED + 1):
        ask(desk, number)
    sent = [desk.approve(mac(number)) for number in range(MAX_UNCONFIRMED + 1)]
    assert sent == [SendResult.OK_AND_NOTIFY] * MAX_UNCONFIRMED + [SendResult.HELD_BACK]


def test_each_source_and_when_it_was_limited_is_told() -> None:
    desk = Desk()
    desk.responder._requests.most = 1
    for source in (ROUTER, OTHER):
        for _ in range(3):
            ask(desk, 1, source)
    assert [event for event in desk.log if isinstance(event, Limited) and event.first] == [
        Limited(desk.now, Limit.REQUESTS, source[0], MAX_REQUESTS, True)
        for source in (ROUTER, OTHER)
    ]


def test_requests_without_an_answer_are_limited_each_source_by_itself() -> None:
    desk = Desk(urls={mac(7): "http://h/a"})
    for _ in range(MAX_REQUESTS + 500):
        ask(desk, 1)
    assert len(received(desk)) == MAX_REQUESTS
    assert len(desk.reported(Limited)) == 500
    assert limited(desk) == [(Limit.REQUESTS, ROUTER[0], MAX_REQUESTS)]
    assert len(ask(desk, 7)) == 2, "an approved phone at that very source is served"
    ask(desk, 2, OTHER)
    assert received(desk)[-1].request.source == OTHER
    desk.wait(1)
    ask(desk, 1)
    assert received(desk)[-1].request.key == mac(1), "the next second"
    assert len(limited(desk)) == 1


def test_the_200_is_repeated_only_so_often() -> None:
    desk = Desk(approve_all=True)
    ask(desk, 1)
    for _ in range(MAX_REPEATS):
        assert [out.data[:11] for out in ask(desk, 1)] == [b"SIP/2.0 200"]
    for _ in range(10):
        assert ask(desk, 1) == []
    assert limited(desk) == [(Limit.REPEATS, ROUTER[0], MAX_REPEATS)]
    assert len(desk.reported(Limited)) == 10, "each is dropped"
    assert len(ask(desk, 1, call="next")) == 2


def large(number: int, size: int) -> bytes:
    data = plain(uri=f"sip:MAC{mac(number)}@h", call_id=str(number))
    head, end = data[:-2], data[-2:]
    return head + b"Via: SIP/2.0/UDP h;x=" + b"a" * (size - len(data) - 23) + b"\r\n" + end


def test_requests_that_wait_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert silent.MAX_BYTES >= silent.MAX_PENDING * 1100, "as many as there may be, as phones ask"
    monkeypatch.setattr(silent, "MAX_BYTES", 50 * MAX_DATAGRAM)
    desk = Desk()
    served = mac(5000)
    ask(desk, 5000, OTHER)
    desk.approve(served)
    desk.take()
    for number in range(200):
        data = large(number, MAX_DATAGRAM)
        assert len(data) == MAX_DATAGRAM
        desk.receive(data, ROUTER)
    assert len(desk.responder._pending) == 50
    assert desk.responder._pending.bytes == silent.MAX_BYTES
    assert limited(desk) == [(Limit.PENDING_BYTES, "", silent.MAX_BYTES)]
    assert desk.approve(mac(199)) is SendResult.OK_AND_NOTIFY
    assert desk.responder._pending.bytes == 49 * MAX_DATAGRAM
    assert desk.approve(mac(0)) is SendResult.NEVER_ASKED
    assert desk.approve(served) is SendResult.NOTIFY_ALONE


def test_the_bounds_in_all_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent, "MAX_PENDING", 3)
    monkeypatch.setattr("pnp_gui.pnp.transactions.MAX_ANSWERED", 3)
    monkeypatch.setattr("pnp_gui.pnp.responder.MAX_ANSWERED", 3)
    desk = Desk()
    for number in range(20):
        ask(desk, number)
    desk.approve_all = True
    for number in range(20):
        ask(desk, number)
    assert limited(desk) == [(Limit.PENDING, "", 3), (Limit.ANSWERED, "", 3)]
    again = [ask(desk, number) for number in (19, 18, 17, 16)]
    assert [kinds(out) for out in again] == [["200"]] * 3 + [["NOTIFY"]]


def test_those_held_back_are_bounded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent, "MAX_PENDING", 1)
    desk = Desk(approve_all=True)
    for number in range(MAX_UNCONFIRMED + 2):
        ask(desk, number)
    full = [event for event in desk.reported(Limited) if event.limit is Limit.PENDING]  # type: ignore[union-attr]
    assert full == [Limited(desk.now, Limit.PENDING, "", 1, True)]


def test_phones_that_get_no_row_push_out_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent, "MAX_PENDING", 3)
    desk = Desk()
    rows = {mac(number) for number in range(3)}
    asked: list[tuple[str, float]] = []

    def has_room(key: str, address: str, now: float) -> bool:
        asked.append((address, now))
        return key in rows

    desk.responder = Responder(desk.url_for, desk.new_id, has_room)
    for number in range(20):
        ask(desk, number)
    assert asked == [(ROUTER[0], desk.now)] * 20
    assert limited(desk) == []
    assert desk.approve(mac(0)) is SendResult.OK_AND_NOTIFY
    assert desk.approve(mac(7)) is SendResult.NEVER_ASKED
    # Approved beforehand, it is served without a row; and one that gets a row is kept again.
    desk.take()
    assert len(ask(desk, 7, call="next")) == 2
    rows.add(mac(8))
    ask(desk, 8, call="with a row")
    assert desk.approve(mac(8)) is SendResult.OK_AND_NOTIFY


def test_nothing_is_answered_to_port_0() -> None:
    desk = Desk()
    desk.approve_all = True
    assert ask(desk, 1, (ROUTER[0], 0)) == []
    (ignored,) = [event for event in desk.log if isinstance(event, Ignored)]
    assert "port 0" in ignored.reason
    # So it is not known, and where the phone truly is there is no conflict.
    assert len(ask(desk, 1, OTHER)) == 2
