"""Approve all for some minutes: whom it answers, when it ends, and what is never answered."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pnp_gui.bench.approve_all import MINUTES
from pnp_gui.bench.phone import Decision
from pnp_gui.bench.settings import APPROVE_ALL, APPROVE_ALL_SEEN
from pnp_gui.bench.store import FILE, Kept, Store
from pnp_gui.pnp.events import Heard
from tests.bench.floor_of_phones import Clock, Set, ask, mac, start

A, B, C, D = (mac(number) for number in (1, 2, 3, 4))
APPROVED, DENIED, UNDECIDED = Decision.APPROVED, Decision.DENIED, Decision.UNDECIDED


def decided(at: Set, *keys: str) -> list[Decision]:
    return [at.bench.phones[key].decision for key in keys]


def asks(at: Set, key: str, make: str = "snom") -> None:
    at.absorb(Heard(ask(key, make=make), at.clock.monotonic, False))


def restarted(at: Set) -> Set:
    """Killed, started again, and shown."""
    at.bench.store.close()
    again = start(at.folder, at.clock)
    again.bench.resume_approve_all()
    return again


def test_phones_that_ask_meanwhile_are_answered_in_their_own_request(at: Set) -> None:
    at.bench.approve_all(5)
    at.heard(A)
    assert at.wire.told == [("offer", A)], "before absorb returned"
    assert decided(at, A) == [APPROVED]
    at.heard(A, again=True)
    assert at.wire.told == [("offer", A)], "the responder answers it from now on"


def test_an_approval_by_it_is_on_the_disk_before_anything_is_sent(at: Set) -> None:
    def on_disk() -> object:
        with closing(sqlite3.connect(at.folder / FILE)) as file:
            return file.execute("SELECT decision FROM phone WHERE key = ?", (A,)).fetchone()

    at.wire.look = on_disk
    at.bench.approve_all(5)
    at.heard(A)
    assert at.wire.seen == [("approved",)]


def test_a_crowd_costs_one_write(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []
    save = Store.save_decisions

    def counted(store: Store, kept: Iterable[Kept]) -> None:
        rows = list(kept)
        writes.append(len(rows))
        save(store, rows)

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
    assert decided(at, A, B, C, D) == [APPROVED, APPROVED, DENIED, UNDECIDED]
    assert at.bench.approved_by_all == 2
    at.heard(D)
    assert decided(at, D) == [APPROVED], "it asked again"


def test_never_a_denied_phone(at: Set) -> None:
    at.heard(A)
    at.bench.deny([A])
    at.wire.told.clear()
    at.bench.approve_all(60)
    at.heard(A)
    assert (decided(at, A), at.wire.told) == ([DENIED], [])
    assert at.bench.url_for(ask(A)) is None


def test_only_the_make_it_is_limited_to(at: Set) -> None:
    asks(at, A, "Yealink")
    asks(at, B, "snom")
    at.bench.approve_all(5, "Yealink")
    asks(at, C, "snom")
    asks(at, D, "Yealink")
    assert decided(at, A, B, C, D) == [APPROVED, UNDECIDED, UNDECIDED, APPROVED]
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
    assert decided(at, A, B) == [APPROVED, UNDECIDED]
    assert at.bench.approving_all is None
    assert at.bench.approved_by_all == 1


def test_a_tick_ends_it_and_says_so_in_the_log(at: Set) -> None:
    at.bench.approve_all(1)
    at.clock.forward(61)
    before = at.bench.log.added
    at.bench.tick()
    assert [line.values for line in at.bench.log.since(before)] == [{"count": 0}]


def test_it_ends_when_it_is_told_to(at: Set) -> None:
    at.bench.approve_all(60)
    at.bench.end_approve_all()
    at.heard(A)
    assert (decided(at, A), at.bench.approving_all) == ([UNDECIDED], None)
    assert restarted(at).bench.approving_all is None


def test_another_length_is_refused(at: Set) -> None:
    with pytest.raises(ValueError, match="7"):
        at.bench.approve_all(7)
    assert at.bench.approving_all is None


def test_after_a_restart_it_goes_on_until_its_time(at: Set) -> None:
    at.bench.approve_all(5, "snom")
    at.heard(A)
    at.clock.forward(6)
    at.bench.tick()
    at.clock.forward(114)
    again = restarted(at)
    state = again.bench.approving_all
    assert state is not None
    assert (state.make, state.left, state.approved) == ("snom", 180, 1)
    again.heard(B)
    asks(again, C, "Yealink")
    assert decided(again, B, C) == [APPROVED, UNDECIDED]
    again.clock.forward(180)
    again.heard(D)
    assert decided(again, D) == [UNDECIDED]
    again.bench.close()


def test_after_a_restart_nobody_is_answered_until_somebody_shows_it(at: Set) -> None:
    at.bench.approve_all(5)
    at.bench.store.close()
    again = start(at.folder, at.clock)
    again.heard(A)
    assert (decided(again, A), again.bench.approving_all) == ([UNDECIDED], None)
    again.bench.resume_approve_all()
    again.heard(A)
    assert decided(again, A) == [APPROVED]
    again.bench.close()


def test_a_start_after_its_time_finds_it_off(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.forward(300)
    assert restarted(at).bench.approving_all is None


def test_a_clock_set_back_does_not_prolong_it(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.forward(200)
    at.clock.unix -= 180
    state = at.bench.approving_all
    assert state is not None
    assert state.left == 100
    at.clock.forward(100)
    at.heard(A)
    assert decided(at, A) == [UNDECIDED]


def test_a_clock_set_back_to_before_it_began_ends_it(at: Set) -> None:
    at.bench.approve_all(60)
    at.clock.unix -= 1
    at.heard(A)
    assert decided(at, A) == [UNDECIDED]
    at.clock.unix += 1
    at.heard(B)
    assert decided(at, B) == [UNDECIDED], "for good"


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


def test_a_clock_set_forward_ends_it_early(at: Set) -> None:
    at.bench.approve_all(5)
    at.clock.unix += 300
    at.heard(A)
    assert decided(at, A) == [UNDECIDED]


def test_a_phone_that_is_taken_back_meanwhile_is_left_alone(at: Set) -> None:
    at.bench.approve_all(5)
    at.heard(A, B)
    at.bench.undecide([A])
    at.heard(A)
    assert decided(at, A) == [UNDECIDED]
    again = restarted(at)
    again.heard(A)
    assert decided(again, A) == [UNDECIDED], "after a restart too"
    again.bench.approve_all(1)
    assert decided(again, A) == [APPROVED], "a new one is for all again"
    again.bench.close()


def test_undo_takes_back_all_that_it_approved_in_one_step(at: Set) -> None:
    at.heard(A)
    at.bench.set_label([A], "Room 1")
    at.bench.approve_all(5)
    for key in (B, C, D):
        at.heard(key)
    undone = at.bench.undo()
    assert undone is not None
    assert undone.decided == {UNDECIDED: 4}
    assert decided(at, A, B, C, D) == [UNDECIDED] * 4
    at.heard(A, B, C, D)
    assert decided(at, A, B, C, D) == [UNDECIDED] * 4, "they were taken back by hand"
    undone = at.bench.undo()
    assert undone is not None
    assert undone.labels == 1, "it pushed nothing out"


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


MAKES_USED = ("snom", "Yealink")
PHONES = {mac(number): MAKES_USED[number % 2] for number in range(6)}
keys_of = st.sampled_from(sorted(PHONES))


class Floor(RuleBasedStateMachine):
    """Anything in any order. What really passed is known here, whatever the clocks say."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.began = 0.0
        self.seconds = 0.0
        self.make = ""
        self.on = False
        self.clock_was_set = False
        self.by_name: set[str] = set()
        self.taken_back: set[str] = set()

    @initialize()
    def begin(self) -> None:
        self.at = start(Path(self.folder.name), self.clock)

    def teardown(self) -> None:
        if hasattr(self, "at"):
            self.at.bench.close()
        self.folder.cleanup()

    @property
    def may_answer(self) -> bool:
        return self.on and self.clock.monotonic - self.began < self.seconds

    def fits(self, key: str) -> bool:
        return not self.make or PHONES[key] == self.make

    @rule(minutes=st.sampled_from(MINUTES), make=st.sampled_from(("", *MAKES_USED)))
    def approve_all(self, minutes: int, make: str) -> None:
        asking = [
            key
            for key, phone in self.at.bench.phones.items()
            if phone.heard
            and phone.decision is UNDECIDED
            and self.clock.unix < phone.asking_until
            and (not make or PHONES[key] == make)
        ]
        self.began, self.seconds, self.make = self.clock.monotonic, minutes * 60.0, make
        self.on, self.clock_was_set = True, False
        self.taken_back.clear()
        assert self.at.bench.approve_all(minutes, make) == len(asking)
        for key in asking:
            assert self.at.bench.phones[key].decision is APPROVED

    @rule()
    def end(self) -> None:
        self.at.bench.end_approve_all()
        self.on = False

    @rule(keys=st.lists(keys_of, min_size=1, max_size=4, unique=True))
    def ask(self, keys: list[str]) -> None:
        phones = self.at.bench.phones
        before = {key: phones[key].decision if key in phones else UNDECIDED for key in keys}
        self.at.wire.told.clear()
        self.at.absorb(
            *(Heard(ask(key, make=PHONES[key]), self.clock.monotonic, False) for key in keys)
        )
        offered = {key for word, key in self.at.wire.told if word == "offer"}
        for key in keys:
            changed = phones[key].decision is not before[key]
            assert changed == (key in offered), "sent at once, or not at all"
            if changed:
                assert before[key] is UNDECIDED, "never a denied phone"
                assert self.may_answer, "never outside its time"
                assert self.fits(key), "never another make"
                assert key not in self.taken_back, "never one that was taken back"
            elif before[key] is UNDECIDED and self.may_answer and not self.clock_was_set:
                assert not self.fits(key) or key in self.taken_back, "but everybody else"

    @rule(keys=st.lists(keys_of, min_size=1, max_size=3, unique=True))
    def approve(self, keys: list[str]) -> None:
        self.at.bench.approve(keys)

    @rule(keys=st.lists(keys_of, min_size=1, max_size=3, unique=True))
    def deny(self, keys: list[str]) -> None:
        self.at.bench.deny(keys)

    @rule(keys=st.lists(keys_of, min_size=1, max_size=3, unique=True))
    def undecide(self, keys: list[str]) -> None:
        self.taken_back.update(
            key
            for key in keys
            if key in self.at.bench.phones and self.at.bench.phones[key].decision is not UNDECIDED
        )
        self.at.bench.undecide(keys)

    @rule(seconds=st.sampled_from((0.5, 4.0, 31.0, 59.0, 60.0, 250.0, 899.0)))
    def wait(self, seconds: float) -> None:
        self.clock.forward(seconds)
        self.at.bench.tick()

    @rule(seconds=st.sampled_from((-7200.0, -100.0, -1.0, 1.0, 100.0, 7200.0)))
    def set_the_clock(self, seconds: float) -> None:
        self.clock.unix += seconds
        self.clock_was_set = True

    @rule()
    def restart(self) -> None:
        self.at.bench.store.close()
        self.at = start(Path(self.folder.name), self.clock)
        self.at.bench.resume_approve_all()

    @precondition(lambda self: hasattr(self, "at"))
    @invariant()
    def what_is_shown_is_what_is_so(self) -> None:
        state = self.at.bench.approving_all
        if state is not None:
            assert self.may_answer
            assert state.make == self.make
            assert 0 < state.left <= self.seconds - (self.clock.monotonic - self.began) + 1e-3
        elif not self.clock_was_set:
            assert not self.may_answer


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
