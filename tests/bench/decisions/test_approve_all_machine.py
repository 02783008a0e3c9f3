"""Approve all with anything in any order: nobody outside its time, none of another make."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pnp_gui.bench.decisions.approve_all import MINUTES
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.pnp.events import SubscribeReceived
from tests.bench.rig import Clock, ask, mac, start

APPROVED, UNDECIDED = Decision.APPROVED, Decision.UNDECIDED
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
            if phone.decision is UNDECIDED
            and self.clock.monotonic < phone.asking_until
            and (not make or PHONES[key] == make)
        ]
        self.began, self.seconds, self.make = self.clock.monotonic, minutes * 60.0, make
        self.on = True
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
            *(
                SubscribeReceived(ask(key, make=PHONES[key]), self.clock.monotonic, False)
                for key in keys
            )
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
            elif before[key] is UNDECIDED and self.may_answer:
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

    @rule()
    def restart(self) -> None:
        """It is off at every start."""
        self.on = False
        self.at.bench.store.close()
        self.at = start(Path(self.folder.name), self.clock)

    @precondition(lambda self: hasattr(self, "at"))
    @invariant()
    def what_is_shown_is_what_is_so(self) -> None:
        state = self.at.bench.approving_all
        if state is not None:
            assert self.may_answer
            assert state.make == self.make
            assert 0 < state.left <= self.seconds - (self.clock.monotonic - self.began) + 1e-3
        else:
            assert not self.may_answer


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
