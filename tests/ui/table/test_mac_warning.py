"""A phone that the According to ARP by another MAC: sign, words and sentence in its row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pnp_gui.bench.bench import Bench
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.view import PhoneTable
from pnp_gui.ui.theme import theme
from pnp_gui.ui.trace.detail_pane import DetailPane
from tests.bench.rig import Set, mac

FALSE, TRUE = mac(1), mac(2)
SENTENCE = (
    "According to ARP, 10.13.2.37 has the MAC 00:04:13:00:00:63, but the phone says "
    "00:04:13:00:00:01."
)


@pytest.fixture
def at(at: Set) -> Set:
    """One phone is known as another, one is not known."""
    at.bench.attach_neighbours(lambda: {("eth0", "10.13.2.37"): mac(99)})
    at.heard(FALSE)
    at.heard(TRUE, address="10.13.2.38")
    at.bench.tick()
    return at


def says(table: PhoneTable, key: str, column: Column, role: Qt.ItemDataRole) -> str:
    model = table.phone_model
    return str(model.data(model.index(model.row_of(key), column), role) or "")


def drawn(table: PhoneTable, key: str) -> QImage:
    model = table.phone_model
    place = table.visualRect(model.index(model.row_of(key), Column.PHONE))
    return table.viewport().grab(place).toImage()


def colours(image: QImage) -> set[int]:
    return {
        image.pixelColor(x, y).rgb() for x in range(image.width()) for y in range(image.height())
    }


def test_the_row_says_so_in_words_and_by_a_sign(at: Set, table: PhoneTable) -> None:
    text, tip, spoken = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
    assert says(table, FALSE, Column.STATUS, text) == "MAC mismatch · 32 s left"
    assert says(table, TRUE, Column.STATUS, text) == "Asking · 32 s left"
    for column in (Column.STATUS, Column.PHONE):
        assert SENTENCE in says(table, FALSE, column, tip)
        assert "According to ARP" not in says(table, TRUE, column, tip)
    assert says(table, FALSE, Column.PHONE, spoken).endswith("MAC mismatch")
    bad = theme.tokens().bad.rgb()
    assert bad in colours(drawn(table, FALSE))
    assert bad not in colours(drawn(table, TRUE))
    at.clock.forward(40)
    assert says(table, FALSE, Column.STATUS, text) == "MAC mismatch, gave up waiting"


def test_the_sign_stays_when_it_is_approved_all_the_same(at: Set, table: PhoneTable) -> None:
    at.bench.approve([FALSE])
    table.phone_model.flush()
    assert theme.tokens().bad.rgb() in colours(drawn(table, FALSE))
    assert SENTENCE in says(table, FALSE, Column.STATUS, Qt.ItemDataRole.ToolTipRole)


def test_such_phones_can_be_found(at: Set, table: PhoneTable) -> None:
    table.phone_model.set_find("mac mismatch")
    model = table.phone_model
    assert [model.key_at(row) for row in range(model.rowCount())] == [FALSE]


def test_the_detail_pane_has_the_sentence(at: Set, qtbot: QtBot) -> None:
    bench: Bench = at.bench
    pane = DetailPane(bench)
    qtbot.addWidget(pane)
    pane.resize(1280, 300)
    pane.show()
    pane.set_phone(FALSE)
    assert pane.other_mac.isVisible()
    assert SENTENCE in pane.other_mac.text()
    pane.set_phone(TRUE)
    assert not pane.other_mac.isVisible()
