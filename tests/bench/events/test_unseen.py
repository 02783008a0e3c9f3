"""Which phones are marked as new, and when the mark goes."""

from __future__ import annotations

from pnp_gui.bench.sheet.sheet import SheetLine
from tests.bench.rig import Set, mac

A, B = mac(1), mac(2)


def test_a_phone_is_marked_when_it_begins_to_ask_and_until_looked_at(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, B, None, None, None)])
    assert at.bench.unseen == set()
    at.heard(A, B)
    assert at.bench.unseen == {A, B}
    at.bench.take_changes()
    at.bench.mark_seen([A, "000000000000"])
    assert at.bench.unseen == {B}
    assert (at.bench.phones[A].unseen, at.bench.phones[B].unseen) == (False, True)
    assert at.bench.take_changes().changed == {A}
    at.bench.mark_seen([A])
    assert at.bench.take_changes().changed == set(), "nothing new, nothing to paint"


def test_it_is_marked_anew_only_after_it_was_quiet(at: Set) -> None:
    at.heard(A)
    at.bench.mark_seen([A])
    at.heard(A, again=True)
    at.clock.forward(31)
    at.heard(A)
    assert at.bench.unseen == set(), "still the same asking"
    at.clock.forward(33)
    at.heard(A, again=True)
    assert at.bench.unseen == set()
    at.heard(A)
    assert at.bench.unseen == {A}


def test_only_undecided_phones_are_marked(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.deny([B])
    assert at.bench.unseen == set(), "who decides has looked"
    at.clock.forward(100)
    at.heard(A, B)
    assert at.bench.unseen == set()


def test_a_forgotten_phone_is_not_marked_any_more(at: Set) -> None:
    at.heard(A)
    at.bench.forget([A])
    assert at.bench.unseen == set()
    at.bench.undo()
    assert at.bench.unseen == set()
    assert not at.bench.phones[A].unseen
