"""A phone whose MAC is not its own word: the row says so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.bench.sheet.sheet import SheetLine
from pnp_gui.pnp.events import SubscribeReceived
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.url_delegate import UrlEditor
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, ask

MAC = "00908F112233"


@pytest.mark.parametrize("role", [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole])
def test_the_row_says_mac_by_arp(at: Set, table: PhoneTable, role: Qt.ItemDataRole) -> None:
    request = ask("ip:10.13.2.40", "10.13.2.40")
    request.take_mac(MAC)
    at.absorb(SubscribeReceived(request, at.clock.monotonic, False))
    at.heard("000413000001")
    model = table.phone_model
    model.flush()

    def said(key: str) -> str:
        return str(model.data(model.index(model.row_of(key), Column.PHONE), role))

    assert "MAC by ARP" in said(MAC)
    assert "MAC by ARP" not in said("000413000001")
    model.set_find("by arp")
    assert [model.key_at(row) for row in range(model.rowCount())] == [MAC]


def test_the_phone_stays_selected_when_its_mac_becomes_known(at: Set, table: PhoneTable) -> None:
    known: dict[tuple[str, str], str] = {}
    at.bench.attach_neighbours(lambda: dict(known))
    at.heard("ip:10.13.2.40", "000413000001", address="10.13.2.40")
    table.phone_model.flush()
    table.select_keys(["ip:10.13.2.40"])
    known["eth0", "10.13.2.40"] = MAC
    at.clock.forward(3)
    at.bench.tick()
    table.phone_model.flush()
    assert table.selected_keys() == [MAC]


def test_what_is_typed_for_the_phone_stays_when_its_mac_becomes_known(
    at: Set, table: PhoneTable
) -> None:
    known: dict[tuple[str, str], str] = {}
    at.bench.attach_neighbours(lambda: dict(known))
    at.heard("ip:10.13.2.40", "000413000001", address="10.13.2.40")
    table.phone_model.flush()
    table.select_keys(["ip:10.13.2.40"])
    table.edit_url()
    (editor,) = table.viewport().findChildren(UrlEditor)
    QTest.keyClicks(editor, "http://h/ow")
    known["eth0", "10.13.2.40"] = MAC
    at.clock.forward(3)
    at.bench.tick()
    table.phone_model.flush()
    assert table.is_editing()
    assert table.selected_keys() == [MAC]
    assert table.phone_model.key_at(table.currentIndex().row()) == MAC
    QTest.keyClicks(editor, "n")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[MAC].own_url == "http://h/own"


@pytest.mark.parametrize("edited", ["ip:10.13.2.40", MAC])
@pytest.mark.parametrize("selected", [1, 2])
def test_what_is_typed_stays_also_when_the_mac_has_a_row_already(
    at: Set, table: PhoneTable, edited: str, selected: int
) -> None:
    known: dict[tuple[str, str], str] = {}
    at.bench.attach_neighbours(lambda: dict(known))
    at.bench.apply_sheet([SheetLine(1, MAC, Decision.APPROVED, None, "Lobby")])
    at.heard("ip:10.13.2.40", "000413000001", address="10.13.2.40")
    table.phone_model.flush()
    (other,) = {"ip:10.13.2.40", MAC} - {edited}
    table.select_keys([edited, other][:selected])
    framed = table.phone_model.index(table.phone_model.row_of(edited), 0)
    table.selectionModel().setCurrentIndex(framed, QItemSelectionModel.SelectionFlag.NoUpdate)
    table.edit_url()
    (editor,) = table.viewport().findChildren(UrlEditor)
    QTest.keyClicks(editor, "http://h/ow")
    known["eth0", "10.13.2.40"] = MAC
    at.clock.forward(3)
    at.bench.tick()
    table.phone_model.flush()
    assert table.is_editing()
    assert table.phone_model.rowCount() == 2
    assert table.selected_keys() == [MAC]
    assert table.phone_model.key_at(table.currentIndex().row()) == MAC
    assert editor.preview()[:2] == ("00:90:8F:11:22:33 would get:", "http://h/ow")
    QTest.keyClicks(editor, "n")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert at.bench.phones[MAC].own_url == "http://h/own"
    assert at.bench.phones[MAC].label == "Lobby"
