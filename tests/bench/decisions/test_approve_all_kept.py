"""Approve all over a restart and with clocks that are set: never longer than its time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.store.settings import APPROVE_ALL, APPROVE_ALL_SEEN
from pnp_gui.bench.store.store import FILE
from tests.bench.floor_of_phones import Set, mac, start

A, B, C, D = (mac(number) for number in (1, 2, 3, 4))
APPROVED, UNDECIDED = Decision.APPROVED, Decision.UNDECIDED


def test_after_a_restart_it_goes_on_until_its_time(at: Set) -> None:
    at.bench.approve_all(5, "snom")
    at.heard(A)
    at.clock.forward(6)
    at.bench.tick()
    at.clock.forward(114)
    again = at.restarted()
    state = again.bench.approving_all
    assert state is not None
    assert (state.make, state.left, state.approved) == ("snom", 180, 1)
    again.heard(B)
    again.heard(C, make="Yealink")
    assert again.decided(B, C) == [APPROVED, UNDECIDED]
    again.clock.forward(180)
    again.heard(D)
    assert again.decided(D) == [UNDECIDED]
    again.bench.close()


def test_after_a_restart_nobody_is_answered_until_somebody_shows_it(at: Set) -> None:
    at.bench.approve_all(5)
    at.bench.store.close()
    again = start(at.folder, at.clock)
    again.heard(A)
    assert (again.decided(A), again.bench.approving_all) == ([UNDECIDED], None)
    again.bench.resume_approve_all()
    again.heard(A)
    assert again.decided(A) == [APPROVED]
    again.bench.close()


def test_a_start_after_its_time_finds_it_off(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.forward(300)
    assert at.restarted().bench.approving_all is None


def test_a_clock_set_back_does_not_prolong_it(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.forward(200)
    at.clock.unix -= 180
    state = at.bench.approving_all
    assert state is not None
    assert state.left == 100
    at.clock.forward(100)
    at.heard(A)
    assert at.decided(A) == [UNDECIDED]


@pytest.mark.parametrize("seconds", [-86400, -3600, -1, 1, 299, 3600, 86400])
def test_a_clock_that_is_set_neither_ends_nor_prolongs_it(at: Set, seconds: float) -> None:
    at.bench.approve_all(5)
    at.clock.unix += seconds
    at.clock.forward(299)
    at.heard(A)
    assert at.decided(A) == [APPROVED]
    state = at.bench.approving_all
    assert state is not None
    assert (state.left, state.ends) == (1, at.clock.unix + 1)
    at.clock.forward(1)
    at.heard(B)
    assert at.decided(B) == [UNDECIDED]


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_after_a_restart_it_has_the_time_that_was_left_by_the_clock_as_it_was_set(
    at: Set, seconds: float
) -> None:
    at.bench.approve_all(15)
    at.clock.forward(300)
    at.clock.unix += seconds
    at.bench.tick()
    again = at.restarted()
    state = again.bench.approving_all
    assert state is not None
    assert state.left == 600
    again.bench.close()


def test_a_clock_set_back_while_the_program_was_off_ends_it(at: Set) -> None:
    at.bench.approve_all(60)
    at.clock.forward(600)
    at.bench.tick()
    at.bench.store.close()
    at.clock.unix -= 300
    again = start(at.folder, at.clock)
    again.bench.resume_approve_all()
    assert again.bench.approving_all is None
    again.bench.close()


def test_a_clock_set_forward_while_the_program_was_off_ends_it(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.unix += 300
    again = at.restarted()
    assert again.bench.approving_all is None
    again.bench.close()


@pytest.mark.parametrize(
    "kept",
    [
        {"start": 1, "seconds": 300.0, "make": "", "spared": []},
        {"start": 1.8e9, "seconds": 1e9, "make": "", "spared": []},
        {"start": 1.8e9, "seconds": 300.0, "make": None, "spared": []},
        {"start": 1.8e9, "seconds": 300.0, "make": "", "spared": "x"},
        {"start": "now", "seconds": 300.0, "make": "", "spared": []},
        [],
    ],
)
def test_what_cannot_be_believed_is_off(at: Set, kept: object) -> None:
    at.bench.approve_all(5)
    at.bench.store.close()
    with closing(sqlite3.connect(at.folder / FILE)) as file:
        file.execute("UPDATE setting SET value = ? WHERE key = ?", (json.dumps(kept), APPROVE_ALL))
        file.commit()
    again = start(at.folder, at.clock)
    again.bench.resume_approve_all()
    assert again.bench.approving_all is None
    again.bench.close()


def test_without_the_time_that_was_seen_last_it_is_off(at: Set) -> None:
    at.bench.approve_all(5)
    at.bench.store.close()
    with closing(sqlite3.connect(at.folder / FILE)) as file:
        file.execute("DELETE FROM setting WHERE key = ?", (APPROVE_ALL_SEEN,))
        file.commit()
    again = start(at.folder, at.clock)
    again.bench.resume_approve_all()
    assert again.bench.approving_all is None
    again.bench.close()
