from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phone import Decision
from pnp_gui.bench.sheet import SheetLine
from pnp_gui.pnp.events import Heard
from pnp_gui.ui import columns
from pnp_gui.ui.columns import Column
from pnp_gui.ui.find import Find, haystack
from pnp_gui.ui.moving_rows import INSERTS_AT_ONCE
from pnp_gui.ui.phone_model import PhoneModel, PhoneRole
from pnp_gui.ui.ranking import runs
from tests.bench.floor_of_phones import Set, ask, mac, start

DESCENDING = Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(qapp: QApplication, at: Set) -> Iterator[PhoneModel]:
    made = watched(at)
    yield made
    made.deleteLater()


def watched(at: Set) -> PhoneModel:
    """A model under Qt's tester, which fails the test at the first broken promise."""
    model = PhoneModel(at.bench, now=lambda: at.clock.unix, monotonic=lambda: at.clock.monotonic)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model._timer.stop()
    return model


def shown(model: PhoneModel) -> list[str]:
    return [model.key_at(row) for row in range(model.rowCount())]


def settle(at: Set, model: PhoneModel) -> None:
    """Let so much time pass that rows may move."""
    at.clock.forward(1.5)
    model.flush()


def text(model: PhoneModel, row: int, column: Column) -> object:
    return model.data(model.index(row, column))


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
            at.absorb(Heard(ask(mac(number), model=model_name), at.clock.monotonic, False))
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
        model.refresh_ages(0, 1)
        settle(at, model)
        assert shown(model) == [mac(2), mac(1)]


class TestFind:
    @pytest.mark.parametrize(
        "question",
        [
            "00:04:13:00:00:07",
            "00-04-13-00-00-07",
            "0004.1300.0007",
            "000413000007",
            "MAC:000413000007",
            "S/N 77 000413000007 V2",
            "13:00:00:07",
            "SNOMd785 snom",
            "10.13.2.77",
            "room 12",
            "asking",
            "left",
            "undecided",
            "settings7.xml",
            "  ",
        ],
    )
    def test_matches(self, at: Set, question: str) -> None:
        at.heard(mac(7), address="10.13.2.77")
        at.bench.set_label([mac(7)], "Room 12")
        at.bench.set_own_url([mac(7)], "http://h/settings7.xml")
        phone = at.bench.phones[mac(7)]
        hay = haystack(phone)
        assert Find(question).matches(phone, hay, at.clock.unix)

    @pytest.mark.parametrize("question", ["00:04:13:00:00:08", "yealink", "snom denied", "10.9"])
    def test_does_not_match(self, at: Set, question: str) -> None:
        at.heard(mac(7), address="10.13.2.77")
        phone = at.bench.phones[mac(7)]
        hay = haystack(phone)
        assert not Find(question).matches(phone, hay, at.clock.unix)

    def test_narrows_and_widens_in_the_same_order(self, at: Set, model: PhoneModel) -> None:
        keys = [mac(number) for number in range(60)]
        at.heard(*keys)
        model.flush()
        model.sort(Column.PHONE)
        at.bench.deny(keys[::2])
        model.flush()
        model.set_find("denied")
        assert shown(model) == keys[::2]
        model.set_find("")
        assert shown(model) == keys

    def test_a_phone_that_comes_to_match_appears_and_one_that_no_longer_does_goes(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(1), mac(2))
        model.flush()
        model.set_find("approved")
        assert shown(model) == []
        at.bench.approve([mac(1)])
        model.flush()
        assert shown(model) == [mac(1)]
        at.bench.deny([mac(1)])
        model.flush()
        assert shown(model) == []


