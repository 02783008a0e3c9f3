"""An approved phone that accepted a URL, and would get another one now, says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pnp_gui.bench.decisions import older_urls
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.urls.rules import UrlRule
from tests.bench.rig import Set, mac

A, B = mac(1), mac(2)
OLD, NEW = "http://pbx/old/${mac}", "http://pbx/new/${mac}"


def status(at: Set, key: str) -> StatusKind:
    return status_of(at.bench.phones[key], at.clock.monotonic)


def serve(at: Set, *keys: str, url: str = OLD) -> None:
    at.bench.set_default_url(url)
    for key in keys:
        at.heard(key)
        at.bench.approve([key])
        exact = at.bench.preview(key)
        at.offered(key, exact)
        at.answered(key, 200, "OK", exact)


@pytest.fixture
def served(at: Set) -> Set:
    serve(at, A, B)
    assert status(at, A) is status(at, B) is StatusKind.ACCEPTED
    return at


def test_a_changed_default_makes_it_older_and_the_old_one_takes_that_back(served: Set) -> None:
    at = served
    assert at.bench.url_changes == 1
    at.bench.set_default_url(NEW)
    assert status(at, A) is status(at, B) is StatusKind.OLDER_URL
    assert at.bench.with_older_url() == [A, B]
    assert at.bench.counts().kinds[StatusKind.OLDER_URL] == 2
    assert at.bench.url_changes == 2
    at.bench.set_default_url(OLD)
    assert status(at, A) is status(at, B) is StatusKind.ACCEPTED
    assert at.bench.with_older_url() == []


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (lambda b: b.set_own_url([A], NEW), lambda b: b.undo()),
        (lambda b: b.set_url_rules([UrlRule("snom", "", NEW)]), lambda b: b.set_url_rules([])),
        (lambda b: b.set_own_url([A], "http://pbx/${vendor}/x"), lambda b: b.set_own_url([A], OLD)),
    ],
)
def test_so_does_an_own_url_and_a_rule(
    served: Set, change: Callable[[object], object], back: Callable[[object], object]
) -> None:
    change(served.bench)
    assert status(served, A) is StatusKind.OLDER_URL
    back(served.bench)
    assert status(served, A) is StatusKind.ACCEPTED


def test_the_new_one_accepted_ends_it(served: Set) -> None:
    at = served
    at.bench.set_default_url(NEW)
    exact = at.bench.preview(A)
    at.offered(A, exact)
    at.answered(A, 200, "OK", exact)
    phone = at.bench.phones[A]
    assert status(at, A) is StatusKind.ACCEPTED
    assert (phone.accepted_url, phone.accepted_at) == (exact, at.clock.unix)


def test_one_that_refuses_the_new_one_still_has_the_old_one(served: Set) -> None:
    at = served
    accepted_at = at.clock.unix
    at.bench.set_default_url(NEW)
    at.clock.forward(5)
    exact = at.bench.preview(A)
    at.offered(A, exact)
    at.answered(A, 481, "Gone", exact)
    phone = at.bench.phones[A]
    assert status(at, A) is StatusKind.REFUSED
    assert (phone.accepted_url, phone.accepted_at) == (f"http://pbx/old/{A.lower()}", accepted_at)


def test_a_url_changed_while_it_is_on_its_way(at: Set) -> None:
    at.bench.set_default_url(OLD)
    at.heard(A)
    at.bench.approve([A])
    exact = at.bench.preview(A)
    at.offered(A, exact)
    at.bench.set_default_url(NEW)
    assert status(at, A) is StatusKind.SENT
    at.answered(A, 200, "OK", exact)
    assert status(at, A) is StatusKind.OLDER_URL


def test_only_an_approved_one_would_get_another(served: Set) -> None:
    at = served
    at.bench.set_default_url(NEW)
    at.bench.undecide([A])
    at.bench.deny([B])
    assert (status(at, A), status(at, B)) == (StatusKind.ACCEPTED, StatusKind.DENIED)


def test_what_it_has_is_known_in_the_next_run_and_compared_again(served: Set) -> None:
    at = served
    before = at.bench.phones[A]
    at.bench.set_default_url(NEW)
    at = at.next_run()
    phone = at.bench.phones[A]
    assert (phone.accepted_url, phone.accepted_at) == (before.accepted_url, before.accepted_at)
    assert status(at, A) is StatusKind.OLDER_URL
    assert at.bench.url_changes == 0  # nobody changed anything in this run
    at.bench.close()


def test_many_phones_are_checked_in_slices(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_urls, "SLICE_SECONDS", 0.0)
    turns: list[Callable[[], bool]] = []
    keys = [mac(number) for number in range(50)]
    serve(at, *keys)
    at.bench.attach(at.wire, turns.append)
    while turns and turns[0]():
        pass
    turns.clear()
    at.bench.set_default_url(NEW)
    assert at.bench.with_older_url() == []
    assert at.bench.url_changes == -1
    (turn,) = turns
    slices = 1
    while turn():
        slices += 1
    assert slices > 1
    assert len(at.bench.with_older_url()) == 50
    assert at.bench.url_changes == 2


def test_one_that_comes_back_is_compared_with_the_url_of_today(served: Set) -> None:
    at = served
    at.bench.forget([A])
    at.bench.set_default_url(NEW)
    at.bench.undo()
    assert status(at, A) is StatusKind.OLDER_URL


def test_a_phone_that_is_forgotten_before_its_turn_is_no_change(served: Set) -> None:
    at = served
    turns: list[Callable[[], bool]] = []
    at.bench.attach(at.wire, turns.append)
    at.bench.set_default_url(NEW)
    at.bench.forget([A])
    at.bench.take_changes()
    (turn,) = turns
    while turn():
        pass
    assert at.bench.take_changes().changed == {B}
