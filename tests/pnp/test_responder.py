"""The exchange with one phone and with several, step by step on a clock that the test turns."""

from __future__ import annotations

import pytest

from pnp_gui.pnp import responder as responder_module
from pnp_gui.pnp import silent as silent_module
from pnp_gui.pnp.events import Answered, Heard, Ignored, Message, NoAnswer, Offered, Outgoing
from pnp_gui.pnp.responder import MAX_ANSWERED
from pnp_gui.pnp.sent import Sent
from pnp_gui.pnp.silent import MAX_SILENT
from pnp_gui.pnp.transaction import T4
from tests.pnp.desk import URL, Desk, branch_of, read, respond
from tests.pnp.phones import (
    AUDIOCODES,
    GRANDSTREAM,
    INTERFACE,
    LOCAL,
    PLAIN_KEY,
    PLAIN_SOURCE,
    SHAPES,
    SNOM,
    YEALINK,
    Shape,
    plain,
)

NOTIFY_TIMES = [0.0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
"""Seconds after the first (RFC 3261 section 17.1.2.2): pauses of 0.5, 1, 2, 4, 4 … s until 32."""


def kinds(out: list[Outgoing]) -> list[str]:
    """ "200" or "NOTIFY" of each."""
    return [read(datagram.data).first.split(" ")[datagram.data[:4] == b"SIP/"] for datagram in out]


# ---- silence


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_phone_that_is_not_approved_gets_nothing_at_all(shape: Shape) -> None:
    desk = Desk()
    for _ in range(6):
        assert desk.receive(shape.wire(), shape.source()) == []
        assert desk.wait(4) == []
    assert [event.again for event in desk.told(Heard)] == [False] + [True] * 5  # type: ignore[union-attr]
    assert desk.told(Offered, Ignored) == []
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
    assert desk.told(NoAnswer, Answered) == []


def test_an_offer_to_a_phone_that_is_not_approved_or_never_asked_sends_nothing() -> None:
    desk = Desk()
    assert desk.responder.offer("000413B7E102", desk.now) is Sent.NOT_HEARD
    desk.receive(SNOM.wire(), SNOM.source())
    assert desk.responder.offer(SNOM.key(), desk.now) is Sent.NOT_APPROVED
    assert desk.take() == []


def test_to_withdraw_from_a_phone_that_has_nothing_does_nothing() -> None:
    desk = Desk()
    desk.responder.withdraw("000413B7E102", desk.now)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.responder.withdraw(SNOM.key(), desk.now)
    desk.approve(SNOM.key())
    desk.receive(respond(desk.take()[1].data), SNOM.source())
    desk.responder.withdraw(SNOM.key(), desk.now)
    assert desk.take() == []


def test_a_forgotten_phone_leaves_nothing_behind_and_is_a_new_one_afterwards() -> None:
    desk = Desk()
    responder = desk.responder
    responder.forget(SNOM.key(), desk.now)
    desk.receive(SNOM.wire(), SNOM.source())
    responder.forget(SNOM.key(), desk.now)
    assert not responder._silent
    desk.approve(SNOM.key())
    assert desk.take() == []
    desk.receive(SNOM.wire(), SNOM.source())
    responder.reboot(SNOM.key(), desk.now)
    responder.forget(SNOM.key(), desk.now)
    assert (responder._served, responder._reboots, len(responder._notifies)) == ({}, {}, 0)
    assert not responder._answered
    responder.expire(desk.now + T4)
    assert responder.deadline() is None
    desk.take()
    # The same bytes again are a first request: a technician who approves it serves it.
    desk.deny(SNOM.key())
    assert desk.receive(SNOM.wire(), SNOM.source()) == []
    last = desk.told(Heard)[-1]
    assert isinstance(last, Heard)
    assert not last.again
    assert desk.approve(SNOM.key()) is Sent.OK_AND_NOTIFY


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
    assert desk.approve(GRANDSTREAM.key()) is Sent.OK_AND_NOTIFY
    out = desk.take()
    assert kinds(out) == ["200", "NOTIFY"]
    offered = desk.told(Offered)
    assert offered == [Offered(GRANDSTREAM.key(), desk.now, URL, True, INTERFACE, "10.13.2.67")]


@pytest.mark.parametrize("seconds", [32.0, 1000.0])
def test_an_approval_later_sends_the_notify_alone(seconds: float) -> None:
    desk = Desk()
    desk.receive(GRANDSTREAM.wire(), GRANDSTREAM.source())
    desk.wait(seconds)
    assert desk.approve(GRANDSTREAM.key()) is Sent.NOTIFY_ALONE
    out = desk.take()
    assert kinds(out) == ["NOTIFY"]
    assert out[0].remote == GRANDSTREAM.source()
    assert desk.told(Offered) == [
        Offered(GRANDSTREAM.key(), desk.now, URL, False, INTERFACE, "10.13.2.67")
    ]


def test_the_32_s_count_from_the_first_try_not_from_a_retransmission() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(31)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(2)
    assert desk.approve(SNOM.key()) is Sent.NOTIFY_ALONE


def test_the_url_is_the_one_given_at_that_moment() -> None:
    desk = Desk(urls={SNOM.key(): "http://h/1"})
    assert read(desk.receive(SNOM.wire(), SNOM.source())[1].data).body == b"http://h/1"
    desk.approve(SNOM.key(), "http://h/2")
    assert read(desk.take()[0].data).body == b"http://h/2"


def test_a_phone_without_a_mac_is_known_by_its_address() -> None:
    desk = Desk()
    for ip in ("10.13.2.67", "10.13.2.68"):
        desk.receive(AUDIOCODES.wire(ip), AUDIOCODES.source(ip))
    assert desk.approve("ip:10.13.2.68") is Sent.OK_AND_NOTIFY
    assert {datagram.remote for datagram in desk.take()} == {("10.13.2.68", 5060)}


# ---- retransmissions of the phone


def test_a_retransmission_gets_the_same_200_and_no_second_notify() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(YEALINK.wire(), YEALINK.source())
    desk.receive(respond(notify.data), YEALINK.source())
    for seconds in (0.0, 0.5, 1.0, 2.0, 28.4):
        assert desk.wait(seconds) == []
        assert desk.receive(YEALINK.wire(), YEALINK.source()) == [ok]
    assert len(desk.told(Offered)) == 1
    assert [event.again for event in desk.told(Heard)] == [False] + [True] * 5  # type: ignore[union-attr]
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


# ---- the NOTIFY on its way


def test_the_notify_is_sent_again_until_32_s_and_then_there_is_no_answer() -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    again = desk.wait(100)
    assert [0.0, *(at - start for at, _ in again)] == NOTIFY_TIMES
    assert {datagram for _, datagram in again} == {notify}
    assert desk.told(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL)]
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
    assert desk.told(Answered) == [Answered(SNOM.key(), desk.now, status, reason, URL)]
    assert desk.wait(100) == []
    assert desk.told(NoAnswer, Ignored) == []


