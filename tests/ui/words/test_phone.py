"""A phone's decision in words, and where it is sorted."""

from __future__ import annotations

import pytest

from pnp_gui.bench.phones.phone import Decision, Phone
from pnp_gui.ui.table.sort_keys import by_decision
from pnp_gui.ui.words.phone import decision_text


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_has_a_word(decision: Decision) -> None:
    assert decision_text(decision).lower() == decision.value, "for find field, reader, clipboard"


def test_undecided_phones_are_on_top_then_the_approved() -> None:
    ordered = sorted(
        (Phone("1", decision=each) for each in Decision), key=lambda p: by_decision(p, 0)
    )
    assert [phone.decision for phone in ordered] == ["undecided", "approved", "denied"]
