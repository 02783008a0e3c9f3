"""Tables with very many rows: what Qt asks of the model for them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from pnp_gui.ui.widgets.lines_view import ROOT, AnyIndex
from pnp_gui.ui.widgets.plain_table import PlainTable, selected_rows

ROWS = 5_000


class Model(QAbstractTableModel):
    """Counts how often it is asked how large it is."""

    asked = 0

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        self.asked += 1
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else 3

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        self.asked += 1
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "x" if role == Qt.ItemDataRole.DisplayRole else None


def table(qtbot: QtBot) -> tuple[PlainTable, Model]:
    model = Model()
    made = PlainTable("Rows", model, 20, None)
    made.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
    model.setParent(made)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made, model


def test_when_all_rows_are_selected_the_headings_are_painted_without_asking_for_each(
    qtbot: QtBot,
) -> None:
    made, model = table(qtbot)
    made.selectAll()
    model.asked = 0
    made.horizontalHeader().grab()
    made.grab()
    assert model.asked < ROWS


def test_the_selected_rows_are_runs_from_top_to_bottom(qtbot: QtBot) -> None:
    made, model = table(qtbot)
    for row in (7, 3, 4, 9):
        index = model.index(row, 0)
        flags = made.selectionModel().SelectionFlag
        made.selectionModel().select(index, flags.Select | flags.Rows)
    model.asked = 0
    assert selected_rows(made) == [3, 4, 7, 9]
    made.selectAll()
    model.asked = 0
    assert selected_rows(made) == [*range(ROWS)]
    assert model.asked < ROWS


def test_a_screen_reader_hears_of_the_first_row_of_a_long_selection_at_once(
    qtbot: QtBot,
) -> None:
    made, model = table(qtbot)
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        for select in (made.selectAll, made.clearSelection, partial(made.selectRow, 7)):
            model.asked = 0
            select()
            assert model.asked < ROWS
    finally:
        QAccessible.setActive(before)
    assert selected_rows(made) == [7]