@pytest.mark.parametrize("status", [100, 183, 199])
def test_a_provisional_response_makes_it_every_4_s(status: int) -> None:
    desk = Desk(approve_all=True)
    start = desk.now
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(0.1)
    desk.receive(respond(notify.data, status), SNOM.source())
    # RFC 3261 17.1.2.2: Timer E runs on and is T2 from then on
    assert [at - start for at, _ in desk.wait(100)] == [0.5, *(4.5 + 4 * n for n in range(7))]
    assert desk.told(Answered) == []
    assert desk.told(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL)]


def test_a_response_from_another_host_is_ignored() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(notify.data), ("10.13.2.68", SNOM.port))
    assert desk.told(Answered) == []
    (ignored,) = desk.told(Ignored)
    assert isinstance(ignored, Ignored)
    assert (ignored.source, ignored.interface) == (("10.13.2.68", SNOM.port), INTERFACE)
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
    assert desk.told(Answered) == []
    assert len(desk.told(Ignored)) == 1


def test_a_response_with_more_vias_and_parameters_is_still_ours() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    via = f"SIP/2.0/UDP 10.13.2.2:5060;received=10.13.2.2;Branch = {branch_of(notify.data)}"
    response = f"SIP/2.0 200 Ok\nv : {via} , SIP/2.0/UDP other;branch=z9hG4bKx\n\n".encode()
    desk.receive(response, SNOM.source())
    assert len(desk.told(Answered)) == 1


def test_the_reason_shown_is_short_and_printable() -> None:
    desk = Desk(approve_all=True)
    _, notify = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(notify.data, 481, "weg\x9b\t" + "x" * 5000), SNOM.source())
    (answered,) = desk.told(Answered)
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
    assert desk.told(NoAnswer) == [NoAnswer(SNOM.key(), start + 32.0, URL)]


