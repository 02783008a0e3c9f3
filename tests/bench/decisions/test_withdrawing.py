"""Very many phones are denied at once: what is under way ends at once, the rest has its turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.decisions import sending
from pnp_gui.bench.phones.phone import Progress
from pnp_gui.bench.store.store import Store
from tests.bench.air import Air, subscribe

KEYS = [f"0004130000{number:02X}" for number in range(3)]
SILENT_FOR = 40.0
"""Seconds in which a NOTIFY is repeated and given up."""


class Crowd:
    """Approved phones that were sent their URL and say nothing; turns of the loop by hand."""

    def __init__(self, folder: Path) -> None:
        self.air = Air()
        self.bench = Bench(Store.open(folder))
        self.bench.load()
        self.air.join(self.bench)
        self.work: list[Callable[[], bool]] = []
        self.bench.attach(self.air, self.work.append)
        for number, key in enumerate(KEYS):
            self.air.hear(subscribe(key, f"192.0.2.{number + 1}", "a"), (f"192.0.2.{number}", 5060))
        self.bench.approve(KEYS)
        self.turns()
        assert len(self.air.take()) == 2 * len(KEYS)

    def turns(self) -> None:
        while self.work:
            slice_ = self.work.pop()
            while slice_():
                pass


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crowd:
    monkeypatch.setattr(sending, "MANY", 0)
    return Crowd(tmp_path)


def test_what_is_under_way_ends_before_the_first_turn(crowd: Crowd) -> None:
    crowd.bench.deny(KEYS)
    crowd.air.expire(SILENT_FOR)
    assert crowd.air.take() == []


def test_the_wire_hears_of_phones_too_whose_rows_tell_of_nothing_under_way(crowd: Crowd) -> None:
    crowd.bench.phones[KEYS[0]].answered(Progress.ACCEPTED, 0.0)  # a fault: it did not
    crowd.bench.deny(KEYS)
    crowd.turns()
    crowd.air.expire(SILENT_FOR)
    assert crowd.air.take() == []


def test_a_phone_that_is_approved_again_before_its_turn_is_served(crowd: Crowd) -> None:
    crowd.bench.phones[KEYS[0]].answered(Progress.ACCEPTED, 0.0)
    crowd.bench.deny(KEYS)
    waiting, crowd.work = crowd.work, []
    assert waiting
    crowd.bench.approve(KEYS[:1])
    crowd.work = waiting
    crowd.turns()
    assert crowd.air.starts() == ["NOTIFY 192.0.2.0"]
    crowd.air.expire(SILENT_FOR)
    assert len(crowd.air.take()) > 1


def test_a_forgotten_phone_takes_nothing_from_the_one_that_comes_after_it(crowd: Crowd) -> None:
    """It has its key, and is another phone: what is under way to it goes on."""
    crowd.bench.phones[KEYS[0]].answered(Progress.ACCEPTED, 0.0)
    crowd.bench.deny(KEYS)
    waiting, crowd.work = crowd.work, []
    crowd.bench.forget(KEYS[:1])
    crowd.air.hear(subscribe(KEYS[0], "192.0.2.1", "b"), ("192.0.2.0", 5060))
    crowd.bench.approve(KEYS[:1])
    crowd.work = waiting + crowd.work
    crowd.turns()
    crowd.air.take()
    crowd.air.expire(1.0)
    assert crowd.air.take() != []
