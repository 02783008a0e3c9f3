"""Requests are kept to be shown: bounded for each phone and in total."""

from __future__ import annotations

import tracemalloc
from itertools import count

import pytest

from pnp_gui.bench.fetches.kept import FETCH_BYTES, MAX_BYTES, MAX_FETCHES, KeptFetches
from pnp_gui.files.fetch import Fetch
from tests.bench.fetches.shelf import HOME, Shelf
from tests.bench.rig import mac

A, B = mac(1), mac(2)
numbers = count()


def fetch(*, ended: bool = True, agent: str = "snomD785-SIP 10.1.184.15 1.0") -> Fetch:
    number = next(numbers)
    return Fetch(
        scheme="http",
        remote=(f"10.13.2.{number % 250}", 40_000 + number),
        local=("10.13.2.2", 8080),
        method="GET",
        target=f"/snom/{number:012}.htm?a=1",
        name=f"snom/{number:012}.htm",
        at=1000.5 + number,
        agent=f"{agent}{number}",
        request=b"GET / HTTP/1.1\r\n" + bytes(250 + number % 10),
        answer=b"HTTP/1.1 200 OK\r\n" + bytes(250 + number % 10),
        status=200,
        size=1000 + number,
        sent=1000 + number,
        ended=1001.5 + number if ended else None,
    )


def test_the_oldest_of_a_phone_go_first() -> None:
    kept = KeptFetches()
    fetches = [fetch() for _ in range(MAX_FETCHES + 3)]
    other = fetch()
    kept.note(B, other)
    for each in fetches:
        kept.note(A, each)
    assert kept.of(A) == fetches[3:]
    assert (kept.of(B), kept.key_of(other)) == ([other], B)
    assert (len(kept), kept.key_of(fetches[0])) == (MAX_FETCHES + 1, None)


def test_a_download_that_goes_on_stays() -> None:
    kept = KeptFetches(most=4)
    long = fetch(ended=False)
    kept.note(A, long)
    for _ in range(20):
        kept.note(A, fetch())
    assert kept.of(A)[0] is long
    assert len(kept) == 4
    for _ in range(20):
        kept.note(A, fetch(ended=False))
    assert len(kept) == 4


def test_in_total_there_is_a_bound_too() -> None:
    kept = KeptFetches(max_bytes=100_000)
    for number in range(1_000):
        kept.note(mac(number), fetch(agent="x" * 500))
    assert 95_000 < kept.bytes <= 100_000
    assert len(kept) < 100
    assert kept.of(mac(999))
    assert not kept.of(mac(0))
    assert kept.change_of(mac(0)) == 0
    for number in range(1_000):
        kept.forget(mac(number))
    assert (len(kept), kept.bytes) == (0, 0)
    assert vars(kept)["_of"] == vars(kept)["_changed"] == {}


def test_what_it_counts_is_what_it_takes() -> None:
    kept = KeptFetches()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(2_000):
            kept.note(mac(number // 4), fetch())
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept.bytes < MAX_BYTES
    assert 0.8 * kept.bytes < taken < 1.1 * kept.bytes, (taken, kept.bytes, FETCH_BYTES)


def test_a_view_sees_by_a_number_that_there_is_something_new(shelf: Shelf) -> None:
    shelf.accepts(A)
    seen = [shelf.bench.talk.state_of(A)[-1]]

    def changed() -> bool:
        seen.append(shelf.bench.talk.state_of(A)[-1])
        return seen[-1] not in seen[:-1]

    going = shelf.begins("a.cfg", 60_000)
    assert changed()
    assert not changed()
    shelf.goes_on(going, 30_000)
    assert changed()
    shelf.ends(going)
    assert changed()
    shelf.accepts(B, address="10.13.2.99")
    shelf.fetches("b.cfg", address="10.13.2.99")
    assert not changed()
    assert shelf.bench.fetches_of(A) == [going]


@pytest.mark.parametrize("back", [False, True])
def test_those_of_a_forgotten_phone_go(shelf: Shelf, back: bool) -> None:
    shelf.accepts(A)
    shelf.fetches("a.cfg")
    shelf.bench.forget([A])
    if back:
        shelf.bench.undo()
    assert shelf.bench.fetches_of(A) == []
    assert shelf.bench.talk.state_of(A)[-1] == 0


def test_those_of_a_phone_whose_mac_is_found_stay(shelf: Shelf) -> None:
    by_address = f"ip:{HOME}"
    shelf.accepts(by_address)
    fetched = shelf.fetches("a.cfg")
    shelf.bench.attach_neighbours(lambda: {("eth0", HOME): A})
    shelf.wait(3)
    assert list(shelf.bench.phones) == [A]
    assert shelf.bench.fetches_of(A) == [fetched]
    assert shelf.bench.fetches_of(by_address) == []
    assert shelf.files(A).name == "a.cfg"
