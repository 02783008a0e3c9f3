"""Who may fetch files: the phone that asked last from an address, if it is approved. The
real responder is the wire."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones import registry
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import SubscribeReceived
from tests.bench.air import INTERFACE, Air, subscribe
from tests.bench.rig import Set, ask, mac
from tests.pnp.phones import AUDIOCODES

A, B = mac(1), mac(2)
HOME, OTHER = "192.0.2.37", "192.0.2.38"


class Floor:
    """A bench with its responder and a file server that remembers what it was told to stop."""

    def __init__(self, at: Set) -> None:
        self.at, self.bench = at, at.bench
        self.air = Air(lambda: at.clock.monotonic)
        self.air.join(at.bench)
        self.stopped: list[str] = []
        at.bench.attach_files(at.bench.served, self.stopped.append)

    def ask(self, key: str, address: str = HOME, call: str = "one") -> None:
        self.at.clock.forward(1)
        self.air.hear(subscribe(key, address, call), (address, 5060))

    def approve(self, *keys: str) -> None:
        """By a sheet: before they ask."""
        self.bench.apply_sheet(SheetLine(1, key, Decision.APPROVED, None, None) for key in keys)

    def may(self) -> list[str]:
        """The addresses to which files go."""
        return [address for address in (HOME, OTHER) if self.bench.may_fetch(address)]


@pytest.fixture
def floor(at: Set) -> Floor:
    return Floor(at)


def test_an_approved_phone_may_at_the_address_it_asked_from(floor: Floor) -> None:
    floor.ask(A)
    assert floor.may() == []
    floor.bench.approve([A])
    assert floor.may() == [HOME]
    assert floor.stopped == []


@pytest.mark.parametrize("what", ["deny", "undecide", "forget"])
def test_what_goes_there_is_stopped_at_once(floor: Floor, what: str) -> None:
    floor.approve(A)
    floor.ask(A)
    floor.ask(B, OTHER)
    getattr(floor.bench, what)([A, B])
    assert (floor.may(), floor.stopped) == ([], [HOME])


def test_undo_stops_it_and_redo_does_not(floor: Floor) -> None:
    floor.ask(A)
    floor.bench.approve([A])
    floor.bench.undo()
    assert (floor.may(), floor.stopped) == ([], [HOME])
    floor.bench.redo()
    assert floor.may() == [HOME]


def test_a_phone_of_an_earlier_run_asks_first(floor: Floor) -> None:
    floor.ask(A)
    floor.bench.approve([A])
    again = Floor(floor.at.next_run())
    assert again.bench.phones[A].decision is Decision.APPROVED
    assert again.may() == []
    again.ask(A)
    assert again.may() == [HOME]


def test_a_forgotten_phone_that_undo_brought_back_asks_first(floor: Floor) -> None:
    floor.ask(A)
    floor.bench.approve([A])
    floor.bench.forget([A])
    floor.bench.undo()
    assert (floor.bench.phones[A].decision, floor.may()) == (Decision.APPROVED, [])
    floor.ask(A)
    assert floor.may() == [HOME]


def test_who_took_over_the_address_is_a_stranger(floor: Floor) -> None:
    floor.approve(A)
    floor.ask(A)
    floor.ask(B)
    assert (floor.may(), floor.stopped) == ([], [HOME])
    floor.ask(A, call="two")
    assert floor.may() == [HOME]


def test_an_approved_one_at_the_same_address_stops_nothing(floor: Floor) -> None:
    floor.approve(A, B)
    floor.ask(A)
    floor.ask(B)
    floor.bench.forget([A])
    assert (floor.may(), floor.stopped) == ([HOME], [])


def test_a_stranger_without_a_row_is_one_too(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    floor.approve(A)
    floor.ask(A)
    monkeypatch.setattr(registry, "MAX_UNDECIDED", 0)
    floor.ask(B)
    assert B not in floor.bench.phones
    assert (floor.may(), floor.stopped) == ([], [HOME])


def test_a_phone_in_conflict_may_at_the_address_in_its_row_alone(floor: Floor) -> None:
    floor.approve(A)
    floor.ask(A)
    floor.ask(A, OTHER, "theirs")
    assert (floor.may(), floor.stopped) == ([HOME], [])
    floor.bench.change_address([A])
    assert (floor.may(), floor.stopped) == ([OTHER], [HOME])


def test_another_that_asks_with_its_mac_from_an_approved_ones_address(floor: Floor) -> None:
    floor.approve(A, B)
    floor.ask(A)
    floor.ask(B, OTHER)
    floor.ask(A, OTHER, "theirs")
    assert (floor.may(), floor.stopped) == ([HOME], [OTHER])


def test_who_asked_after_the_phone_that_moves_there_stays(floor: Floor) -> None:
    floor.approve(A)
    floor.ask(A)
    floor.ask(A, OTHER, "theirs")
    floor.ask(B, OTHER)
    floor.bench.change_address([A])
    assert (floor.may(), floor.stopped) == ([], [HOME])


def test_a_new_address_is_the_only_one(at: Set) -> None:
    """The responder has forgotten the old one, so it is no conflict."""
    floor = Floor(at)
    floor.approve(A)
    at.absorb(SubscribeReceived(ask(A, HOME), at.clock.monotonic, False))
    at.absorb(SubscribeReceived(ask(A, OTHER), at.clock.monotonic, False))
    assert (floor.may(), floor.stopped) == ([OTHER], [HOME])


def hears_audiocodes(floor: Floor) -> None:
    floor.at.clock.forward(60)
    call = f"{floor.at.clock.monotonic:.0f}".encode()
    wire = AUDIOCODES.wire(HOME).replace(b"668717252", call)
    floor.air.hear(wire, AUDIOCODES.source(HOME))


def test_the_mac_that_is_found_later_goes_on_fetching(floor: Floor) -> None:
    known: dict[tuple[str, str], str] = {}
    floor.bench.attach_neighbours(lambda: dict(known))
    hears_audiocodes(floor)
    floor.bench.approve([f"ip:{HOME}"])
    assert floor.may() == [HOME]
    known[INTERFACE, HOME] = "00908F112233"
    floor.at.clock.forward(3)
    floor.bench.tick()
    assert list(floor.bench.phones) == ["00908F112233"]
    assert (floor.may(), floor.stopped) == ([HOME], [])


def test_what_was_decided_of_the_mac_that_is_found_holds(floor: Floor) -> None:
    known: dict[tuple[str, str], str] = {}
    floor.bench.attach_neighbours(lambda: dict(known))
    hears_audiocodes(floor)
    floor.bench.approve([f"ip:{HOME}"])
    floor.at.heard("00908F112233", address=HOME)
    floor.bench.deny(["00908F112233"])
    hears_audiocodes(floor)
    assert floor.may() == [HOME]
    known[INTERFACE, HOME] = "00908F112233"
    floor.at.clock.forward(3)
    floor.bench.tick()
    assert list(floor.bench.phones) == ["00908F112233"]
    assert (floor.may(), floor.stopped[-1]) == ([], HOME)


def test_an_address_that_the_network_knows_by_another_mac_now(floor: Floor) -> None:
    known = {(INTERFACE, HOME): "00908F112233"}
    floor.bench.attach_neighbours(lambda: dict(known))
    floor.approve("00908F112233")
    hears_audiocodes(floor)
    assert floor.may() == [HOME]
    known[INTERFACE, HOME] = "00908F445566"
    floor.at.clock.forward(2)
    floor.bench.tick()
    assert (floor.may(), floor.stopped) == ([], [HOME])


def test_strangers_addresses_are_not_remembered(floor: Floor) -> None:
    floor.ask(A)
    for number in range(300):
        floor.ask(A, f"192.0.3.{number % 250}", f"theirs{number}")
    assert len(floor.bench._registry.askers.keys) == 1
