"""The numbers of phones, and which rows changed: never adrift from the phones themselves."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnp_gui.bench.phones import registry as floor_module
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.bench.sheet.sheet import SheetLine
from tests.bench.rig import Set, mac, start

A, B, C = mac(1), mac(2), mac(3)


def test_changes_say_what_the_window_has_to_look_at(at: Set) -> None:
    at.heard(A, B)
    assert at.bench.take_changes() == ({A, B}, set(), {})
    assert at.bench.take_changes() == (set(), set(), {})
    at.bench.approve([A])
    at.bench.approve([A])
    assert at.bench.take_changes().changed == {A}
    at.bench.set_label([B], "x")
    assert at.bench.take_changes().changed == {B}
    at.bench.set_own_url([A], "http://h/")
    at.bench.take_changes()
    at.bench.set_default_url("http://d/")
    assert at.bench.take_changes().changed == {B}, "A has its own"
    at.bench.set_label([B], "x")
    assert at.bench.take_changes().changed == set(), "as it was"


def test_a_window_that_runs_out_is_a_change(at: Set) -> None:
    at.heard(A, B)
    at.bench.deny([B])
    at.bench.take_changes()
    at.clock.forward(31.9)
    at.bench.tick()
    assert at.bench.take_changes().changed == set()
    assert at.bench.counts().kinds[StatusKind.ASKING] == 1
    at.clock.forward(0.2)
    at.bench.tick()
    assert at.bench.take_changes().changed == {A}
    assert at.bench.counts().kinds[StatusKind.ASKING] == 0


def test_counts(at: Set) -> None:
    keys = [mac(n) for n in range(8)]
    at.heard(*keys)
    at.bench.approve(keys[:5])
    at.bench.deny(keys[5:6])
    for key in keys[:4]:
        at.offered(key)
    at.answered(keys[0], 200)
    at.answered(keys[1], 202)
    at.answered(keys[2], 481)
    at.no_answer(keys[3])
    counts = at.bench.counts()
    assert (counts.phones, counts.approved) == (8, 5)
    assert counts.kinds == {
        StatusKind.ASKING: 2,
        StatusKind.DENIED: 1,
        StatusKind.ACCEPTED: 2,
        StatusKind.REFUSED: 1,
        StatusKind.NO_ANSWER: 1,
        StatusKind.WAITING: 1,
    }


def test_a_flood_of_new_phones_ends_at_the_bound_and_pushes_nobody_out(
    at: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_module, "MAX_UNDECIDED", 10)
    at.heard(A)
    at.bench.approve([A])
    at.heard(B)
    at.bench.deny([B])
    flood = [mac(1000 + n) for n in range(50)]
    lines = len(at.bench.log)
    for key in flood:
        at.asks(key)
    assert set(at.bench.phones) == {A, B, *flood[:10]}
    assert {entry.key for entry in at.bench.trace} == set(flood[:10])
    told = [
        line.text for line in list(at.bench.log)[lines:] if "counted, but not shown" in line.text
    ]
    assert len(told) == 1
    at.heard(flood[0])
    assert at.bench.phones[flood[0]].asked == 2, "those that are shown go on"
    at.bench.approve(flood[:1])
    at.heard(C)
    assert C in at.bench.phones, "a decision makes room"
    at.bench.forget(flood[1:3])
    at.heard(flood[30])
    assert flood[30] in at.bench.phones, "so does removing"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("heard", "approve", "deny", "undecide", "forget", "sheet", "next run"),
                *("offered", "answered", "no_answer", "later", "looked at"),
            )
        ),
        st.sampled_from([A, B, C]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_the_numbers_of_phones_never_drift(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    at = start(tmp_path_factory.mktemp("data"))
    for step, key in steps:
        if step == "heard":
            at.heard(key)
        elif step == "sheet":
            at.bench.apply_sheet([SheetLine(1, key, None, None, None)])
        elif step == "next run":
            at = at.next_run()
        elif step == "offered" or step == "no_answer":
            getattr(at, step)(key)
        elif step == "answered":
            at.answered(key, 481 if key == A else 200)
        elif step == "later":
            at.clock.forward(16.0)
        elif step == "looked at":
            at.bench.take_changes()
        else:
            getattr(at.bench, step)([key])
        phones = at.bench.phones.values()
        kinds = Counter(status_of(phone, at.clock.monotonic) for phone in phones)
        decisions = Counter(phone.decision for phone in phones)
        counts = at.bench.counts()
        assert (counts.phones, counts.approved) == (len(phones), decisions[Decision.APPROVED])
        assert counts.kinds == kinds
        assert at.bench._registry.undecided == sum(
            phone.decision is Decision.UNDECIDED for phone in phones
        )
    at.bench.store.close()
