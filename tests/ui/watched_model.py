"""The table's model under the eyes of Qt's own tester, and what stands in its rows."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester

from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.model import PhoneModel
from tests.bench.rig import Set


def watched(at: Set) -> PhoneModel:
    """A model under Qt's tester, which fails the test at the first broken promise."""
    model = PhoneModel(at.bench, monotonic=lambda: at.clock.monotonic)
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
