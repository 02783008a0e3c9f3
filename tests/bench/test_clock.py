"""The wall clock is set (NTP, dual boot), and the computer sleeps: what ends, ends all the same."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.pnp.events import Conflict, Ignored, SubscribeReceived
from tests.bench.rig import Set, ask, mac

A, B = mac(1), mac(2)
HOUR = 3600.0
SET = pytest.mark.parametrize("seconds", [-86400.0, -HOUR, -1.0, 0.0, 1.0, HOUR, 86400.0])


def status(at: Set, key: str = A) -> StatusKind:
    return status_of(at.bench.phones[key], at.bench.monotonic())


@SET
def test_a_phone_asks_for_its_own_time_however_the_clock_is_set(at: Set, seconds: float) -> None:
    at.heard(A)
    at.clock.unix += seconds
    at.clock.forward(31)
    at.bench.tick()
    assert status(at) is StatusKind.ASKING
    assert at.bench.counts().kinds[StatusKind.ASKING] == 1
    at.bench.take_changes()
    at.clock.forward(1)
    at.bench.tick()
    assert status(at) is StatusKind.QUIET
    assert at.bench.counts().kinds[StatusKind.ASKING] == 0
    assert at.bench.take_changes().changed == {A}, "the window is told"


@SET
def test_approve_all_leaves_alone_who_is_quiet(at: Set, seconds: float) -> None:
    at.heard(A)
    at.clock.forward(60)
    at.heard(B)
    at.clock.unix += seconds
    assert at.bench.approve_all(5) == 1
    assert at.decided(A, B) == [Decision.UNDECIDED, Decision.APPROVED]
    assert at.wire.told == [("offer", B)]


@SET
def test_one_that_asks_again_after_its_time_is_news(at: Set, seconds: float) -> None:
    at.heard(A)
    at.bench.mark_seen([A])
    at.clock.forward(33)
    at.clock.unix += seconds
    at.heard(A)
    assert at.bench.unseen == {A}


@SET
def test_a_second_address_takes_over_after_the_time_of_the_first(at: Set, seconds: float) -> None:
    at.heard(A)
    other = ask(A, "10.13.9.9")
    at.clock.unix += seconds
    at.clock.forward(31)
    at.absorb(Conflict(other, at.clock.monotonic, other))
    assert at.wire.told == []
    at.clock.forward(1)
    at.absorb(Conflict(other, at.clock.monotonic, other))
    assert at.wire.told == [("move", A)]


@SET
def test_undo_knows_what_was_sent_after_the_decision(at: Set, seconds: float) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.offered(A)
    at.clock.unix += seconds
    at.bench.set_label([A], "x")
    at.bench.undo()
    undone = at.bench.undo()
    assert undone is not None
    assert undone.sent == 1
    at.bench.approve([B])
    at.clock.unix -= 2 * seconds
    undone = at.bench.undo()
    assert undone is not None
    assert undone.sent == 0


@SET
def test_a_flood_of_ignored_datagrams_is_limited_by_the_second(at: Set, seconds: float) -> None:
    event = Ignored(at.clock.monotonic, ("10.13.2.9", 5060), "eth0", "no SIP", 0, 9)
    for _ in range(100):
        at.clock.unix += seconds
        at.absorb(event)
    assert len(at.bench.log) == 21


def test_what_is_read_late_is_not_asking_any_more(at: Set) -> None:
    """It came before the computer slept for an hour, and was read after it."""
    came = at.clock.monotonic
    at.clock.forward(HOUR)
    at.bench.approve_all(60)
    at.absorb(SubscribeReceived(ask(A), came, False))
    assert status(at) is StatusKind.QUIET
    assert at.decided(A) == [Decision.UNDECIDED]
    assert at.bench.phones[A].last_seen == at.clock.unix - HOUR
    at.absorb(SubscribeReceived(ask(B), at.clock.monotonic - 5, False))
    assert at.decided(B) == [Decision.APPROVED]
