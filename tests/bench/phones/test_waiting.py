"""Who began to ask and whose time is over."""

from __future__ import annotations

from pnp_gui.bench.phones.waiting import Waiting


def test_who_began_is_told_once() -> None:
    asking = Waiting()
    assert not asking
    asking.begin("A", 132.0)
    asking.begin("B", 132.5)
    asking.begin("A", 140.0)
    assert asking
    assert asking.take_began() == {"A", "B"}
    assert not asking
    assert asking.take_began() == set()


def test_whose_time_is_over_is_told_when_it_is_and_not_before() -> None:
    asking = Waiting()
    asking.begin("A", 132.0)
    asking.begin("B", 132.5)
    asking.begin("C", 200.0)
    assert asking.take_over(131.9) == set()
    assert asking.take_over(132.0) == {"A"}
    assert asking.take_over(132.4) == set()
    assert asking.take_over(150.0) == {"B"}
    assert asking.take_over(150.0) == set()
    assert asking._ending.keys() == {200}
