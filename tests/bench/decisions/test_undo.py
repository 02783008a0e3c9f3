"""Taking decisions back: on the disk too, without sending, and only what the decision changed."""

from __future__ import annotations

from collections import Counter

import pytest

from pnp_gui.bench.decisions.undo import MAX_STEPS, Undone
from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.send_result import SendResult
from tests.bench.rig import Set, mac

A, B, C, D = mac(1), mac(2), mac(3), mac(4)


def decisions(at: Set) -> dict[str, Decision]:
    return {key: phone.decision for key, phone in at.bench.phones.items()}


def undo(at: Set) -> Undone:
    undone = at.bench.undo()
    assert undone is not None
    return undone


def test_there_is_nothing_to_undo_at_first_nor_after_a_decision_that_changes_nothing(
    at: Set,
) -> None:
    assert at.bench.undo() is None
    at.heard(A)
    at.bench.undecide([A])
    at.bench.forget(["000000000000"])
    assert at.bench.undo() is None


def test_each_phone_is_as_it_was_before_and_what_was_sent_is_counted(at: Set) -> None:
    at.heard(A, B, C, D)
    at.bench.deny([B])
    at.bench.approve([D])
    at.bench.approve([A, B, C, D])
    at.offered(A)
    at.answered(A, 200, "OK")
    at.offered(C)
    at.wire.told.clear()
    undone = undo(at)
    assert undone.decided == Counter({Decision.UNDECIDED: 2, Decision.DENIED: 1})
    assert (undone.sent, undone.total) == (2, 3)
    assert decisions(at) == {
        A: Decision.UNDECIDED,
        B: Decision.DENIED,
        C: Decision.UNDECIDED,
        D: Decision.APPROVED,
    }
    assert Counter(at.wire.told) == Counter(("withdraw", key) for key in (A, B, C))
    assert at.bench.phones[C].progress is Progress.ASKING, "no NOTIFY is under way any more"


def test_an_undone_denial_approves_again_and_sends_nothing_by_itself(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.bench.deny([A])
    at.wire.told.clear()
    undone = undo(at)
    assert undone.decided == Counter({Decision.APPROVED: 1})
    assert (undone.sent, undone.key) == (0, A)
    assert decisions(at) == {A: Decision.APPROVED}
    assert at.wire.told == []


def test_it_is_on_the_disk(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, A, Decision.DENIED, "http://h/x", "door")])
    at.bench.approve([A])
    at.bench.set_own_url([A], "http://h/y")
    undo(at)
    undo(at)
    later = at.next_run()
    phone = later.bench.phones[A]
    assert (phone.decision, phone.own_url, phone.label) == (Decision.DENIED, "http://h/x", "door")
    assert later.bench.undo() is None, "steps are of one run"
    later.bench.close()


def test_only_what_the_step_changed_goes_back(at: Set) -> None:
    at.heard(A)
    at.bench.set_label([A], "door")
    at.bench.set_own_url([A], "http://h/a")
    at.bench.approve([A])
    assert undo(at).decided == Counter({Decision.UNDECIDED: 1})
    phone = at.bench.phones[A]
    assert (phone.own_url, phone.label) == ("http://h/a", "door")
    assert undo(at).urls == 1
    assert (phone.own_url, phone.label) == ("", "door")
    assert undo(at).labels == 1
    assert phone.label == ""


def test_forgotten_phones_come_back_with_all_that_was_known(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.offered(A)
    at.bench.set_label([B], "hall")
    before = {key: at.bench.phones[key].model for key in (A, B)}
    at.bench.take_changes()
    at.bench.forget([A, B])
    assert at.bench.phones == {}
    undone = undo(at)
    assert (undone.back, undone.total) == (2, 2)
    assert {key: phone.model for key, phone in at.bench.phones.items()} == before
    assert decisions(at) == {A: Decision.APPROVED, B: Decision.UNDECIDED}
    assert at.bench.phones[A].progress is Progress.NONE, "its NOTIFY ended when it was forgotten"
    assert at.bench.phones[B].label == "hall"
    assert at.bench.take_changes().changed == {A, B}
    assert at.bench.send_again([A]) == {SendResult.NEVER_ASKED: 1}
    assert at.wire.told[-1] == ("forget", B), "nothing is asked of the wire, which forgot both"
    later = at.next_run()
    assert decisions(later) == {A: Decision.APPROVED, B: Decision.UNDECIDED}
    assert later.bench.phones[A].model == before[A]
    later.bench.close()


def test_a_forgotten_phone_that_asked_again_gets_its_decision_back(at: Set) -> None:
    at.heard(A)
    at.bench.deny([A])
    at.bench.forget([A])
    at.heard(A)
    assert undo(at).back == 1
    assert decisions(at) == {A: Decision.DENIED}
    assert at.bench.counts().phones == 1


def test_a_sheet_goes_back_as_one_step(at: Set) -> None:
    at.heard(A)
    at.bench.apply_sheet(
        [
            SheetLine(1, A, Decision.APPROVED, "http://h/a", None),
            SheetLine(2, B, Decision.APPROVED, None, "new"),
            SheetLine(3, C, Decision.DENIED, None, "new"),
        ]
    )
    at.heard(C)
    undone = undo(at)
    assert (undone.gone, undone.decided) == (1, Counter({Decision.UNDECIDED: 2}))
    assert decisions(at) == {A: Decision.UNDECIDED, C: Decision.UNDECIDED}
    assert (at.bench.phones[A].own_url, at.bench.phones[C].label) == ("", "")
    later = at.next_run()
    assert set(later.bench.phones) == {A, C}
    later.bench.close()


def test_several_steps_go_back_one_by_one_but_not_without_end(at: Set) -> None:
    at.heard(A)
    for number in range(MAX_STEPS + 5):
        at.bench.set_label([A], f"label {number}")
    labels = []
    while at.bench.undo():
        labels.append(at.bench.phones[A].label)
    assert labels == [f"label {number}" for number in range(MAX_STEPS + 3, 3, -1)]


def test_a_phone_that_is_gone_meanwhile_is_passed_over(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, A, Decision.APPROVED, None, None)])
    at.bench.set_label([A], "x")
    for _ in range(2):
        undo(at)
    assert at.bench.phones == {}
    at.heard(B)
    at.bench.approve([B])
    at.bench.forget([B])
    at.heard(B)
    at.bench.deny([B])
    for _ in range(3):
        undo(at)
    assert decisions(at) == {B: Decision.UNDECIDED}


@pytest.mark.parametrize("count", [1, 2])
def test_the_log_says_so(at: Set, count: int) -> None:
    keys = [A, B][:count]
    at.heard(*keys)
    at.bench.approve(keys)
    undo(at)
    assert at.bench.log[-1].text == (
        "Undone: this phone is as it was before the last decision."
        if count == 1
        else "Undone: 2 phones are as they were before the last decision."
    )
