"""A second address asks with a phone's MAC: nothing goes there, and nothing of it disturbs."""

from __future__ import annotations

import pytest

from pnp_gui.pnp import pending as pending_module
from pnp_gui.pnp import responder as responder_module
from pnp_gui.pnp import transactions as transactions_module
from pnp_gui.pnp.datagram import Datagram
from pnp_gui.pnp.events import (
    Answered,
    Conflict,
    Ignored,
    Limited,
    Message,
    Moved,
    NoAnswer,
    Outgoing,
    RebootAnswered,
    SubscribeReceived,
)
from pnp_gui.pnp.limits import Limit
from pnp_gui.pnp.send_result import SendResult
from tests.pnp.desk import Desk, read, respond
from tests.pnp.phones import AUDIOCODES, INTERFACE, PLAIN_KEY, PLAIN_SOURCE, plain

OTHER = ("10.13.3.9", 5060)
OTHER_LOCAL = ("10.13.3.2", 5060)
THIRD = ("10.13.4.4", 5060)


def from_elsewhere(desk: Desk, data: bytes, source: tuple[str, int] = OTHER) -> list[Outgoing]:
    desk.responder.receive(Datagram(data, source, OTHER_LOCAL, "eth1", desk.now))
    return desk.take()


def claimants(desk: Desk) -> list[str]:
    """For each conflict the address that `move` would have gone to."""
    return [event.other.source[0] for event in desk.reported(Conflict)]  # type: ignore[union-attr]


def test_a_second_address_gets_nothing_and_the_first_is_served_as_if_it_were_alone() -> None:
    alone, desk = Desk(approve_all=True), Desk(approve_all=True)
    for each in (alone, desk):
        each.receive(plain(), PLAIN_SOURCE)
    for seconds in (0.2, 0.6, 1.1, 9.0):
        desk.wait(seconds)
        alone.wait(seconds)
        assert from_elsewhere(desk, plain(call_id="theirs")) == []
        assert from_elsewhere(desk, plain()) == []
    desk.wait(100)
    alone.wait(100)
    assert desk.sent == alone.sent
    assert len(desk.reported(NoAnswer)) == 1
    assert claimants(desk) == [OTHER[0]] * 8
    assert [event.request.source for event in desk.reported(SubscribeReceived)] == [PLAIN_SOURCE]  # type: ignore[union-attr]


def test_the_answer_of_the_first_is_taken_and_that_of_the_second_is_not() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain())
    from_elsewhere(desk, respond(notify.data, 481, "No"))
    assert desk.reported(Answered) == []
    assert len(desk.reported(Ignored)) == 1
    desk.receive(respond(notify.data), PLAIN_SOURCE)
    assert [event.status for event in desk.reported(Answered)] == [200]  # type: ignore[union-attr]


def test_the_first_goes_on_being_answered_while_the_second_asks() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(plain(), PLAIN_SOURCE)
    desk.receive(respond(notify.data), PLAIN_SOURCE)
    from_elsewhere(desk, plain(call_id="theirs"))
    assert desk.receive(plain(), PLAIN_SOURCE) == [ok]
    assert [one.remote for one in desk.receive(plain(call_id="new"), PLAIN_SOURCE)] == [
        PLAIN_SOURCE
    ] * 2


def test_another_port_of_the_same_address_is_the_same_phone() -> None:
    desk = Desk(approve_all=True)
    desk.receive(plain(), PLAIN_SOURCE)
    assert len(desk.receive(plain(), (PLAIN_SOURCE[0], 5099))) == 2
    assert desk.reported(Conflict) == []


def test_of_a_phone_that_is_forgotten_its_double_is_forgotten_too() -> None:
    desk = Desk(approve_all=True)
    desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain())
    desk.responder.forget(PLAIN_KEY)
    desk.receive(plain(), PLAIN_SOURCE)
    assert not desk.responder.move(PLAIN_KEY, desk.now)


def test_phones_without_a_mac_are_two_phones() -> None:
    desk = Desk(approve_all=True)
    assert len(desk.receive(AUDIOCODES.wire(), AUDIOCODES.source())) == 2
    assert len(from_elsewhere(desk, AUDIOCODES.wire())) == 2
    assert desk.reported(Conflict) == []


