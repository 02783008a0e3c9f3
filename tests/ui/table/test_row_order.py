"""The order of the rows: who comes first, when rows may move, and the same whatever happens."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.filter import Filter, search_text
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.row_order_model import INSERTS_AT_ONCE
from pnp_gui.ui.table.sort_keys import by_urgency
from tests.bench.rig import Set, ask, mac, start
from tests.ui.watched_model import settle, shown, text, watched

DESCENDING = Qt.SortOrder.DescendingOrder


class TestOrder:
    def test_who_asks_and_is_undecided_comes_first_then_the_newest(
        self, at: Set, model: PhoneModel
    ) -> None:
        for number in (1, 2, 3):
            at.heard(mac(number))
            at.clock.forward(2)
        at.bench.deny([mac(3)])
        model.flush()
        assert shown(model) == [mac(2), mac(1), mac(3)]

    @pytest.mark.parametrize("seconds", [-86400.0, -3600.0, 3600.0])
    def test_the_newest_is_the_newest_also_when_the_clock_is_set(
        self, at: Set, seconds: float
    ) -> None:
        at.heard(mac(1), mac(2))
        at = at.next_run()
        model = watched(at)
        at.heard(mac(2))
        at.clock.forward(60)
        at.clock.unix += seconds
        at.heard(mac(3))
        at.clock.forward(60)
        model.flush()
        for column in (-1, Column.ASKED, Column.STATUS):
            model.sort(column)
            assert shown(model) == [mac(3), mac(2), mac(1)], column
        assert text(model, 0, Column.ASKED) == "1 min ago"
        assert text(model, 1, Column.ASKED) == "2 min ago"
        at.bench.close()

    def test_a_new_phone_takes_its_place_in_the_sorted_table(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(1), mac(5))
        model.flush()
        model.sort(Column.PHONE)
        at.heard(mac(3))
        model.flush()
        assert shown(model) == [mac(1), mac(3), mac(5)]
        model.sort(Column.PHONE, DESCENDING)
        at.heard(mac(4))
        model.flush()
        assert shown(model) == [mac(5), mac(4), mac(3), mac(1)]

    def test_a_crowd_of_new_phones_comes_in_one_insert(
        self, at: Set, model: PhoneModel, qtbot: QtBot
    ) -> None:
        inserts: list[tuple[int, int]] = []
        model.rowsInserted.connect(lambda _, first, last: inserts.append((first, last)))
        model.sort(Column.PHONE)
        keys = [mac(number) for number in range(5 * INSERTS_AT_ONCE)]
        at.heard(*reversed(keys))
        model.flush()
        assert inserts == [(0, len(keys) - 1)]
        assert shown(model) == keys

    def test_versions_sort_as_numbers(self, at: Set, model: PhoneModel) -> None:
        for number, model_name in enumerate(("D9", "D10", "", "d2")):
            at.absorb(
                SubscribeReceived(ask(mac(number), model=model_name), at.clock.monotonic, False)
            )
        model.flush()
        model.sort(Column.MODEL)
        assert [text(model, row, Column.MODEL) for row in range(4)] == ["d2", "D9", "D10", ""]

    @pytest.mark.parametrize("column", [None, *Column])
    def test_any_column_sorts_any_phones(
        self, at: Set, model: PhoneModel, column: Column | None
    ) -> None:
        at.heard(mac(1), mac(2), "ip:10.13.2.40")
        at.heard("ip:10.13.2.41", address="10.13.2.41")
        at.bench.apply_sheet([SheetLine(1, mac(9), Decision.APPROVED, "http://h/a", "101")])
        at.bench.deny([mac(2)])
        model.flush()
        before = set(shown(model))
        model.sort(-1 if column is None else column)
        up = shown(model)
        model.sort(-1 if column is None else column, DESCENDING)
        assert set(up) == before
        assert shown(model) == (up if column is None else up[::-1])

    def test_a_label_that_starts_with_the_words_moves_up_as_another_no_longer_does(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(1), mac(2))
        model.sort(Column.PHONE)
        at.bench.set_label([mac(1)], "desk 1")
        at.bench.set_label([mac(2)], "hall, desk 2")
        model.set_find("desk")
        assert shown(model) == [mac(1), mac(2)]
        at.bench.set_label([mac(1)], "hall, desk 1")
        at.bench.set_label([mac(2)], "desk 2")
        settle(at, model)
        assert shown(model) == [mac(2), mac(1)]

    def test_rows_move_of_their_own_accord_at_most_once_a_second(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(1), mac(2))
        model.flush()
        model.sort(Column.DECISION)
        at.clock.forward(0.1)
        at.bench.approve([mac(1)])
        model.flush()
        assert shown(model) == [mac(1), mac(2)]
        settle(at, model)
        assert shown(model) == [mac(2), mac(1)]

    def test_while_rows_are_held_none_moves_and_new_ones_come_at_the_end(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(5))
        at.heard(mac(6))
        model.flush()
        model.sort(Column.PHONE)
        settle(at, model)
        model.hold(10)
        at.heard(mac(1))
        settle(at, model)
        assert shown(model) == [mac(5), mac(6), mac(1)]
        at.clock.forward(10)
        model.flush()
        assert shown(model) == [mac(1), mac(5), mac(6)]

    def test_a_phone_whose_time_is_over_leaves_the_top(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1))
        at.clock.forward(30)
        at.heard(mac(2))
        at.bench.deny([mac(2)])
        model.flush()
        settle(at, model)
        assert shown(model) == [mac(1), mac(2)]
        at.clock.forward(5)
        at.bench.tick()
        model.flush()
        settle(at, model)
        assert shown(model) == [mac(2), mac(1)]


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ("heard", "again", "approve", "deny", "undecide", "forget", "find", "sort", "hold")
        ),
        st.lists(st.integers(0, 40), min_size=1, max_size=30),
        st.floats(0, 20),
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
@example(actions=[("heard", [0, 1], 1.0), ("again", [1], 0.0), ("approve", [1], 0.0)])
def test_whatever_happens_the_rows_are_the_bench_s_phones_in_order(
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
    actions: list[tuple[str, list[int], float]],
) -> None:
    at = start(tmp_path_factory.mktemp("data"))
    model = watched(at)
    column: Column | None = None
    reverse = False
    question = ""
    finds = ("", "asking", "denied", mac(7), "approved", "snom")
    for action, numbers, seconds in actions:
        keys = [mac(number) for number in numbers]
        match action:
            case "heard":
                at.heard(*keys)
            case "again":
                at.heard(*keys, again=True)
            case "find":
                question = finds[numbers[0] % len(finds)]
                model.set_find(question)
            case "sort":
                column = Column(numbers[0] % len(Column))
                reverse = len(numbers) % 2 == 1
                model.sort(column, DESCENDING if reverse else Qt.SortOrder.AscendingOrder)
            case "hold":
                model.hold(seconds)
            case decision:
                _decide(at.bench, decision, keys)
        model.flush()
        assert shown(model) == list(dict.fromkeys(shown(model)))
        at.clock.forward(seconds)
        at.bench.tick()
        model.refresh_live(range(21))
    at.clock.forward(60)
    at.bench.tick()
    settle(at, model)
    now = at.clock.unix
    sort_by = by_urgency if column is None else COLUMNS[column].sort_by
    expected = sorted(
        (
            phone
            for phone in at.bench.phones.values()
            if Filter(question).matches(phone, search_text(phone), now, at.bench)
        ),
        key=lambda phone: (sort_by(phone, now), phone.key),
        reverse=reverse,
    )
    assert shown(model) == [phone.key for phone in expected]
    at.bench.close()
    model.deleteLater()


def _decide(bench: Bench, decision: str, keys: list[str]) -> None:
    getattr(bench, decision)(keys)


def test_the_order_at_first_is_the_same_after_a_restart(qapp: QApplication, at: Set) -> None:
    """Phones that repeat themselves, of makes that wait for different times, decided or not."""
    keys = [mac(number) for number in range(6)]
    makes = ("snom", "Panasonic", "Grandstream")
    for number, key in enumerate(keys):
        made = ask(key, make=makes[number % 3])
        at.absorb(SubscribeReceived(made, at.clock.monotonic, False))
        at.clock.forward(1.0)
        at.heard(keys[0], again=True)
    at.bench.deny(keys[:1])
    at.bench.approve(keys[1:3])
    model = watched(at)
    at.clock.forward(0.5)
    at.heard(keys[3], again=True)
    settle(at, model)
    assert shown(model)[:3] == [keys[5], keys[4], keys[3]], "the newest that is asking first"
    at.clock.forward(60.0)
    at.bench.tick()
    settle(at, model)
    before = shown(model)
    assert before == [keys[number] for number in (3, 0, 5, 4, 2, 1)], (
        "the last that was heard first"
    )
    again = at.next_run()
    assert shown(watched(again)) == before
    again.bench.close()