def test_a_timer_later_than_32_s_sends_nothing_and_tells_no_answer_once() -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), SNOM.source())
    desk.now += 500
    desk.responder.expire(desk.now)
    assert desk.take() == []
    assert desk.told(NoAnswer) == [NoAnswer(SNOM.key(), desk.now, URL)]
    assert desk.responder.deadline() is None


def test_an_early_timer_does_nothing() -> None:
    desk = Desk(approve_all=True)
    desk.receive(SNOM.wire(), SNOM.source())
    due = desk.responder.deadline()
    assert due == desk.now + 0.5
    desk.responder.expire(due - 0.001)
    assert desk.take() == []
    assert desk.responder.deadline() == due


# ---- send again, new requests


def test_send_again_is_the_next_notify_of_the_same_dialog_and_replaces_the_first() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(SNOM.wire(), SNOM.source())
    desk.wait(0.2)
    assert desk.responder.offer(SNOM.key(), desk.now) is Sent.NOTIFY_ALONE
    (second,) = desk.take()
    one, two = read(first.data), read(second.data)
    assert (one.one("CSeq"), two.one("CSeq")) == ("1 NOTIFY", "2 NOTIFY")
    for name in ("From", "To", "Call-ID", "Event"):
        assert one.one(name) == two.one(name)
    assert branch_of(first.data) != branch_of(second.data)
    assert {datagram for _, datagram in desk.wait(100)} == {second}
    assert len(desk.told(NoAnswer)) == 1
    desk.receive(respond(first.data), SNOM.source())
    assert desk.told(Answered) == []


def test_send_again_after_the_answer() -> None:
    desk = Desk(approve_all=True)
    _, first = desk.receive(SNOM.wire(), SNOM.source())
    desk.receive(respond(first.data), SNOM.source())
    desk.wait(300)
    assert desk.responder.offer(SNOM.key(), desk.now) is Sent.NOTIFY_ALONE
    (second,) = desk.take()
    assert read(second.data).one("CSeq") == "2 NOTIFY"
    desk.receive(respond(second.data, 481, "Gone"), SNOM.source())
    assert [event.status for event in desk.told(Answered)] == [200, 481]  # type: ignore[union-attr]


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
    assert {datagram for _, datagram in desk.wait(100)} == {second}


def test_a_phone_that_asks_anew_while_silent_is_answered_for_the_last_request() -> None:
    desk = Desk()
    desk.receive(plain(call_id="old"), PLAIN_SOURCE)
    desk.wait(31)
    desk.receive(plain(call_id="new"), PLAIN_SOURCE)
    desk.wait(31)
    assert desk.approve(PLAIN_KEY) is Sent.OK_AND_NOTIFY
    assert [read(datagram.data).one("Call-ID") for datagram in desk.take()] == ["new", "new"]


def test_the_same_request_after_32_silent_seconds_is_new() -> None:
    desk = Desk()
    desk.receive(plain(), PLAIN_SOURCE)
    desk.wait(32)
    desk.receive(plain(), PLAIN_SOURCE)
    assert [event.again for event in desk.told(Heard)] == [False, False]  # type: ignore[union-attr]
    assert desk.approve(PLAIN_KEY) is Sent.OK_AND_NOTIFY


def test_denied_and_approved_again_inside_the_window_it_is_the_next_notify() -> None:
    desk = Desk()
    desk.receive(SNOM.wire(), SNOM.source())
    desk.approve(SNOM.key())
    desk.take()
    desk.deny(SNOM.key())
    assert desk.approve(SNOM.key()) is Sent.NOTIFY_ALONE
    (notify,) = desk.take()
    assert read(notify.data).one("CSeq") == "2 NOTIFY"


# ---- several phones


def test_phones_do_not_disturb_each_other() -> None:
    desk = Desk(approve_all=True)
    notifies = {
        shape.name: desk.receive(shape.wire(f"10.13.2.{n}"), shape.source(f"10.13.2.{n}"))[1]
        for n, shape in enumerate(SHAPES.values(), 20)
    }
    assert len({branch_of(notify.data) for notify in notifies.values()}) == len(SHAPES)
    silent = notifies.popitem()[1]
    for notify in notifies.values():
        desk.receive(respond(notify.data), notify.remote)
    assert {datagram for _, datagram in desk.wait(100)} == {silent}
    assert len(desk.told(Answered)) == len(SHAPES) - 1
    assert len(desk.told(NoAnswer)) == 1