def test_an_offer_goes_to_the_first_until_it_is_moved_and_then_to_the_second_alone() -> None:
    desk = Desk()
    desk.receive(plain(), PLAIN_SOURCE)
    desk.approve(PLAIN_KEY)
    ok, first = desk.take()
    desk.wait(0.1)
    from_elsewhere(desk, plain(call_id="theirs"))
    desk.responder.offer(PLAIN_KEY, desk.now)
    assert [one.remote for one in desk.take()] == [PLAIN_SOURCE]
    asked_at = desk.now
    desk.wait(0.3)
    assert desk.responder.move(PLAIN_KEY, desk.now)
    assert desk.take() == [], "it is the offer that sends"
    (moved,) = desk.reported(Moved)
    assert isinstance(moved, Moved)
    assert (moved.request.source, moved.at) == (OTHER, desk.now)
    assert moved.asked_at == pytest.approx(asked_at)
    assert desk.responder.offer(PLAIN_KEY, desk.now) is SendResult.OK_AND_NOTIFY
    out = desk.take()
    assert [one[1:] for one in out] == [(OTHER, "eth1", OTHER_LOCAL)] * 2
    assert read(out[0].data).one("Call-ID") == "theirs"
    before = len(desk.sent)
    assert desk.receive(plain(), PLAIN_SOURCE) == [], "its 200 neither"
    assert desk.receive(plain(call_id="again"), PLAIN_SOURCE) == []
    desk.wait(100)
    assert {one.remote for _, one in desk.sent[before:]} == {OTHER}
    assert claimants(desk)[-1] == PLAIN_SOURCE[0]
    assert desk.responder.move(PLAIN_KEY, desk.now)
    assert desk.responder.offer(PLAIN_KEY, desk.now) is SendResult.NOTIFY_ALONE
    assert [one.remote for one in desk.take()] == [PLAIN_SOURCE]
    assert ok.data != first.data


def test_moving_ends_the_question_to_reboot_and_without_a_conflict_it_does_nothing() -> None:
    desk = Desk(approve_all=True)
    assert not desk.responder.move(PLAIN_KEY, desk.now)
    desk.receive(plain(), PLAIN_SOURCE)
    assert not desk.responder.move(PLAIN_KEY, desk.now)
    desk.responder.reboot(PLAIN_KEY, desk.now)
    desk.take()
    from_elsewhere(desk, plain())
    assert PLAIN_KEY in desk.responder._notifier._reboots, "the second address does not end it"
    desk.responder.move(PLAIN_KEY, desk.now)
    assert desk.wait(100) == []
    assert desk.reported(RebootAnswered) == []
    assert desk.responder.reboot(PLAIN_KEY, desk.now) is SendResult.NOTIFY_ALONE
    assert [one.remote for one in desk.take()] == [OTHER]


def test_a_phone_that_nobody_approved_keeps_its_address_as_well_until_it_is_moved() -> None:
    desk = Desk()
    desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain())
    desk.approve(PLAIN_KEY)
    assert [one.remote for one in desk.take()] == [PLAIN_SOURCE] * 2
    desk.deny(PLAIN_KEY)
    desk.responder.move(PLAIN_KEY, desk.now)
    assert desk.take() == []
    desk.approve(PLAIN_KEY)
    assert [one.remote for one in desk.take()] == [OTHER] * 2


def test_of_many_addresses_one_is_kept_and_it_does_not_change_under_the_hand() -> None:
    desk = Desk(approve_all=True)
    desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain())
    for n in range(300):
        assert from_elsewhere(desk, plain(call_id=str(n)), (f"10.14.{n % 7}.{n % 250}", 5060)) == []
    assert claimants(desk) == [OTHER[0]] * 301
    assert len(desk.responder._conflicting) == 1
    desk.wait(31)
    from_elsewhere(desk, plain(call_id="newer"))
    desk.wait(31)
    from_elsewhere(desk, plain(), THIRD)
    assert claimants(desk)[-1] == OTHER[0], "its own newer request counts"
    desk.wait(1)
    from_elsewhere(desk, plain(), THIRD)
    assert claimants(desk)[-1] == THIRD[0], "it gave up"


def test_the_same_request_after_32_s_is_a_new_one_that_can_be_answered_in_time() -> None:
    desk = Desk(approve_all=True)
    desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain())
    desk.wait(40)
    from_elsewhere(desk, plain())
    desk.responder.move(PLAIN_KEY, desk.now)
    assert desk.responder.offer(PLAIN_KEY, desk.now) is SendResult.OK_AND_NOTIFY


def test_conflicts_go_with_the_silent_phones_that_are_pushed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pending_module, "MAX_PENDING", 2)
    desk = Desk()
    for number in range(5):
        data = plain(uri=f"sip:MAC0004130000{number:02d}@h")
        desk.receive(data, PLAIN_SOURCE)
        from_elsewhere(desk, data)
    assert desk.responder._conflicting.keys() == desk.responder._pending._phones.keys()
    assert len(desk.responder._conflicting) == 2


def test_of_too_many_conflicts_the_oldest_are_forgotten_and_that_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(responder_module, "MAX_CONFLICTING", 2)
    desk = Desk(approve_all=True)
    for number in range(5):
        data = plain(uri=f"sip:MAC0004130000{number:02d}@h", call_id=f"call{number}")
        desk.receive(data, PLAIN_SOURCE)
        from_elsewhere(desk, data)
    assert [key[-1] for key in desk.responder._conflicting] == ["3", "4"]
    assert desk.reported(Limited) == [Limited(desk.now, Limit.CONFLICTING, "", 2, True)]


