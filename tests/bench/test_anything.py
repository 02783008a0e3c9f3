"""Anything in any order, by phones with and without a MAC: nothing goes where nobody approved, and
what is kept of the phones in several places stays the same everywhere."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.bench.phones.status import status_of
from pnp_gui.bench.store.rows import Kept
from pnp_gui.pnp.events import Outgoing
from tests.bench.air import INTERFACE, subscribe
from tests.bench.floor import MAC, OTHER, Floor
from tests.bench.rig import mac, start
from tests.pnp.desk import respond
from tests.pnp.phones import AUDIOCODES

APPROVED, UNDECIDED = Decision.APPROVED, Decision.UNDECIDED
ADDRESSES = [f"192.0.2.{number}" for number in range(30, 36)]
"""An address gets a MAC only once: what it was known by is remembered."""
addresses = st.sampled_from(ADDRESSES)
macs = st.sampled_from((MAC, OTHER))
keys = st.sampled_from((MAC, mac(1), *(f"ip:{address}" for address in ADDRESSES[:2])))


def kept(phones: Iterable[Phone]) -> dict[str, object]:
    """What the next run is to know of these."""
    return {
        phone.key: (Kept.of(phone), phone.address, phone.make, phone.last_seen, phone.accepted_url)
        for phone in phones
    }


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.floor = Floor(start(Path(self.folder.name)))
        self.bench = self.floor.bench
        self.bench.set_default_url("http://192.0.2.5/a/")
        self.number = count(1_000_000)
        self.shown = set(self.bench.phones)
        self.approved = self.are_approved()

    def teardown(self) -> None:
        self.bench.save()
        assert kept(self.bench.store.load()) == kept(self.bench.phones.values())
        self.bench.close()
        self.folder.cleanup()

    def are_approved(self) -> set[str]:
        phones = self.bench.phones.values()
        return {phone.address for phone in phones if phone.decision is APPROVED}

    @rule(address=addresses)
    def ask(self, address: str) -> None:
        wire = AUDIOCODES.wire(address).replace(b"668717252", b"%d" % next(self.number))
        self.floor.air.hear(wire, AUDIOCODES.source(address))

    @rule(address=addresses, known=macs, decision=st.sampled_from(Decision))
    def ask_and_be_known(self, address: str, known: str, decision: Decision) -> None:
        self.ask(address)
        self.nothing_goes_astray()
        self.decide(f"ip:{address}", decision)
        self.know(address, known)
        self.wait(2, answers=False)

    @rule(address=addresses, key=st.sampled_from((MAC, mac(1))))
    def ask_with_mac(self, address: str, key: str) -> None:
        self.floor.air.hear(subscribe(key, address, str(next(self.number))), (address, 5060))

    @rule(address=addresses, known=macs)
    def know(self, address: str, known: str) -> None:
        self.floor.knows(address, known)

    @rule(address=addresses)
    def know_no_more(self, address: str) -> None:
        self.floor.known.pop((INTERFACE, address), None)

    @rule(key=keys, decision=st.sampled_from(Decision))
    def decide(self, key: str, decision: Decision) -> None:
        match decision:
            case Decision.APPROVED:
                self.bench.approve([key])
            case Decision.UNDECIDED:
                self.bench.undecide([key])
            case Decision.DENIED:
                self.bench.deny([key])

    @rule(key=keys, decision=st.sampled_from(Decision))
    def sheet(self, key: str, decision: Decision) -> None:
        self.floor.sheet(key, decision)

    @rule(key=keys)
    def forget(self, key: str) -> None:
        self.bench.forget([key])

    @rule(key=keys)
    def change_address(self, key: str) -> None:
        self.bench.change_address([key])

    @rule()
    def approve_all(self) -> None:
        self.bench.approve_all(1)

    @rule()
    def undo(self) -> None:
        self.bench.undo()

    @rule()
    def redo(self) -> None:
        self.bench.redo()

    @rule(seconds=st.sampled_from((2, 6, 40)), answers=st.booleans())
    def wait(self, seconds: int, answers: bool) -> None:
        for _ in range(seconds):
            for one in self.nothing_goes_astray():
                if answers and one.data.startswith(b"NOTIFY"):
                    self.floor.air.hear(respond(one.data), one.remote)
            self.nothing_goes_astray()
            self.floor.wait(1)
            self.floor.air.expire(0)

    @invariant()
    def nothing_is_sent_but_to_who_is_approved(self) -> None:
        self.nothing_goes_astray()

    def nothing_goes_astray(self) -> list[Outgoing]:
        """What was sent since the last call, or since the last rule began."""
        before, self.approved = self.approved, self.are_approved()
        sent = self.floor.air.take()
        assert {one.remote[0] for one in sent} <= before | self.approved
        return sent

    @invariant()
    def what_is_counted_is_so(self) -> None:
        bench, phones = self.bench, self.bench.phones
        assert bench._registry.undecided == sum(
            one.decision is UNDECIDED for one in phones.values()
        )
        assert bench.unseen == {key for key, one in phones.items() if one.unseen}
        assert all(phones[key].decision is UNDECIDED for key in bench.unseen)
        kinds = Counter(status_of(one, bench.monotonic()) for one in phones.values())
        assert +Counter(bench.counts().kinds) == kinds

    @invariant()
    def each_phone_is_where_it_is_looked_for(self) -> None:
        for key, phone in self.bench.phones.items():
            assert (phone.key, phone.mac) == (key, "" if key.startswith("ip:") else key)
        for address, key in self.bench._registry.askers.keys.items():
            assert self.bench.phones[key].address == address

    @invariant()
    def the_window_is_told_of_all_that_came_and_went(self) -> None:
        changes, phones = self.bench.take_changes(), self.bench.phones.keys()
        assert phones - self.shown <= changes.changed <= phones
        assert self.shown - phones <= changes.removed
        self.shown = set(phones)


TestAnything = Anything.TestCase
TestAnything.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