class TestChanges:
    def test_only_the_changed_row_is_said_to_have_changed(self, at: Set, model: PhoneModel) -> None:
        at.heard(*(mac(number) for number in range(9)))
        model.flush()
        model.sort(Column.PHONE)
        said: list[tuple[int, int]] = []
        model.dataChanged.connect(lambda a, b: said.append((a.row(), b.row())))
        at.bench.set_label([mac(3), mac(4), mac(7)], "x")
        model.flush()
        assert said == [(3, 4), (7, 7)]

    def test_indexes_that_somebody_keeps_stay_with_their_phones(
        self, at: Set, model: PhoneModel
    ) -> None:
        keys = [mac(number) for number in range(40)]
        at.heard(*keys)
        model.flush()
        kept = {
            key: QPersistentModelIndex(model.index(model.row_of(key), Column.URL)) for key in keys
        }
        model.sort(Column.PHONE, DESCENDING)
        at.heard(*(mac(number) for number in range(100, 140)))
        model.flush()
        at.bench.forget(keys[:3])
        model.flush()
        for key in keys[:3]:
            assert not kept[key].isValid()
        for key in keys[3:]:
            assert model.key_at(kept[key].row()) == key
            assert kept[key].column() == Column.URL

    def test_a_forgotten_phone_goes(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1), mac(2))
        model.flush()
        at.bench.forget([mac(1)])
        assert model.data(model.index(model.row_of(mac(1)), Column.PHONE)) is None
        model.flush()
        assert shown(model) == [mac(2)]

    def test_tells_the_keys_that_changed(self, at: Set, model: PhoneModel, qtbot: QtBot) -> None:
        at.heard(mac(1))
        with qtbot.waitSignal(model.phones_changed) as told:
            model.flush()
        assert told.args == [{mac(1)}]

    def test_time_alone_changes_only_the_cells_whose_text_changes(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard(mac(1))
        at.bench.deny([mac(1)])
        at.heard(mac(2))
        model.flush()
        model.sort(Column.PHONE)
        at.clock.forward(10)
        model.refresh_ages(0, 1)
        said: list[tuple[int, int, int]] = []
        model.dataChanged.connect(lambda a, b: said.append((a.row(), a.column(), b.column())))
        model.refresh_ages(0, 1)
        assert said == []
        at.clock.forward(1)
        model.refresh_ages(0, 1)
        asked, status = Column.ASKED, Column.STATUS
        assert said == [(0, asked, asked), (1, asked, asked), (1, status, status)]

    def test_the_phone_is_handed_through(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1))
        model.flush()
        assert model.data(model.index(0, 0), PhoneRole) is at.bench.phones[mac(1)]


class TestCells:
    def test_a_phone_without_a_mac_shows_its_address_and_says_so(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard("ip:10.13.2.40", address="10.13.2.40")
        model.flush()
        assert text(model, 0, Column.PHONE) == "10.13.2.40"
        tip = model.data(model.index(0, Column.PHONE), Qt.ItemDataRole.ToolTipRole)
        assert "names no MAC" in str(tip)

    def test_asked_says_when_and_how_often(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1))
        at.heard(mac(1), again=True)
        at.clock.forward(2)
        model.flush()
        assert text(model, 0, Column.ASKED) == f"2 s ago  {columns.TIMES}2"

    def test_the_url_is_the_exact_one(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1))
        at.bench.set_own_url([mac(1)], "http://h/${mac:-}/{mac}")
        model.flush()
        assert text(model, 0, Column.URL) == "http://h/00-04-13-00-00-01/{mac}"

    def test_every_status_has_words(self, at: Set, model: PhoneModel) -> None:
        def status() -> object:
            return text(model, 0, Column.STATUS)

        at.bench.apply_sheet([SheetLine(1, mac(1), None, None, None)])
        model.flush()
        assert status() == "From the sheet, not decided"
        at.bench.approve([mac(1)])
        assert status() == "Approved, waiting for it to ask"
        at.bench.undecide([mac(1)])
        at.heard(mac(1))
        at.clock.forward(4)
        assert status() == "Asking · 28 s left"
        at.clock.forward(40)
        assert status() == "Asked, now quiet"
        at.bench.approve([mac(1)])
        at.offered(mac(1))
        assert status() == "Sent, waiting for its answer"
        at.no_answer(mac(1))
        assert status() == "No answer"
        at.answered(mac(1), 481, "Subscription does not exist")
        assert status() == "Refused 481"
        at.answered(mac(1), 200)
        assert str(status()).startswith("Accepted ")
        at.bench.deny([mac(1)])
        assert status() == "Denied"


class TestRuns:
    def test_runs(self) -> None:
        assert list(runs([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 7), (9, 10)]
        assert list(runs([])) == []


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


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
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
        model.refresh_ages(0, 20)
    at.clock.forward(60)
    model.refresh_ages(0, 20)
    settle(at, model)
    now = at.clock.unix
    expected = sorted(
        (
            phone
            for phone in at.bench.phones.values()
            if Find(question).matches(phone, haystack(phone), now)
        ),
        key=lambda phone: columns.sort_key(column, phone, now),
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
        at.absorb(Heard(made, at.clock.monotonic, False))
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
