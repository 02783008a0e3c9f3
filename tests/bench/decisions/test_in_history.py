"""The history says what was decided of a phone, and how."""

from __future__ import annotations

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.bench.store.rows import How
from tests.bench.rig import Set, mac

A, B = mac(1), mac(2)


def told(at: Set) -> list[tuple[str, str, str]]:
    """What was decided, the oldest first."""
    lines = reversed(at.bench.store.history())
    return [(line.key, line.outcome, line.how) for line in lines if line.how]


def test_every_decision_is_there_with_how_it_was_made(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A, B])
    at.bench.deny([B])
    at.bench.undecide([B])
    at.bench.undo()
    at.bench.apply_sheet([SheetLine(0, B, Decision.APPROVED, None, None)])
    at.bench.apply_sheet([SheetLine(0, mac(3), Decision.APPROVED, None, None)], How.SCAN)
    at.bench.undo()
    at.bench.redo()
    at.bench.undo()
    at.bench.forget([A])
    at.bench.undo()
    at.bench.approve_all(1)
    at.heard(mac(4))
    assert told(at) == [
        (A, "approved", "by hand"),
        (B, "approved", "by hand"),
        (B, "denied", "by hand"),
        (B, "undecided", "by hand"),
        (B, "denied", "undo"),
        (B, "approved", "sheet"),
        (mac(3), "approved", "scan"),
        (mac(3), "forgotten", "undo"),
        (mac(3), "approved", "redo"),
        (mac(3), "forgotten", "undo"),
        (A, "forgotten", "by hand"),
        (A, "approved", "undo"),
        (mac(4), "approved", "approve all"),
    ]
    again = at.next_run()
    assert told(again)[-1] == (mac(4), "approved", "approve all")
    again.bench.close()


def test_what_decides_nothing_is_not_there(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.bench.approve([A])
    at.bench.set_label([A], "Lobby")
    at.bench.set_own_url([A], "http://h/a")
    assert told(at) == [(A, "approved", "by hand")]
