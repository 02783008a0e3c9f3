"""A second address asks with a phone's MAC, on the bench with the real responder as the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision, Phone, Progress
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.record.log import Level
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.store import Store
from pnp_gui.pnp.send_result import SendResult
from tests.bench.air import Air, subscribe
from tests.bench.rig import LOCAL, Clock, mac

A = mac(1)
HOME, OTHER, THIRD = "10.13.2.37", "10.13.9.9", "10.13.9.10"


class Cable:
    """The bench, and the responder that it decides about."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.clock = clock
        self.bench = Bench(
            Store.open(folder), now=lambda: clock.unix, monotonic=lambda: clock.monotonic
        )
        self.bench.load()
        self.air = Air(lambda: clock.monotonic, LOCAL, "eth0")
        self.air.join(self.bench)
        self.bench.set_default_url("http://h/${mac}?at=${ip}")

    def ask(self, address: str, call: str = "one", key: str = A) -> list[str]:
        """A phone asks; to which addresses something went because of that."""
        self.air.hear(subscribe(key, "10.9.9.9", call), (address, 5060))
        return self.out()

    def out(self) -> list[str]:
        return [one.remote[0] for one in self.air.take()]

    def status(self) -> StatusKind:
        return status_of(self.bench.phones[A], self.clock.monotonic)

    def conflicted(self) -> None:
        """The phone is approved and served at home; then the other asks with its MAC."""
        self.ask(HOME)
        self.bench.approve([A])
        self.ask(OTHER, "theirs")
        self.out()

    def asked_for_from_both(self) -> Phone:
        """Nothing is decided; the phone asks from home, and the other with its MAC."""
        self.ask(HOME)
        self.clock.forward(1)
        self.ask(OTHER, "theirs")
        return self.bench.phones[A]


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path, Clock())
    yield cable
    cable.bench.close()


def test_an_approved_phone_asked_for_from_elsewhere_is_shown_and_not_served_there(
    cable: Cable,
) -> None:
    cable.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    assert cable.ask(HOME) == [HOME, HOME], "the first that asks is the phone"
    phone = cable.bench.phones[A]
    assert cable.ask(OTHER, "theirs") == []
    assert cable.status() is StatusKind.CONFLICT
    assert cable.bench.counts().kinds[StatusKind.CONFLICT] == 1
    assert (phone.address, phone.progress) == (HOME, Progress.SENT)
    assert phone.asked == 1
    conflict = phone.conflict
    assert conflict is not None
    assert (conflict.address, conflict.interface, conflict.asked) == (OTHER, "eth0", 1)
    line = cable.bench.log[-1]
    assert (line.level, line.source) == (Level.WARNING, A)
    assert OTHER in line.text
    assert HOME in line.text
    cable.clock.forward(24 * 3600)
    assert cable.ask(OTHER, "after a day") == [], "waiting does not help"
    assert cable.ask(HOME, "again") == [HOME, HOME], "the phone itself is served as always"
    assert cable.status() is StatusKind.CONFLICT, "until the technician says so"


def test_changing_the_address_serves_the_other_and_the_first_no_more(cable: Cable) -> None:
    cable.conflicted()
    cable.clock.forward(3)
    change = cable.bench.change_address([A, "unknown"])
    assert change.sent == {SendResult.OK_AND_NOTIFY: 1}
    assert (change.moved, change.stayed) == ([cable.bench.phones[A]], [])
    assert cable.out() == [OTHER, OTHER]
    phone = cable.bench.phones[A]
    assert (phone.address, phone.conflict) == (OTHER, None)
    assert phone.sent_url.endswith(f"at={OTHER}")
    assert cable.status() is StatusKind.SENT
    assert cable.ask(HOME, "again") == []
    assert phone.conflict is not None
    assert phone.conflict.address == HOME


def test_approving_it_in_bulk_or_by_scan_or_sheet_again_does_not_serve_the_other(
    cable: Cable,
) -> None:
    cable.conflicted()
    cable.bench.approve([A])
    cable.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    assert OTHER not in cable.out()
    assert cable.status() is StatusKind.CONFLICT


def test_sending_again_is_for_the_first_and_settles_it_until_the_other_asks_again(
    cable: Cable,
) -> None:
    cable.conflicted()
    cable.bench.send_again([A])
    assert cable.out() == [HOME]
    assert cable.status() is StatusKind.SENT
    assert cable.ask(OTHER, "theirs") == []
    assert cable.status() is StatusKind.CONFLICT


def test_denied_both_are_silent_and_it_is_shown_as_denied(cable: Cable) -> None:
    cable.conflicted()
    cable.bench.deny([A])
    assert cable.ask(HOME) + cable.ask(OTHER, "theirs") + cable.ask(OTHER, "new") == []
    assert cable.status() is StatusKind.DENIED


def test_undecided_two_that_ask_at_once_are_shown_and_approval_is_for_the_row(
    cable: Cable,
) -> None:
    phone = cable.asked_for_from_both()
    assert cable.status() is StatusKind.CONFLICT
    assert phone.address == HOME, "it does not change with every copy of a request"
    cable.bench.approve([A])
    assert cable.out() == [HOME, HOME]
    assert cable.status() is StatusKind.SENT
    assert cable.ask(OTHER, "theirs") == []
    assert cable.status() is StatusKind.CONFLICT


def test_undecided_the_row_can_be_changed_to_the_other_before_anything_is_sent(
    cable: Cable,
) -> None:
    phone = cable.asked_for_from_both()
    assert cable.bench.change_address([A]).sent == {SendResult.NOT_APPROVED: 1}
    assert phone.conflict is not None
    assert (phone.address, phone.conflict.address) == (OTHER, HOME)
    assert not phone.unseen, "the technician has it before him"
    assert cable.out() == []
    cable.bench.approve([A])
    assert cable.out() == [OTHER, OTHER]


