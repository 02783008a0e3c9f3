"""The limits by themselves: numbers, periods, and a bounded memory of sources."""

from __future__ import annotations

import pytest

from pnp_gui.pnp import limits
from pnp_gui.pnp.limits import QUIET, Bursts, Credit, Limit, Pace

A, B = "10.13.2.20", "10.13.2.21"


def test_a_pace_is_each_source_s_own_and_begins_anew_with_each_period() -> None:
    pace = Pace(2, 10.0)
    assert [pace.take(A, 5.0) for _ in range(4)] == [True, True, False, False]
    assert not pace.has_room(A, 14.9)
    assert pace.has_room(B, 14.9)
    assert pace.take(B, 14.9)
    assert pace.has_room(A, 15.0)
    assert [pace.take(A, 15.0) for _ in range(3)] == [True, True, False]


def test_what_is_given_back_can_be_taken_again() -> None:
    pace = Pace(2, 10.0)
    for _ in range(100):
        assert pace.take(A, 0.0)
        assert pace.take(A, 0.0)
        pace.give_back(A)
        pace.give_back(A)
    assert len(pace) == 0
    pace.give_back(A)  # of a period before
    assert [pace.take(A, 0.0) for _ in range(3)] == [True, True, False]
    pace.give_back(A)
    assert [pace.take(A, 0.0) for _ in range(2)] == [True, False]


def test_sources_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SOURCES", 3)
    pace = Pace(1, 10.0)
    assert all(pace.take(f"10.0.0.{n}", 0.0) for n in range(50))
    assert len(pace) == 3
    assert not pace.take("10.0.0.49", 0.0)
    assert pace.has_room("10.0.1.1", 0.0)
    credit = Credit()
    for n in range(50):
        for key in range(limits.MAX_UNCONFIRMED + 1):
            credit.take(f"10.0.0.{n}", str(key), 0.0)
    assert list(credit.waiting) == ["10.0.0.47", "10.0.0.48", "10.0.0.49"]


def test_who_waits_gets_the_turn_of_whoever_answers_in_order() -> None:
    credit = Credit()
    for n in range(limits.MAX_UNCONFIRMED):
        assert credit.take(A, str(n), 0.0)
    assert not credit.take(A, "x", 0.0)
    assert not credit.take(A, "y", 0.0)
    assert credit.take(B, "z", 0.0), "another source has its own"
    assert credit.next(A, 0.0) is None
    credit.confirm(B)
    assert credit.next(A, 0.0) is None
    credit.confirm(A)
    assert credit.next(A, 0.0) == "x"
    assert credit.take(A, "x", 0.0)
    assert credit.next(A, 0.0) is None
    credit.confirm(A)
    assert credit.next(A, 0.0) == "y"
    assert credit.next(A, 0.0) is None, "nobody is left"


def test_who_was_served_on_its_own_waits_no_more() -> None:
    credit = Credit()
    for n in range(limits.MAX_UNCONFIRMED):
        credit.take(A, str(n), 0.0)
    credit.take(A, "x", 0.0)
    assert credit.take(B, "x", 32.0)
    assert credit.take(A, "new", 32.0)
    assert credit.take(A, "x", 32.0), "the next period"
    assert credit.next(A, 32.0) is None


def test_who_waits_has_its_turn_under_its_new_key_alone() -> None:
    credit = Credit()
    for n in range(limits.MAX_UNCONFIRMED + 1):
        credit.take(A, str(n), 0.0)
    waiting = str(limits.MAX_UNCONFIRMED)
    credit.rename(B, waiting, "elsewhere")
    credit.rename(A, "0", "served")
    credit.rename(A, waiting, "new")
    credit.confirm(A)
    assert [credit.next(source, 0.0) for source in (A, A, B)] == ["new", None, None]


def test_a_burst_is_told_once_until_it_was_quiet() -> None:
    bursts = Bursts()
    assert bursts.is_first(Limit.NEW, A, 0.0)
    assert not any(bursts.is_first(Limit.NEW, A, float(n)) for n in range(200))
    assert bursts.is_first(Limit.NEW, B, 200.0)
    assert bursts.is_first(Limit.REQUESTS, A, 200.0)
    assert bursts.is_first(Limit.NEW, A, 199.0 + QUIET)


def test_bursts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BURSTS", 3)
    bursts = Bursts()
    for n in range(50):
        bursts.is_first(Limit.NEW, f"10.0.0.{n}", 0.0)
    assert list(bursts._last) == [(Limit.NEW, f"10.0.0.{n}") for n in (47, 48, 49)]