def test_where_the_double_asks_at_such_length_that_another_is_forgotten_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    desk.receive(plain(uri="sip:MAC000413000000@h"), PLAIN_SOURCE)
    desk.receive(plain(), PLAIN_SOURCE)
    from_elsewhere(desk, plain(call_id="a longer one of theirs"))
    most = desk.responder._pending.bytes
    monkeypatch.setattr(pending_module, "MAX_BYTES", most)
    monkeypatch.setattr(pending_module, "MAX_PENDING", 2)
    desk.wait(1)
    assert desk.responder.move(PLAIN_KEY, desk.now)
    desk.take()
    assert desk.reported(Limited) == [Limited(desk.now, Limit.PENDING_BYTES, "", most, True)]


def test_a_second_address_is_not_heard_more_often_than_any_that_nobody_approved() -> None:
    desk = Desk(approve_all=True)
    desk.responder._requests.most = 3
    desk.receive(plain(), PLAIN_SOURCE)
    for _ in range(5):
        from_elsewhere(desk, plain())
    assert len(claimants(desk)) == 3
    assert [event.limit for event in desk.reported(Limited)] == [Limit.REQUESTS] * 2  # type: ignore[union-attr]


def test_an_undecided_phone_changes_places_with_its_double_and_back() -> None:
    desk = Desk()
    data, theirs = plain(), plain(call_id="a longer one of theirs")
    desk.receive(data, PLAIN_SOURCE)
    from_elsewhere(desk, theirs)
    for source, size in ((OTHER, len(theirs)), (PLAIN_SOURCE, len(data))):
        assert desk.responder.move(PLAIN_KEY, desk.now)
        assert desk.responder._pending.bytes == size
        last = desk.responder._pending.get(PLAIN_KEY)
        assert last is not None
        assert last.request.source == source
    assert desk.take() == []


# ---- answers that come late


def test_a_second_200_to_a_repeated_notify_is_shown_and_counts_as_nothing() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(), PLAIN_SOURCE)
    desk.wait(0.6)
    answer = respond(notify.data)
    desk.receive(answer, PLAIN_SOURCE)
    desk.wait(0.2)
    desk.receive(answer, PLAIN_SOURCE)
    desk.receive(respond(notify.data, 100, "Trying"), PLAIN_SOURCE)
    assert desk.reported(Ignored) == []
    assert len(desk.reported(Answered)) == 1
    last = desk.log[-2]
    assert isinstance(last, Message)
    assert (last.key, last.outgoing, last.interface) == (PLAIN_KEY, False, INTERFACE)
    assert (last.remote, last.data) == (PLAIN_SOURCE, answer)
    desk.receive(answer, OTHER)
    assert len(desk.reported(Ignored)) == 1, "from nobody it was sent to"


def test_an_answer_to_a_notify_that_was_replaced_is_shown_too() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(), PLAIN_SOURCE)
    desk.responder.offer(PLAIN_KEY, desk.now)
    desk.receive(respond(notify.data), PLAIN_SOURCE)
    assert desk.reported(Ignored, Answered) == []


def test_after_its_time_it_is_forgotten_and_no_timer_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(plain(), PLAIN_SOURCE)
    desk.receive(respond(notify.data), PLAIN_SOURCE)
    desk.wait(32)
    assert not desk.responder._notifier._transactions.ended
    desk.receive(respond(notify.data), PLAIN_SOURCE)
    assert len(desk.reported(Ignored)) == 1
    desk.responder.offer(PLAIN_KEY, desk.now)
    (alone,) = desk.take()
    desk.receive(respond(alone.data), PLAIN_SOURCE)
    assert desk.responder.deadline() == desk.now + 5.0
    desk.wait(5)
    assert desk.responder.deadline() is None
    assert not desk.responder._notifier._transactions.ended
    monkeypatch.setattr(transactions_module, "MAX_ENDED", 3)
    for _ in range(9):
        desk.responder.offer(PLAIN_KEY, desk.now)
    replaced = [datagram.data for datagram in desk.take()][:-1]
    for later, data in enumerate(reversed(replaced)):
        before = len(desk.reported(Ignored))
        desk.receive(respond(data), PLAIN_SOURCE)
        assert len(desk.reported(Ignored)) - before == (later >= 3)


def test_each_is_forgotten_in_its_own_time() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(plain(), PLAIN_SOURCE)
    desk.responder.offer(PLAIN_KEY, desk.now)
    (second,) = desk.take()
    desk.wait(4)
    desk.responder.offer(PLAIN_KEY, desk.now)
    desk.wait(2)
    desk.receive(respond(second.data), PLAIN_SOURCE)
    assert desk.reported(Ignored) == []
    desk.receive(respond(first.data), PLAIN_SOURCE)
    assert len(desk.reported(Ignored)) == 1