def test_timers_of_many_phones_are_kept_in_order() -> None:
    desk = Desk(approve_all=True)
    for n in range(20):
        source = (f"10.13.2.{n + 20}", 5060)
        desk.receive(plain(uri=f"sip:MAC0004130000{n:02d}@h", call_id=str(n)), source)
        desk.wait(0.03)
    desk.wait(100)
    times = [at for at, _ in desk.sent]
    assert times == sorted(times)
    assert len(times) == 20 * (1 + len(NOTIFY_TIMES))
    assert len(desk.told(NoAnswer)) == 20


def test_silent_phones_are_bounded_and_served_ones_never_pushed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MAX_SILENT >= 10_000
    monkeypatch.setattr(silent_module, "MAX_SILENT", 3)
    desk = Desk()

    def ask(number: int, call_id: str = "1") -> str:
        source = (f"10.13.2.{number}", 5060)
        desk.receive(plain(uri=f"sip:MAC0004130000{number:02d}@h", call_id=call_id), source)
        return f"0004130000{number:02d}"

    served = ask(20)
    desk.approve(served)
    desk.urls.clear()  # undecided again: it keeps its place all the same
    first, second, third = ask(21), ask(22), ask(23)
    ask(21, "2")  # asked anew: no longer the oldest
    fourth = ask(24)
    offers = {key: desk.approve(key) for key in (served, first, second, third, fourth)}
    assert offers == {
        served: Sent.NOTIFY_ALONE,
        first: Sent.OK_AND_NOTIFY,
        second: Sent.NOT_HEARD,
        third: Sent.OK_AND_NOTIFY,
        fourth: Sent.OK_AND_NOTIFY,
    }
    for number in range(30, 60):
        ask(number)
    assert len(desk.responder._silent) == 3
    assert desk.responder.offer(first, desk.now) is Sent.NOTIFY_ALONE
    desk.urls.clear()
    ask(20, "2")  # served once, undecided now: what it asks anew keeps its place, too
    for number in range(60, 90):
        ask(number)
    assert desk.approve(served) is Sent.OK_AND_NOTIFY


def test_the_200s_that_are_sent_again_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ANSWERED >= 10_000
    monkeypatch.setattr(responder_module, "MAX_ANSWERED", 3)
    desk = Desk(approve_all=True)
    source = ("10.13.2.20", 5060)
    for number in range(5):
        desk.receive(plain(call_id=str(number)), source)
    assert len(desk.responder._answered) == 3
    assert kinds(desk.receive(plain(call_id="4"), source)) == ["200"]
    assert kinds(desk.receive(plain(call_id="2"), source)) == ["200"]
    assert kinds(desk.receive(plain(call_id="1"), source)) == ["200", "NOTIFY"]


# ---- what is told


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

    heard = desk.log[1]
    assert isinstance(heard, Heard)
    assert (heard.ask.key, heard.at, heard.again) == (SNOM.key(), start, False)
    assert desk.log == [
        message(start, False, data),
        heard,
        message(start + 1, True, ok.data),
        message(start + 1, True, notify.data),
        Offered(SNOM.key(), start + 1, URL, True, INTERFACE, source[0]),
        message(start + 1.5, True, notify.data),
        message(start + 1.5, False, answer),
        Answered(SNOM.key(), start + 1.5, 200, "OK", URL),
    ]


def test_where_a_datagram_was_sent_to_is_noted_and_changes_no_answer() -> None:
    group = ("224.0.1.75", 5060)
    answers = []
    for to in (None, LOCAL, group):
        desk = Desk(approve_all=True)
        desk.responder.receive(SNOM.wire(), SNOM.source(), LOCAL, INTERFACE, desk.now, to)
        out = desk.take()
        answers.append(out)
        assert {each.local for each in out} == {LOCAL}
        desk.responder.receive(respond(out[1].data), SNOM.source(), LOCAL, INTERFACE, desk.now, to)
        desk.take()
        messages = [each for each in desk.log if isinstance(each, Message)]
        assert [(each.outgoing, each.to) for each in messages] == [
            (False, to),
            (True, None),
            (True, None),
            (False, to),
        ]
    assert answers[0] == answers[1] == answers[2]


def test_what_is_ignored_is_told_with_reason_offset_and_size() -> None:
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
    desk.responder.receive(SNOM.wire(), SNOM.source(), LOCAL, INTERFACE, desk.now)
    assert len(desk.responder.datagrams()) == 2
    assert desk.responder.datagrams() == []
    assert len(desk.responder.events()) == 5
    assert desk.responder.events() == []
