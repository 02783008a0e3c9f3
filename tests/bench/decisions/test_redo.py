"""Taking an undo back: decided again as the first time, unless the phone changed since."""

from __future__ import annotations

from collections import Counter

import pytest

from pnp_gui.bench.decisions.undo import Undone
from pnp_gui.bench.events import mac_check
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import Conflict
from pnp_gui.pnp.send_result import SendResult
from tests.bench.rig import Set, ask, mac

A, B, C = mac(1), mac(2), mac(3)


def redo(at: Set) -> Undone:
    redone = at.bench.redo()
    assert redone is not None
    return redone


def claimed(at: Set) -> None:
    """Another address asks for A."""
    claim = ask(A, "10.13.2.99")
    at.absorb(Conflict(claim, at.clock.monotonic, claim))


def test_an_approval_is_saved_and_sent_again_as_the_first_time(at: Set) -> None:
    at.heard(A, B)
    at.bench.deny([B])
    at.bench.approve([A])
    at.bench.undo()
    at.bench.undo()
    at.wire.told.clear()
    assert redo(at).decided == Counter({Decision.DENIED: 1})
    assert at.wire.told == [("withdraw", B)]
    at.wire.told.clear()
    at.wire.look = lambda: at.on_disk(A)
    redone = redo(at)
    assert redone.decided == Counter({Decision.APPROVED: 1})
    assert redone.offered == {SendResult.OK_AND_NOTIFY: 1}
    assert at.wire.told == [("offer", A)]
    assert at.wire.seen[-1] == "approved", "on the disk before it was sent"
    assert at.decided(A, B) == [Decision.APPROVED, Decision.DENIED]
    assert at.bench.redo() is None


def test_undo_and_redo_go_back_and_forth(at: Set) -> None:
    at.heard(A)
    at.bench.set_label([A], "door")
    at.bench.set_own_url([A], "http://h/a")
    for _ in range(2):
        assert (at.bench.undo(), at.bench.undo(), at.bench.undo())[2] is None
        phone = at.bench.phones[A]
        assert (phone.own_url, phone.label) == ("", "")
        assert (redo(at).labels, redo(at).urls) == (1, 1)
        assert (phone.own_url, phone.label) == ("http://h/a", "door")


@pytest.mark.parametrize("how", ["deny", "label", "forget", "all"])
def test_a_new_decision_empties_it(at: Set, how: str) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.undo()
    match how:
        case "deny":
            at.bench.deny([B])
        case "label":
            at.bench.set_label([B], "door")
        case "forget":
            at.bench.forget([B])
        case _:
            at.bench.approve_all(5)
    assert at.bench.redo() is None


def test_what_changes_nothing_is_no_step_and_empties_nothing(at: Set) -> None:
    at.heard(A, B)
    at.bench.deny([A])
    at.bench.deny([B])
    at.bench.undo()
    at.bench.deny([A])
    at.bench.undecide([B])
    assert redo(at).key == B
    at.bench.deny([A, B])
    at.bench.undo()
    at.bench.undo()
    assert at.decided(A, B) == [Decision.UNDECIDED] * 2
    assert at.bench.undo() is None


def test_a_denial_settles_the_conflict_of_one_that_is_denied_already(at: Set) -> None:
    at.heard(A)
    at.bench.deny([A])
    claimed(at)
    assert at.bench.phones[A].conflict is not None
    at.bench.deny([A])
    assert at.bench.phones[A].conflict is None


def test_a_phone_that_is_in_conflict_since_is_left_as_it_is(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A, B])
    at.bench.undo()
    at.clock.forward(1)
    claimed(at)
    at.wire.told.clear()
    redone = redo(at)
    assert (redone.changed, redone.total) == (1, 1)
    assert at.decided(A, B) == [Decision.UNDECIDED, Decision.APPROVED]
    assert at.wire.told == [("offer", B)]


def test_a_phone_at_another_address_is_left_but_one_that_asks_for_the_first_time_is_not(
    at: Set,
) -> None:
    at.heard(A)
    at.bench.apply_sheet(
        [SheetLine(n, key, Decision.APPROVED, None, None) for n, key in ((1, A), (2, B))]
    )
    at.heard(B)
    at.bench.set_label([C], "never")
    at.bench.undo()
    at.heard(A, address="10.13.2.99")
    at.wire.told.clear()
    assert redo(at).changed == 1
    assert at.wire.told == [("offer", B)]


def test_a_phone_with_another_mac_since_is_left(at: Set) -> None:
    table = {("eth0", "10.13.2.37"): A}
    at.bench.attach_neighbours(lambda: table)
    at.heard(A)
    at.bench.approve([A])
    at.bench.undo()
    table["eth0", "10.13.2.37"] = B
    at.clock.forward(mac_check.FRESH + 1)
    at.heard(A)
    at.bench.approve_all(1)
    at.bench.end_approve_all()
    assert at.bench.phones[A].other_mac is not None
    assert redo(at).changed == 1
    assert at.decided(A) == [Decision.UNDECIDED]


def test_forgotten_again_with_a_way_back(at: Set) -> None:
    at.heard(A, B)
    at.bench.deny([A])
    at.bench.forget([A, B])
    at.bench.undo()
    assert redo(at).gone == 2
    assert at.bench.phones == {}
    later = at.bench.undo()
    assert later is not None
    assert at.decided(A, B) == [Decision.DENIED, Decision.UNDECIDED]
    at.heard(A)
    redone = redo(at)
    assert (redone.gone, redone.changed) == (1, 1)
    assert at.decided(A) == [Decision.DENIED], "it asked since"


def test_a_sheet_is_done_again_as_one_step(at: Set) -> None:
    at.heard(A)
    at.bench.apply_sheet(
        [
            SheetLine(1, A, Decision.APPROVED, "http://h/a", None),
            SheetLine(2, B, Decision.APPROVED, None, "new"),
            SheetLine(3, C, Decision.DENIED, None, None),
        ]
    )
    at.bench.undo()
    at.heard(C)
    at.wire.told.clear()
    redone = redo(at)
    assert (redone.back, redone.changed) == (1, 1)
    assert at.wire.told == [("offer", A)]
    assert at.decided(A, B, C) == [Decision.APPROVED, Decision.APPROVED, Decision.UNDECIDED]
    later = at.next_run()
    assert later.bench.phones[B].label == "new"
    assert later.bench.redo() is None, "steps are of one run"
    later.bench.close()


def test_the_log_says_so(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.bench.undo()
    at.bench.redo()
    assert at.bench.log[-1].text == "Redone: this phone is as it was before the last undo."
