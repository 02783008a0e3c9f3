"""A column is one entry of one table: a made-up one works everywhere, no other file names one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from pnp_gui.ui.table import columns
from pnp_gui.ui.table.columns import COLUMNS, Column, ColumnInfo

TABLE = Path(columns.__file__).parent
NAMES = {"columns.py", "view.py"}
"""Who may name a single column: the table, and the view, which has delegates for some."""

ENTRY = """
    Column.PORT: ColumnInfo(
        key="port",
        heading="Port",
        tip="The interface it asked on",
        text=lambda phone, now, bench: phone.interface,
        sort_by=lambda phone, now: (phone.interface,),
        found_by=lambda phone: phone.interface,
        cell_tip=lambda phone, now, bench: f"tip of {phone.interface}",
        copied=lambda phone, now, bench: f"copy of {phone.interface}",
        spoken=lambda phone, now, bench: f"speech of {phone.interface}",
        edited=lambda phone: phone.interface,
        width=30,
        limit=300,
        live=True,
    ),
}

GIVE_WAY ="""

PROGRAM = """
import sys
from pathlib import Path
from types import ModuleType

import pnp_gui.ui.table
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

module = ModuleType("pnp_gui.ui.table.columns")
sys.modules[module.__name__] = pnp_gui.ui.table.columns = module
exec(compile(sys.stdin.read(), "columns", "exec"), module.__dict__)

from pnp_gui.ui.table.view import PhoneTable
from tests.bench.rig import mac, start

port = module.Column.PORT
app = QApplication([])
at = start(Path(sys.argv[1]))
table = PhoneTable(at.bench, monotonic=lambda: at.clock.monotonic)
table.resize(1900, 400)
table.show()
model, header = table.phone_model, table.horizontalHeader()
at.heard(mac(0), mac(1))
for number, name in enumerate(("zeta-1", "alpha-2")):
    at.bench.phones[mac(number)].interface = name
model.flush()
narrow = table.columnWidth(port)


def role(which):
    return model.index(model.row_of(mac(0)), port).data(which)


roles = Qt.ItemDataRole
assert header.model().headerData(port, Qt.Orientation.Horizontal) == "Port"
assert role(roles.DisplayRole) == role(roles.EditRole) == "zeta-1"
assert role(roles.ToolTipRole) == "tip of zeta-1"
assert role(roles.AccessibleTextRole) == "Port: speech of zeta-1"
assert model.flags(model.index(0, port)) & Qt.ItemFlag.ItemIsEditable
for order, first in ((Qt.SortOrder.AscendingOrder, 1), (Qt.SortOrder.DescendingOrder, 0)):
    table.sortByColumn(port, order)
    assert model.key_at(0) == mac(first)
table.set_find("alpha")
assert [model.key_at(row) for row in range(model.rowCount())] == [mac(1)]
table.set_find("")
table.select_keys([mac(0)])
assert len(table.selectionModel().selectedIndexes()) == len(module.Column)
table.copy_rows()
assert "copy of zeta-1" in QApplication.clipboard().text().splitlines()[1]
at.bench.phones[mac(0)].interface = "a port with quite a long name"
at.clock.forward(10)
changed = []
model.dataChanged.connect(lambda first, last: changed.append(first.column()))
table._tick()
assert port in changed
assert table.columnWidth(port) > narrow
header.show_column(port, False)
assert table.isColumnHidden(port)
assert table.restore_state(table.save_state())
assert table.isColumnHidden(port)
print("as every other column")
"""


def test_a_new_column_is_one_entry(tmp_path: Path) -> None:
    source = Path(columns.__file__).read_text(encoding="utf-8")
    last = max(Column)
    number = f"    {last.name} = {last}\n"
    assert source.count(number) == source.count("}\n\nGIVE_WAY =") == 1
    source = source.replace(number, f"{number}    PORT = {last + 1}\n")
    source = source.replace("}\n\nGIVE_WAY =", ENTRY.lstrip("\n"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        input=source,
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )
    assert (done.returncode, done.stdout) == (0, "as every other column\n"), done.stderr


def test_every_column_has_its_entry_and_every_entry_its_column() -> None:
    missing = [column.name for column in Column if column not in COLUMNS]
    assert not missing, "no entry in COLUMNS"
    assert list(COLUMNS) == list(Column) == list(range(len(Column)))


@pytest.mark.parametrize("part", ["heading", "tip", "text", "sort_by", "found_by", "width"])
def test_an_entry_without_a_part_is_an_error(part: str) -> None:
    whole = {
        field.name: getattr(COLUMNS[Column.MODEL], field.name)
        for field in fields(ColumnInfo)
        if field.default is MISSING
    }
    del whole[part]
    with pytest.raises(TypeError, match=part):
        ColumnInfo(**whole)


def test_no_other_file_names_a_column() -> None:
    for path in TABLE.glob("*.py"):
        named = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Column"
            and node.attr in Column.__members__
        }
        assert not named or path.name in NAMES, f"{path.name} names {named}"
