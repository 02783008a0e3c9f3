"""The table's model tells Qt what changed, and no more; its cells say what the bench knows."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.ui.table import cell_texts
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.sort_keys import runs
from tests.bench.rig import Set, mac
from tests.ui.watched_model import shown, text


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
        model.sort(Column.PHONE, Qt.SortOrder.DescendingOrder)
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
        model.refresh_live(range(2))
        said: list[tuple[int, int, int]] = []
        model.dataChanged.connect(lambda a, b: said.append((a.row(), a.column(), b.column())))
        model.refresh_live(range(2))
        assert said == []
        at.clock.forward(1)
        model.refresh_live(range(2))
        asked, status = Column.ASKED, Column.STATUS
        assert said == [(0, asked, asked), (1, asked, asked), (1, status, status)]


class TestCells:
    def test_a_phone_without_a_mac_shows_its_address_and_says_so(
        self, at: Set, model: PhoneModel
    ) -> None:
        at.heard("ip:10.13.2.40", address="10.13.2.40")
        model.flush()
        assert text(model, 0, Column.PHONE) == "10.13.2.40"
        tip = model.data(model.index(0, Column.PHONE), Qt.ItemDataRole.ToolTipRole)
        assert "sends no MAC" in str(tip)

    def test_asked_says_when_and_how_often(self, at: Set, model: PhoneModel) -> None:
        at.heard(mac(1))
        at.heard(mac(1), again=True)
        at.clock.forward(2)
        model.flush()
        assert text(model, 0, Column.ASKED) == f"2 s ago  {cell_texts.TIMES}2"

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
        assert status() == "From the sheet, undecided"
        at.bench.approve([mac(1)])
        assert status() == "Approved, waiting for it to ask"
        at.bench.undecide([mac(1)])
        at.heard(mac(1))
        at.clock.forward(4)
        assert status() == "Asking · 28 s left"
        at.clock.forward(40)
        assert status() == "Gave up waiting"
        at.bench.approve([mac(1)])
        at.offered(mac(1))
        assert status() == "Sent, waiting for answer"
        at.no_answer(mac(1))
        assert status() == "No answer"
        at.answered(mac(1), 481, "Subscription does not exist")
        assert status() == "Refused 481: another server?"
        at.answered(mac(1), 200)
        assert str(status()).startswith("Accepted ")
        at.bench.deny([mac(1)])
        assert status() == "Denied"


class TestRuns:
    def test_runs(self) -> None:
        assert list(runs([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 7), (9, 10)]
        assert list(runs([])) == []
