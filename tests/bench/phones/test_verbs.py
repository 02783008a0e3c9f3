"""What each verb of a phone says about it afterwards: addresses in conflict, moves, reboots."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pnp_gui.bench.phones.others import OtherAddress
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot
from pnp_gui.pnp.makes import asks_for
from pnp_gui.pnp.subscribe import SubscribeRequest
from tests.bench.rig import ask, mac

A = mac(1)
FIRST, SECOND, THIRD = "10.13.1.1", "10.13.2.2", "10.13.3.3"


def at(address: str) -> SubscribeRequest:
    """A request from there, on the interface that its third number names."""
    return replace(ask(A, address), interface=f"eth{address[6]}")


def phone(decision: Decision = Decision.UNDECIDED) -> Phone:
    """One that asked twice, last at 110 (20 on the bench's clock)."""
    made = Phone(A, A, decision=decision)
    made.subscribed(at(FIRST), 100.0, 10.0)
    made.subscribed(at(FIRST), 110.0, 20.0)
    made.seen()
    return made


def conflict_of(one: Phone) -> OtherAddress:
    assert one.conflict is not None
    return one.conflict


def test_each_request_from_the_other_address_counts() -> None:
    one = phone()
    assert one.conflicted(at(SECOND), at(SECOND), 120.0, 30.0)
    assert one.conflict == OtherAddress(SECOND, "eth2", 30.0, 120.0, 30.0, 1)
    later = replace(at(SECOND), interface="eth9")
    assert not one.conflicted(later, later, 125.0, 35.0)
    assert one.conflict == OtherAddress(SECOND, "eth9", 30.0, 125.0, 35.0, 2)


def test_those_from_yet_other_addresses_count_apart() -> None:
    one = phone()
    one.conflicted(at(SECOND), at(SECOND), 120.0, 30.0)
    for _ in range(2):
        assert not one.conflicted(at(THIRD), at(SECOND), 130.0, 40.0)
    assert one.conflict == OtherAddress(SECOND, "eth2", 30.0, 120.0, 30.0, 1, further=2)


def test_another_address_that_would_be_answered_is_a_new_conflict() -> None:
    one = phone()
    one.conflicted(at(SECOND), at(SECOND), 120.0, 30.0)
    assert one.conflicted(at(THIRD), at(THIRD), 130.0, 40.0)
    assert one.conflict == OtherAddress(THIRD, "eth3", 40.0, 130.0, 40.0, 1)


def test_of_what_was_dropped_meanwhile_nothing_is_counted() -> None:
    """The request that would be answered is another one than that which came."""
    one = phone()
    assert one.conflicted(at(THIRD), at(SECOND), 120.0, 30.0)
    assert one.conflict == OtherAddress(SECOND, "eth2", 30.0, 120.0, 30.0, 0, further=1)


def test_it_moves_to_the_address_in_conflict_and_the_former_is_in_conflict() -> None:
    one = phone()
    for number in range(3):
        one.conflicted(at(SECOND), at(SECOND), 120.0 + number, 30.0 + number)
    assert not one.moved(at(SECOND), 150.0, 60.0, 32.0)
    assert (one.address, one.interface) == (SECOND, "eth2")
    assert (one.asked, one.last_seen, one.asked_at) == (3, 122.0, 32.0)
    assert one.asking_until == 32.0 + asks_for("snom")
    assert one.conflict == OtherAddress(FIRST, "eth1", 30.0, 110.0, 20.0, 2)
    assert not one.unseen


def test_it_moves_back_and_the_conflict_is_as_old_as_before() -> None:
    one = phone()
    one.conflicted(at(SECOND), at(SECOND), 120.0, 30.0)
    one.moved(at(SECOND), 150.0, 60.0, 30.0)
    one.moved(at(FIRST), 160.0, 70.0, 20.0)
    assert (one.address, one.asked, one.last_seen, one.asked_at) == (FIRST, 2, 110.0, 20.0)
    assert one.conflict == OtherAddress(SECOND, "eth2", 30.0, 120.0, 30.0, 1)


def test_an_address_of_which_no_request_was_counted_asked_once() -> None:
    one = phone()
    one.conflicted(at(THIRD), at(SECOND), 120.0, 30.0)
    one.moved(at(SECOND), 150.0, 60.0, 30.0)
    assert (one.asked, one.last_seen, one.asked_at) == (1, 120.0, 30.0)


@pytest.mark.parametrize("other", ["", THIRD])
def test_a_move_to_an_address_that_nobody_read_of_is_news(other: str) -> None:
    one = phone()
    if other:
        one.conflicted(at(other), at(other), 120.0, 30.0)
    assert one.moved(at(SECOND), 150.0, 60.0, 55.0)
    assert one.unseen
    assert (one.address, one.asked, one.last_seen, one.asked_at) == (SECOND, 1, 150.0, 60.0)
    assert one.asking_until == 55.0 + asks_for("snom")
    assert one.conflict == OtherAddress(FIRST, "eth1", 60.0, 110.0, 20.0, 2)


@pytest.mark.parametrize("decision", [Decision.APPROVED, Decision.DENIED])
def test_a_decided_phone_that_moves_is_no_news(decision: Decision) -> None:
    one = phone(decision)
    assert not one.moved(at(SECOND), 150.0, 60.0, 60.0)
    assert not one.unseen
    assert (one.conflict is None) == (decision is Decision.APPROVED)


def test_a_move_ends_what_was_under_way() -> None:
    one = phone(Decision.APPROVED)
    one.offered("http://h/a", 120.0, 30.0)
    one.answered(Progress.REFUSED, 121.0, 481, "Gone")
    one.reboot_changed(Reboot.ASKED, 122.0)
    one.moved(at(SECOND), 150.0, 60.0, 60.0)
    assert (one.progress, one.code, one.reason) == (Progress.ASKING, 0, "")
    assert one.reboot is Reboot.NONE


def test_a_row_of_an_earlier_run_moves_without_a_time_of_its_own() -> None:
    one = Phone(A, A, address=FIRST, interface="eth1")
    one.moved(at(SECOND), 150.0, 60.0, 60.0)
    assert conflict_of(one).last == 150.0


def test_how_a_reboot_ended() -> None:
    one = phone(Decision.APPROVED)
    one.reboot_changed(Reboot.ASKED, 120.0)
    assert (one.reboot, one.reboot_at, one.reboot_code) == (Reboot.ASKED, 120.0, 0)
    assert (one.reboot_reason, one.ports) == ("", ())
    one.reboot_changed(Reboot.NO_ANSWER, 152.0, ports=(5060, 5062))
    assert one.ports == (5060, 5062)
    one.reboot_changed(Reboot.REFUSED, 160.0, 489, "Bad Event")
    assert (one.reboot, one.reboot_at) == (Reboot.REFUSED, 160.0)
    assert (one.reboot_code, one.reboot_reason) == (489, "Bad Event")
    assert one.ports == (5060, 5062)


def test_how_an_offer_ended() -> None:
    one = phone(Decision.APPROVED)
    one.offered("http://h/a", 120.0, 30.0)
    assert (one.progress, one.progress_at, one.offered_at) == (Progress.SENT, 120.0, 30.0)
    one.answered(Progress.NO_ANSWER, 152.0, ports=(5060,))
    assert (one.code, one.reason) == (0, "")
    assert (one.progress, one.progress_at, one.ports) == (Progress.NO_ANSWER, 152.0, (5060,))
    assert (one.accepted_url, one.accepted_at) == ("", None)
    one.outdated(True)
    one.offered("http://h/b", 160.0, 70.0)
    assert not one.older
    one.answered(Progress.ACCEPTED, 161.0, 200, "OK")
    assert (one.code, one.reason, one.ports) == (200, "OK", ())
    assert (one.accepted_url, one.accepted_at) == ("http://h/b", 161.0)


@pytest.mark.parametrize(
    ("outcome", "was"),
    [(Progress.SENT, True), (Progress.NOT_SENT, True), (Progress.ACCEPTED, False)],
)
def test_what_is_withdrawn_asks_again(outcome: Progress, was: bool) -> None:
    one = phone(Decision.APPROVED)
    one.offered("http://h/a", 120.0, 30.0)
    one.answered(outcome, 121.0)
    assert one.withdrawn() is was
    assert one.progress is (Progress.ASKING if was else outcome)


def test_a_request_again_counts_and_changes_nothing_else() -> None:
    one = phone(Decision.APPROVED)
    until = one.asking_until
    one.offered("http://h/a", 120.0, 30.0)
    assert not one.subscribed(at(FIRST), 121.0, 31.0, again=True)
    assert (one.asked, one.last_seen, one.asked_at) == (3, 121.0, 31.0)
    assert (one.progress, one.asking_until, one.first_seen) == (Progress.SENT, until, 100.0)
    assert one.repeated


def test_it_is_news_once_until_it_has_stopped_asking() -> None:
    one = Phone(A, A)
    assert one.subscribed(at(FIRST), 100.0, 10.0)
    assert one.unseen
    one.seen()
    until = 10.0 + asks_for("snom")
    assert one.asking_until == until
    assert not one.repeated
    assert not one.subscribed(at(FIRST), 101.0, 11.0)
    assert one.subscribed(at(FIRST), 200.0, 11.0 + asks_for("snom"))


FACTS: list[dict[str, Any]] = [
    *({"interface": "eth7"}, {"make": "Yealink"}, {"takes_url": False}, {"mac_by_arp": True}),
    *({"model": "D120"}, {"version": "10.2"}, {"vendor": "other"}, {"profile": "user"}),
]


@pytest.mark.parametrize("facts", FACTS, ids=str)
def test_what_a_request_says_anew_is_in_the_row(facts: dict[str, Any]) -> None:
    one = phone()
    one.conflicted(at(SECOND), at(SECOND), 120.0, 30.0)
    request = at(FIRST)
    (name, value) = next(iter(facts.items()))
    if hasattr(request, name):
        request = replace(request, **facts)
    else:
        request = replace(request, event=request.event._replace(**facts))
    one.subscribed(request, 130.0, 40.0)
    assert getattr(one, name) == value
    assert conflict_of(one).address == SECOND


def test_it_asks_as_long_as_its_make_does() -> None:
    one = Phone(A, A)
    one.subscribed(replace(at(FIRST), make="Panasonic"), 100.0, 10.0)
    assert one.asking_until == 10.0 + asks_for("Panasonic") < 10.0 + asks_for("snom")
    one.moved(replace(at(SECOND), make="Panasonic"), 150.0, 60.0, 55.0)
    assert one.asking_until == 55.0 + asks_for("Panasonic")


def test_a_new_request_ends_what_was_said_of_the_last() -> None:
    one = phone(Decision.APPROVED)
    one.offered("http://h/a", 120.0, 30.0)
    one.answered(Progress.REFUSED, 121.0, 481, "Gone")
    one.reboot_changed(Reboot.ASKED, 122.0)
    one.subscribed(at(FIRST), 130.0, 40.0)
    assert (one.progress, one.code, one.reason) == (Progress.ASKING, 0, "")
    assert one.reboot is Reboot.NONE


def test_how_large_its_notify_is_is_known_from_its_first_request_of_this_run() -> None:
    """All else may be as in the run before."""
    before = phone()
    kept = ("address", "interface", "make", "model", "version", "vendor", "profile")
    stored = Phone(A, A, **{name: getattr(before, name) for name in kept})
    stored.subscribed(at(FIRST), 200.0, 10.0)
    assert stored.notify_size == before.notify_size > 0
