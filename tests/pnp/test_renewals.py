"""A phone that subscribes for long, and one that subscribes again as soon as it was served."""

from __future__ import annotations

import pytest

from pnp_gui.pnp.events import Limited, Offered
from pnp_gui.pnp.limits import MAX_RENEWALS, RENEWAL_SECONDS, Limit
from tests.pnp.desk import Desk, kinds, read, respond
from tests.pnp.phones import PLAIN_KEY, PLAIN_SOURCE, plain

OTHER = ("10.13.2.68", 5060)
OTHER_MAC = "000413A21060"


def ask(desk: Desk, number: int, **changed: str) -> list[str]:
    """Ask anew, and take what comes at once: kinds of what was sent."""
    out = desk.receive(plain(call_id=f"renewal-{number}", **changed), PLAIN_SOURCE)  # type: ignore[arg-type]
    for datagram in out:
        if datagram.data.startswith(b"NOTIFY "):
            desk.receive(respond(datagram.data), PLAIN_SOURCE)
    return kinds(out)


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        ("Expires: 86400\r\n", "terminated;reason=noresource"),
        ("Expires: 1\r\n", "terminated;reason=noresource"),
        ("Expires: 3600 \r\n", "terminated;reason=noresource"),
        ("expires : 007\r\n", "terminated;reason=noresource"),
        (f"Expires: {'9' * 5000}\r\n", "terminated;reason=noresource"),
        ("Expires: 0\r\n", "terminated;reason=timeout"),
        ("Expires: 00\r\n", "terminated;reason=timeout"),
        ("Expires: 0\r\nExpires: 0\r\n", "terminated;reason=timeout"),
        ("", "terminated;reason=timeout"),
        ("Expires: soon\r\n", "terminated;reason=timeout"),
        ("Expires: \xb2\r\n", "terminated;reason=timeout"),
        ("Expires:\r\n", "terminated;reason=timeout"),
    ],
)
def test_the_notify_asks_a_long_subscription_not_to_be_renewed(expires: str, state: str) -> None:
    ok, notify = Desk(approve_all=True).receive(plain(more=expires), PLAIN_SOURCE)
    assert read(ok.data).one("Expires") == "0"
    assert read(notify.data).one("Subscription-State") == state


def test_a_handful_is_served_at_once_and_then_one_in_some_seconds() -> None:
    desk = Desk(approve_all=True)
    start, number = desk.now, 0
    while desk.now < start + 60:  # it asks again whenever it was served, and a little later
        assert number < 100
        if ask(desk, number):
            number += 1
        else:
            desk.now += 0.1
            desk.responder.expire(desk.now)
            for datagram in desk.take():
                if datagram.data.startswith(b"NOTIFY "):
                    desk.receive(respond(datagram.data), PLAIN_SOURCE)
                    number += 1
    served = [event.at - start for event in desk.log if isinstance(event, Offered)]
    assert served[: MAX_RENEWALS + 1] == [0.0] * (MAX_RENEWALS + 1)
    later = served[MAX_RENEWALS + 1 :]
    assert 60 / RENEWAL_SECONDS - 2 <= len(later) <= 60 / RENEWAL_SECONDS
    limited = [event for event in desk.log if isinstance(event, Limited) and event.first]
    assert [event[1:4] for event in limited] == [(Limit.RENEWALS, PLAIN_KEY, MAX_RENEWALS)]


def test_one_that_asks_once_too_often_and_then_waits_is_answered_by_the_timer() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_RENEWALS + 1):
        assert ask(desk, number) == ["200", "NOTIFY"]
    assert ask(desk, 99) == []
    assert ask(desk, 99) == []  # the same request once more
    sent = desk.wait(RENEWAL_SECONDS)
    assert kinds([datagram for _, datagram in sent]) == ["200", "NOTIFY"]
    assert read(sent[0][1].data).one("Call-ID") == "renewal-99"
    assert kinds(desk.receive(plain(call_id="renewal-99"), PLAIN_SOURCE)) == ["200"]


def test_the_newest_of_those_that_wait_is_answered() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_RENEWALS + 4):
        ask(desk, number)
    (_, ok), (_, notify) = desk.wait(RENEWAL_SECONDS)
    assert read(ok.data).one("Call-ID") == f"renewal-{MAX_RENEWALS + 3}"
    assert read(notify.data).one("Call-ID") == f"renewal-{MAX_RENEWALS + 3}"


def test_a_phone_that_boots_again_and_again_is_served_at_once() -> None:
    desk = Desk(approve_all=True)
    for number in range(50):
        assert ask(desk, number) == ["200", "NOTIFY"]
        desk.wait(RENEWAL_SECONDS)


@pytest.mark.parametrize("status", [300, 481])
def test_requests_forged_in_a_phones_name_which_it_refuses_hold_nothing_up(status: int) -> None:
    desk = Desk(approve_all=True)
    for number in range(50):
        _, notify = desk.receive(plain(call_id=f"forged-{number}"), PLAIN_SOURCE)
        desk.receive(respond(notify.data, status, "No"), PLAIN_SOURCE)
    assert ask(desk, 0) == ["200", "NOTIFY"]