def test_undecided_the_row_follows_a_phone_that_moved_and_says_so(cable: Cable) -> None:
    """Its first address had fallen silent before it asked from the second."""
    cable.ask(HOME)
    cable.bench.mark_seen([A])
    cable.clock.forward(60)
    cable.ask(OTHER, "theirs")
    phone = cable.bench.phones[A]
    assert phone.conflict is not None
    assert (phone.address, phone.conflict.address) == (OTHER, HOME)
    assert phone.unseen
    assert phone.asking_until == cable.clock.monotonic + 32
    cable.bench.approve([A])
    assert cable.out() == [OTHER, OTHER]
    assert cable.ask(HOME, "back") == []


def test_approve_all_resolves_no_conflict(cable: Cable) -> None:
    cable.ask(HOME)
    cable.ask(OTHER, "theirs")
    assert cable.bench.approve_all(5) == 0
    assert cable.ask(HOME) + cable.ask(OTHER, "theirs") + cable.ask(OTHER, "new") == []
    cable.clock.forward(60)
    assert cable.ask(OTHER, "after its silence") == []
    assert cable.bench.phones[A].decision is Decision.UNDECIDED
    assert cable.ask(HOME, "another", mac(2)) == [HOME, HOME]
    assert cable.ask(OTHER, "another", mac(2)) == [], "approved by it, then claimed"


def test_a_flood_of_addresses_costs_one_line_and_no_memory(cable: Cable) -> None:
    cable.conflicted()
    lines = cable.bench.log.added
    for n in range(500):
        assert HOME not in cable.ask(f"10.14.{n // 250}.{n % 250}", "theirs")
    conflict = cable.bench.phones[A].conflict
    assert conflict is not None
    assert (conflict.address, conflict.asked, conflict.further) == (OTHER, 1, 500)
    assert cable.bench.log.added == lines
    assert len(cable.air.responder._conflicting) == 1


def test_after_the_flood_the_mark_comes_back_with_the_address_that_would_be_served(
    cable: Cable,
) -> None:
    cable.conflicted()
    cable.bench.send_again([A])
    cable.ask(THIRD, "theirs")
    conflict = cable.bench.phones[A].conflict
    assert conflict is not None
    assert (conflict.address, conflict.further) == (OTHER, 1)
    cable.out()
    cable.bench.change_address([A])
    assert cable.out() == [OTHER, OTHER]


@pytest.mark.parametrize("approved", [False, True])
def test_what_the_bound_on_conflicts_dropped_can_not_be_moved_to(
    cable: Cable, monkeypatch: pytest.MonkeyPatch, approved: bool
) -> None:
    """The row still says so, but neither address is sent anything by the wish to change."""
    monkeypatch.setattr("pnp_gui.pnp.responder.MAX_CONFLICTING", 1)
    if approved:
        cable.conflicted()
    else:
        cable.asked_for_from_both()
    cable.ask(HOME, "another", mac(2))
    cable.ask(OTHER, "another", mac(2))
    assert cable.status() is StatusKind.CONFLICT
    phone = cable.bench.phones[A]
    change = cable.bench.change_address([A])
    assert (change.moved, change.stayed, change.sent) == ([], [phone], {})
    assert cable.out() == []
    assert (phone.address, phone.conflict) == (HOME, None)
    cable.ask(OTHER, "once more")
    assert cable.status() is StatusKind.CONFLICT, "it is there again when it asks again"
    assert cable.bench.change_address([A]).moved == [phone]
    assert phone.address == OTHER


@pytest.mark.parametrize("approved", [False, True])
def test_undo_of_forget_brings_no_conflict_back_and_nothing_that_asks(
    cable: Cable, approved: bool
) -> None:
    """The wire forgot the phone: what the row says is what approving it would do."""
    if approved:
        cable.conflicted()
    else:
        cable.asked_for_from_both()
    cable.bench.forget([A])
    cable.bench.undo()
    phone = cable.bench.phones[A]
    assert cable.status() is (StatusKind.WAITING if approved else StatusKind.QUIET)
    assert phone.conflict is None
    assert cable.bench.change_address([A]) == ([], [], {})
    assert cable.bench.send_again([A]) == {
        (SendResult.NEVER_ASKED if approved else SendResult.NOT_APPROVED): 1
    }
    cable.bench.approve([A])
    assert cable.out() == []
    assert cable.ask(OTHER, "theirs again") == [OTHER, OTHER], "the first that asks is the phone"
    assert cable.ask(HOME, "again") == []
    assert cable.status() is StatusKind.CONFLICT


def test_a_forgotten_phone_that_asks_from_elsewhere_is_a_new_one(cable: Cable) -> None:
    cable.ask(HOME)
    cable.bench.approve([A])
    cable.bench.forget([A])
    cable.out()
    assert cable.ask(OTHER, "theirs") == []
    phone = cable.bench.phones[A]
    assert (phone.address, phone.decision, phone.conflict) == (OTHER, Decision.UNDECIDED, None)
    cable.bench.approve([A])
    assert cable.out() == [OTHER, OTHER]


def test_the_address_of_an_earlier_run_makes_no_conflict(cable: Cable, tmp_path: Path) -> None:
    cable.ask(HOME)
    cable.bench.approve([A])
    cable.bench.close()
    later = Cable(tmp_path, cable.clock)
    assert later.bench.phones[A].address == HOME
    assert later.ask(OTHER, "next day") == [OTHER, OTHER]
    assert later.status() is StatusKind.SENT
    assert later.ask(HOME, "next day") == []
    assert later.status() is StatusKind.CONFLICT
    later.bench.close()
