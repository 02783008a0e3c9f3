"""What else gives a phone a URL: in the tip of its make, and where it took ours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from pnp_gui.pnp.makes import MAKES
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import Set, mac

MANUAL = Path(__file__).parents[3] / "resources" / "manual" / "en" / "urls.md"


def tip(table: PhoneTable, key: str, column: Column) -> str:
    model = table.phone_model
    model.flush()
    index = model.index(model.row_of(key), column)
    return " ".join(str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "").split())


def test_the_tip_says_what_the_make_obeys_first(at: Set, table: PhoneTable) -> None:
    at.heard(mac(1), make="Fanvil")
    at.heard(mac(2), make="Unheard-of")
    assert "DHCP options (66, 43, custom) come before" in tip(table, mac(1), Column.MAKE)
    assert tip(table, mac(2), Column.MAKE) == ""


def test_so_does_an_accepted_url(at: Set, table: PhoneTable) -> None:
    at.heard(mac(1), make="Fanvil")
    at.bench.approve([mac(1)])
    at.offered(mac(1))
    assert "come before" not in tip(table, mac(1), Column.STATUS)
    at.answered(mac(1), 200, "OK")
    assert "accepted the URL" in tip(table, mac(1), Column.STATUS)
    assert "DHCP options (66, 43, custom) come before" in tip(table, mac(1), Column.STATUS)


def test_the_manual_has_every_make_of_which_it_is_known() -> None:
    section = MANUAL.read_text(encoding="utf-8").partition("## Order of precedence")[2]
    rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")]
    assert set(rows[1:]) == {name for name, make in MAKES.items() if make.obeys_first}
