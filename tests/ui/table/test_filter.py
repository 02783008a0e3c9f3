"""What is looked for in the table: by which words a phone is found, and the rows that stay."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.filter import Filter, search_text
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, mac
from tests.ui.spots import fill
from tests.ui.watched_model import shown


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
            "0004.13",
            "1300.00",
            "10.13",
            "SNOMd785 snom",
            "10.13.2.77",
            "room 12",
            "asking",
            "left",
            "undecided",
            "settings7.xml",
            "http://h/set",
            '"room 12"',
            '"room 12',
            "“room 12” asking",
            '"asking"',
            "s left",
            "  ",
        ],
    )
    def test_matches(self, at: Set, question: str) -> None:
        at.heard(mac(7), address="10.13.2.77")
        at.bench.set_label([mac(7)], "Room 12")
        at.bench.set_own_url([mac(7)], "http://h/settings7.xml")
        phone = at.bench.phones[mac(7)]
        searched = search_text(phone)
        assert Filter(question).matches(phone, searched, at.clock.monotonic, at.bench)

    @pytest.mark.parametrize(
        "question", ["00:04:13:00:00:08", "yealink", "snom denied", "10.9", "00.0", "04.13"]
    )
    def test_does_not_match(self, at: Set, question: str) -> None:
        at.heard(mac(7), address="10.13.2.77")
        phone = at.bench.phones[mac(7)]
        searched = search_text(phone)
        assert not Filter(question).matches(phone, searched, at.clock.monotonic, at.bench)

    @pytest.mark.parametrize("question", ["prov.example", "000007.xml", "/p/00041", "p/0004130000"])
    def test_the_url_of_the_row_is_searched_as_it_is_shown(self, at: Set, question: str) -> None:
        at.bench.set_default_url("http://prov.example/p/${mac}.xml")
        at.heard(mac(7), mac(8))
        found = [
            key
            for key, phone in at.bench.phones.items()
            if Filter(question).matches(phone, search_text(phone), at.clock.monotonic, at.bench)
        ]
        assert mac(7) in found
        assert (mac(8) in found) is (question != "000007.xml")

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


class TestVeryMany:
    @pytest.fixture(autouse=True)
    def _small_slices(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pnp_gui.ui.table.model.SEARCHED_AT_ONCE", 3)
        monkeypatch.setattr("pnp_gui.ui.table.model.SLICE_S", 0.0)

    def test_are_looked_at_in_slices(self, at: Set, model: PhoneModel, qtbot: QtBot) -> None:
        at.heard(*(mac(number) for number in range(6)))
        model.flush()
        model.set_find(mac(2))
        assert model.rowCount() == 6, "not yet"
        qtbot.waitUntil(lambda: shown(model) == [mac(2)], timeout=2000)
        model.set_find("")
        qtbot.waitUntil(lambda: model.rowCount() == 6, timeout=2000)

    def test_what_changes_meanwhile_is_looked_at_again(self, at: Set, model: PhoneModel) -> None:
        at.heard(*(mac(number) for number in range(6)))
        model.flush()
        model.set_find("lobby")
        for _ in range(4):
            model._search_on()
        at.bench.set_label([mac(number) for number in range(6)], "Lobby")
        at.bench.forget([mac(5)])
        model.flush()
        model.finish_search()
        assert sorted(shown(model)) == [mac(number) for number in range(5)]

    def test_no_phone_that_a_search_hides_is_selected(self, at: Set, table: PhoneTable) -> None:
        """A and D would be for it."""
        fill(at, table)
        table.selectAll()
        table.set_find(mac(2))
        assert table.selected_keys() == [mac(2)]
        table.set_find(mac(3))
        table.select_keys([mac(2), mac(3)])
        assert table.selected_keys() == [mac(3)]
