"""Approve all for some minutes: whom it answers, when it ends, and what is never answered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing

import pytest

from pnp_gui.bench.decisions.approve_all import MINUTES
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.record.log import Level
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import FILE, Kept, Store
from tests.bench.rig import Set, ask, mac, start

A, B, C, D = (mac(number) for number in (1, 2, 3, 4))
APPROVED, DENIED, UNDECIDED = Decision.APPROVED, Decision.DENIED, Decision.UNDECIDED


def test_phones_that_ask_meanwhile_are_answered_in_their_own_request(at: Set) -> None:
    at.bench.approve_all(5)
    at.heard(A)
    assert at.wire.told == [("offer", A)], "before absorb returned"
    assert at.decided(A) == [APPROVED]
    at.heard(A, again=True)
    assert at.wire.told == [("offer", A)], "the responder answers it from now on"


def test_an_approval_by_it_is_on_the_disk_before_anything_is_sent(at: Set) -> None:
    at.wire.look = lambda: at.on_disk(A)
    at.bench.approve_all(5)
    at.heard(A)
    assert at.wire.seen == ["approved"]


def test_a_crowd_costs_one_write(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []
    save = Store.save_decisions

    def counted(store: Store, kept: Iterable[Kept], decided: Mapping[str, Columns]) -> None:
        rows = list(kept)
        writes.append(len(rows))
        save(store, rows, decided)

    monkeypatch.setattr(Store, "save_decisions", counted)
    at.bench.approve_all(5)
    at.heard(*(mac(number) for number in range(500)))
    assert writes == [500]
    assert len(at.wire.told) == 500


def test_those_that_are_asking_already_are_approved_at_once(at: Set) -> None:
    at.heard(C)
    at.bench.deny([C])
    at.heard(D)
    at.clock.forward(33)
    at.heard(A, B)
    at.wire.told.clear()
    assert at.bench.approve_all(1) == 2
    assert sorted(at.wire.told) == [("offer", A), ("offer", B)]
    assert at.decided(A, B, C, D) == [APPROVED, APPROVED, DENIED, UNDECIDED]
    assert at.bench.approved_by_all == 2
    at.heard(D)
    assert at.decided(D) == [APPROVED], "it asked again"


def test_never_a_denied_phone(at: Set) -> None:
    at.heard(A)
    at.bench.deny([A])
    at.wire.told.clear()
    at.bench.approve_all(60)
    at.heard(A)
    assert (at.decided(A), at.wire.told) == ([DENIED], [])
    assert at.bench.url_for(ask(A)) is None


def test_only_the_make_it_is_limited_to(at: Set) -> None:
    at.heard(A, make="Yealink")
    at.heard(B, make="snom")
    at.bench.approve_all(5, "Yealink")
    at.heard(C, make="snom")
    at.heard(D, make="Yealink")
    assert at.decided(A, B, C, D) == [APPROVED, UNDECIDED, UNDECIDED, APPROVED]
    state = at.bench.approving_all
    assert state is not None
    assert (state.make, state.approved) == ("Yealink", 2)


@pytest.mark.parametrize("minutes", MINUTES)
def test_it_ends_by_itself_to_the_second(at: Set, minutes: int) -> None:
    at.bench.approve_all(minutes)
    at.clock.forward(minutes * 60 - 0.5)
    at.heard(A)
    at.clock.forward(0.5)
    at.heard(B)
    assert at.decided(A, B) == [APPROVED, UNDECIDED]
    assert at.bench.approving_all is None
    assert at.bench.approved_by_all == 1


def test_a_tick_ends_it_and_says_so_in_the_log(at: Set) -> None:
    at.bench.approve_all(1)
    at.clock.forward(61)
    before = at.bench.log.added
    at.bench.tick()
    assert [line.values for line in at.bench.log.since(before)] == [{"n": 0}]


def test_it_ends_when_it_is_told_to(at: Set) -> None:
    at.bench.approve_all(60)
    at.bench.end_approve_all()
    at.heard(A)
    assert (at.decided(A), at.bench.approving_all) == ([UNDECIDED], None)


@pytest.mark.parametrize("seconds", [-86400, -3600, -1, 1, 299, 3600, 86400])
def test_a_clock_that_is_set_neither_ends_nor_prolongs_it(at: Set, seconds: float) -> None:
    at.bench.approve_all(5)
    at.clock.unix += seconds
    at.clock.forward(299)
    at.heard(A)
    assert at.decided(A) == [APPROVED]
    state = at.bench.approving_all
    assert state is not None
    assert state.left == 1
    at.clock.forward(1)
    at.heard(B)
    assert at.decided(B) == [UNDECIDED]


def test_it_is_off_at_every_start(at: Set) -> None:
    at.bench.approve_all(60)
    at.heard(A)
    again = at.restarted()
    again.heard(B)
    assert again.decided(A, B) == [APPROVED, UNDECIDED]
    assert again.bench.approving_all is None
    again.bench.close()


def test_a_store_in_which_an_earlier_version_kept_it_is_read_without_complaint(at: Set) -> None:
    at.bench.close()
    kept = {"start": at.clock.unix, "seconds": 3600.0, "make": "", "spared": []}
    with closing(sqlite3.connect(at.folder / FILE)) as file:
        file.executemany(
            "INSERT INTO setting (key, value) VALUES (?, ?)",
            [
                ("approve_all", json.dumps(kept)),
                ("approve_all_seen", json.dumps([at.clock.unix, 3.0])),
            ],
        )
        file.commit()
    again = start(at.folder, at.clock)
    again.heard(A)
    assert (again.decided(A), again.bench.approving_all) == ([UNDECIDED], None)
    assert again.bench.troubles == {}
    assert [line for line in again.bench.log if line.level is not Level.INFO] == []
    again.bench.close()


def test_another_length_is_refused(at: Set) -> None:
    with pytest.raises(ValueError, match="7"):
        at.bench.approve_all(7)
    assert at.bench.approving_all is None


def test_a_phone_that_is_taken_back_meanwhile_is_left_alone(at: Set) -> None:
    at.bench.approve_all(5)
    at.heard(A, B)
    at.bench.undecide([A])
    at.heard(A)
    assert at.decided(A) == [UNDECIDED]
    at.bench.approve_all(1)
    assert at.decided(A) == [APPROVED], "a new one is for all again"


def test_undo_takes_back_all_that_it_approved_in_one_step(at: Set) -> None:
    at.heard(A)
    at.bench.set_label([A], "Room 1")
    at.bench.approve_all(5)
    for key in (B, C, D):
        at.heard(key)
    undone = at.bench.undo()
    assert undone is not None
    assert undone.decided == {UNDECIDED: 4}
    assert at.decided(A, B, C, D) == [UNDECIDED] * 4
    at.heard(A, B, C, D)
    assert at.decided(A, B, C, D) == [UNDECIDED] * 4, "they were taken back by hand"
    undone = at.bench.undo()
    assert undone is not None
    assert undone.labels == 1, "it pushed nothing out"


def test_a_flood_of_forged_phones_ends_it(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pnp_gui.bench.decisions.approve_all.MAX_APPROVED", 3)
    at.bench.approve_all(60)
    for number in range(5):
        at.heard(mac(number))
    assert at.decided(*map(mac, range(5))) == [APPROVED] * 3 + [UNDECIDED] * 2
    assert at.bench.approving_all is None
    told = [line for line in at.bench.log if "Approve all has approved" in line.text]
    assert len(told) == 1
    at.bench.approve_all(60)
    at.heard(mac(5))
    assert at.decided(mac(5)) == [APPROVED], "as often as the technician says so"
