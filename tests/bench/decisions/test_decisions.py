"""Decisions: their order, who is answered with what, and what the next run knows of them."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision, Progress
from pnp_gui.bench.sheet.reading import read_sheet
from pnp_gui.bench.sheet.sheet import SheetLine, write_sheet
from pnp_gui.bench.store.rows import Columns
from pnp_gui.bench.store.store import Kept, Store
from pnp_gui.pnp.send_result import SendResult
from pnp_gui.pnp.url import FACTORY_URL
from pnp_gui.trouble import Trouble
from tests.bench.rig import Set, ask, mac

A, B, C = mac(1), mac(2), mac(3)


def test_disk_then_row_then_wire(at: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    at.heard(A)
    rows_during_save: list[Decision] = []
    save = Store.save_decisions

    def watched(store: Store, rows: list[Kept], decided: dict[str, Columns]) -> None:
        rows_during_save.append(at.bench.phones[A].decision)
        save(store, rows, decided)

    monkeypatch.setattr(Store, "save_decisions", watched)
    at.wire.look = lambda: (at.bench.phones[A].decision, at.on_disk(A))
    at.bench.approve([A])
    at.bench.deny([A])
    assert rows_during_save == [Decision.UNDECIDED, Decision.APPROVED]
    assert at.wire.told == [("offer", A), ("withdraw", A)]
    assert at.wire.seen == [(Decision.APPROVED, "approved"), (Decision.DENIED, "denied")]


def test_nobody_gets_a_url_but_the_approved(at: Set) -> None:
    assert at.bench.url_for(ask(A)) is None, "unknown"
    at.heard(A)
    assert at.bench.url_for(ask(A)) is None, "undecided"
    at.bench.approve([A])
    assert at.bench.url_for(ask(A)) == FACTORY_URL
    assert at.bench.url_for(ask(B)) is None, "another"
    at.bench.deny([A])
    assert at.bench.url_for(ask(A)) is None, "denied"
    at.bench.approve([A])
    at.bench.undecide([A])
    assert at.bench.url_for(ask(A)) is None, "undecided again"
    at.bench.approve([A])
    at.bench.forget([A])
    assert at.bench.url_for(ask(A)) is None, "forgotten"
    at.heard(A)
    assert at.bench.url_for(ask(A)) is None, "back as a new one"


def test_approving_sends_at_once_only_to_phones_heard_in_this_run(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, B, None, None, None)])
    at.heard(A)
    at.bench.approve([A, B, "000000000000", A])
    assert at.wire.told == [("offer", A)]
    assert at.bench.phones[B].decision is Decision.APPROVED


def test_approving_again_does_not_send_to_those_that_have_it(at: Set) -> None:
    at.heard(A, B, C)
    at.bench.approve([A, B, C])
    for key in (A, B, C):
        at.offered(key)
    at.answered(A, 200, "OK")
    at.answered(B, 481, "Gone")
    at.wire.told.clear()
    at.bench.approve([A, B, C])
    assert at.wire.told == [("offer", B)], "A accepted, C is under way"


def test_send_again_counts_what_became_of_it(at: Set) -> None:
    at.bench.apply_sheet([SheetLine(1, C, Decision.APPROVED, None, None)])
    at.heard(A, B)
    at.bench.approve([A])
    at.offered(A)
    at.answered(A, 200, "OK")
    at.wire.told.clear()
    assert at.bench.send_again([A, B, C]) == {
        SendResult.OK_AND_NOTIFY: 1,
        SendResult.NOT_APPROVED: 1,
        SendResult.NEVER_ASKED: 1,
    }
    assert at.wire.told == [("offer", A)]


@pytest.mark.parametrize("decision", [Decision.DENIED, Decision.UNDECIDED])
def test_taking_an_approval_back_ends_what_is_under_way(at: Set, decision: Decision) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    (at.bench.deny if decision is Decision.DENIED else at.bench.undecide)([A])
    phone = at.bench.phones[A]
    assert (phone.decision, phone.progress) == (decision, Progress.ASKING)
    assert at.wire.told[-1] == ("withdraw", A)


def test_what_was_accepted_stays_accepted_until_it_asks_again(at: Set) -> None:
    at.heard(A)
    at.bench.approve([A])
    at.offered(A)
    at.answered(A, 200, "OK")
    at.bench.undecide([A])
    assert at.bench.phones[A].progress is Progress.ACCEPTED
    at.heard(A)
    assert at.bench.phones[A].progress is Progress.ASKING


def test_everything_decided_and_seen_is_known_in_the_next_run(at: Set) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.deny([B])
    at.bench.set_own_url([A], "http://h/a")
    at.bench.set_label([A], " Room\t12 ")
    at.offered(A, "http://h/a")
    at.answered(A, 200, "OK", "http://h/a")
    seen = at.clock.unix
    at.clock.forward(3600)
    at = at.next_run()
    a, b = at.bench.phones[A], at.bench.phones[B]
    assert (a.decision, a.own_url, a.label) == (Decision.APPROVED, "http://h/a", "Room 12")
    assert (a.progress, a.sent_url, a.first_seen) == (Progress.ACCEPTED, "http://h/a", seen)
    assert (a.asked, a.make) == (0, "snom")
    assert b.decision is Decision.DENIED
    assert at.bench.take_changes().changed == {A, B}
    at.bench.store.close()


def test_a_forgotten_phone_is_gone_everywhere(at: Set) -> None:
    at.heard(B)
    at.asks(A)
    at.bench.approve([A])
    at.bench.take_changes()
    at.bench.forget([A])
    assert at.bench.take_changes().removed == {A}
    assert list(at.bench.phones) == [B]
    assert at.bench.trace.of(A) == []
    assert at.wire.told[-1] == ("forget", A)
    at.answered(A, 200)
    again = at.next_run()
    assert list(again.bench.phones) == [B]
    again.bench.store.close()


def test_a_sheet_is_one_step_and_says_only_what_it_says(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.heard(A, B)
    at.bench.approve([A])
    at.bench.set_own_url([A], "http://h/a")
    at.bench.set_label([B], "old")
    at.wire.told.clear()
    saves: list[int] = []
    save = Store.save_decisions

    def counted(store: Store, rows: list[Kept], decided: dict[str, Columns]) -> None:
        saves.append(len(rows))
        save(store, rows, decided)

    monkeypatch.setattr(Store, "save_decisions", counted)
    at.bench.apply_sheet(
        [
            SheetLine(1, A, None, None, "Room 1"),
            SheetLine(2, B, Decision.APPROVED, "http://h/b", None),
            SheetLine(3, C, Decision.APPROVED, None, None),
            SheetLine(4, C, None, None, "Room 3"),
        ]
    )
    assert saves == [3]
    assert {
        key: (phone.decision, phone.own_url, phone.label) for key, phone in at.bench.phones.items()
    } == {
        A: (Decision.APPROVED, "http://h/a", "Room 1"),
        B: (Decision.APPROVED, "http://h/b", "old"),
        C: (Decision.APPROVED, "", "Room 3"),
    }
    assert at.wire.told == [("offer", B)]


def test_a_written_sheet_makes_the_same_floor_elsewhere(at: Set) -> None:
    at.heard(A, "ip:10.13.2.37")
    at.bench.approve([A])
    at.bench.deny(["ip:10.13.2.37"])
    at.bench.set_label([A], "=1+1")
    first = write_sheet(at.bench.phones.values())
    at.bench.forget(list(at.bench.phones))
    reading = read_sheet(first)
    lines, bad = reading.good, reading.bad
    at.bench.apply_sheet(lines)
    assert bad == []
    assert write_sheet(at.bench.phones.values()) == first


def test_ten_thousand_approved_at_once(at: Set) -> None:
    keys = [mac(n) for n in range(10_000)]
    for number, key in enumerate(keys):
        at.heard(key, address=f"10.13.{number // 250}.{number % 250 + 1}")
    at.bench.approve(keys)
    assert len(at.wire.told) == 10_000
    assert at.bench.log[-1].text == "10000 phones approved."
    again = at.next_run()
    assert again.bench.counts().approved == 10_000
    again.bench.store.close()


def test_an_import_that_leads_to_too_many_phones_changes_nothing(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pnp_gui.bench.decisions.apply.MAX_IMPORTED", 3)
    at.heard(A)
    at.bench.approve([A])
    lines = [SheetLine(n, mac(n), Decision.DENIED, None, None) for n in range(1, 5)]
    with pytest.raises(Trouble, match="there would be 4 phones; at most 3 can be kept"):
        at.bench.apply_sheet(lines)
    assert list(at.bench.phones) == [A]
    assert at.on_disk(A) == "approved"
    at.bench.apply_sheet(lines[:3])
    assert {phone.decision for phone in at.bench.phones.values()} == {Decision.DENIED}
    monkeypatch.setattr("pnp_gui.bench.decisions.apply.MAX_IMPORTED", 2)
    at.bench.apply_sheet([SheetLine(n, mac(n), None, None, "known") for n in range(1, 4)])
    assert {phone.label for phone in at.bench.phones.values()} == {"known"}