def test_it_holds_up_no_other_phone() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_RENEWALS + 3):
        ask(desk, number)
    other = plain(uri=f"sip:MAC{OTHER_MAC}@h", call_id="other")
    for source in (PLAIN_SOURCE, OTHER):
        desk.responder.forget(OTHER_MAC)
        assert kinds(desk.receive(other, source)) == ["200", "NOTIFY"]


def test_one_that_waits_is_sent_nothing_once_it_is_denied_or_forgotten() -> None:
    for denied in (True, False):
        desk = Desk()
        desk.approve(PLAIN_KEY)
        for number in range(MAX_RENEWALS + 3):
            ask(desk, number)
        if denied:
            desk.deny(PLAIN_KEY)
        else:
            desk.responder.forget(PLAIN_KEY)
        assert desk.wait(100) == []
        assert desk.responder.deadline() is None


def test_one_that_waits_goes_on_waiting_when_its_mac_becomes_known() -> None:
    desk = Desk(approve_all=True)
    nobody = {"uri": "sip:h", "from_": "<sip:1@h>;tag=1", "to": "<sip:1@h>", "agent": ""}
    for number in range(MAX_RENEWALS + 2):
        ask(desk, number, **nobody)
    desk.responder.rename("ip:10.13.2.67", PLAIN_KEY)
    (_, ok), (_, notify) = desk.wait(RENEWAL_SECONDS)
    assert kinds([ok, notify]) == ["200", "NOTIFY"]
    assert [event.key for event in desk.reported(Offered)][-1] == PLAIN_KEY  # type: ignore[union-attr]


def test_one_that_waits_is_sent_its_url_when_the_technician_says_so() -> None:
    desk = Desk()
    desk.approve(PLAIN_KEY)
    for number in range(MAX_RENEWALS + 3):
        ask(desk, number)
    desk.approve(PLAIN_KEY)
    out = desk.take()
    assert kinds(out) == ["200", "NOTIFY"]
    desk.receive(respond(out[1].data), PLAIN_SOURCE)
    assert desk.wait(100) == []


def test_one_that_waits_and_is_forgotten_is_a_new_phone_when_it_asks() -> None:
    desk = Desk(approve_all=True)
    for number in range(MAX_RENEWALS + 3):
        ask(desk, number)
    desk.responder.forget(PLAIN_KEY)
    assert ask(desk, 99) == ["200", "NOTIFY"]
    assert desk.wait(100) == []


def test_a_late_answer_of_a_phone_that_was_forgotten_changes_nothing() -> None:
    desk = Desk()
    desk.approve(PLAIN_KEY)
    _, first = desk.receive(plain(), PLAIN_SOURCE)
    desk.approve(PLAIN_KEY)
    desk.responder.forget(PLAIN_KEY)
    desk.take()
    assert desk.receive(respond(first.data), PLAIN_SOURCE) == []
    assert desk.wait(100) == []


def test_a_renewal_within_our_dialog_goes_on_with_it() -> None:
    desk = Desk(approve_all=True)
    ok, first = desk.receive(plain(more="Expires: 60\r\n"), PLAIN_SOURCE)
    to = read(ok.data).one("To")
    ok2, second = desk.receive(plain(to=to, cseq="2 SUBSCRIBE"), PLAIN_SOURCE)
    assert read(ok2.data).one("To") == read(second.data).one("From") == to
    assert read(first.data).one("CSeq") == "1 NOTIFY"
    assert read(second.data).one("CSeq") == "2 NOTIFY"
    assert kinds(desk.receive(plain(to=to, cseq="2 SUBSCRIBE"), PLAIN_SOURCE)) == ["200"]
    third = desk.receive(plain(to=to, cseq="3 SUBSCRIBE"), PLAIN_SOURCE)[1]
    assert read(third.data).one("CSeq") == "3 NOTIFY"


def test_a_phone_that_refuses_and_asks_on_within_our_dialog_is_answered_at_a_pace() -> None:
    desk = Desk(approve_all=True)
    ok, notify = desk.receive(plain(more="Expires: 60\r\n"), PLAIN_SOURCE)
    to = read(ok.data).one("To")
    for number in range(2, MAX_RENEWALS + 2):
        desk.receive(respond(notify.data, 481, "No"), PLAIN_SOURCE)
        ok, notify = desk.receive(plain(to=to, cseq=f"{number} SUBSCRIBE"), PLAIN_SOURCE)
    desk.receive(respond(notify.data, 481, "No"), PLAIN_SOURCE)
    assert desk.receive(plain(to=to, cseq="99 SUBSCRIBE"), PLAIN_SOURCE) == []
    assert kinds([datagram for _, datagram in desk.wait(RENEWAL_SECONDS)]) == ["200", "NOTIFY"]


def test_one_that_asks_on_within_our_dialog_now_and_then_is_answered_at_once() -> None:
    desk = Desk(approve_all=True)
    ok, _ = desk.receive(plain(more="Expires: 60\r\n"), PLAIN_SOURCE)
    to = read(ok.data).one("To")
    for number in range(2, 3 * MAX_RENEWALS):
        desk.wait(RENEWAL_SECONDS)
        out = desk.receive(plain(to=to, cseq=f"{number} SUBSCRIBE"), PLAIN_SOURCE)
        assert kinds(out) == ["200", "NOTIFY"]
