"""Phones that started to ask, and those whose time is over."""

from __future__ import annotations

from pnp_gui.bench.phones.waiting import Waiting


def test_each_that_started_is_given_once() -> None:
    waiting = Waiting()
    assert not waiting
    waiting.add("A", 132.0)
    waiting.add("B", 132.5)
    waiting.add("A", 140.0)
    assert waiting
    assert waiting.take_new() == {"A", "B"}
    assert not waiting
    assert waiting.take_new() == set()


def test_each_is_given_when_its_time_is_over_and_not_before() -> None:
    waiting = Waiting()
    waiting.add("A", 132.0)
    waiting.add("B", 132.5)
    waiting.add("C", 200.0)
    assert waiting.take_expired(131.9) == set()
    assert waiting.take_expired(132.0) == {"A"}
    assert waiting.take_expired(132.4) == set()
    assert waiting.take_expired(150.0) == {"B"}
    assert waiting.take_expired(150.0) == set()
    assert waiting._by_second.keys() == {200}
