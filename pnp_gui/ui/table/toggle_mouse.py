"""The mouse over the toggles of the table: where it points, and which click counts.

A click counts where the button went down and up on the same half of the same phone. It concerns its
row alone, selected or not.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTableView

from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.table.cell_delegate import Pointer
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.decision_delegate import half_at
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.words.conflict import in_conflict

HOLD_AIMING_S = 1.5
"""Seconds for which rows keep still after the mouse moved over a toggle."""


class ToggleMouse(QObject):
    """Keeps the table's `Pointer`."""

    clicked = Signal(list, Decision)
    """Keys, and what the technician clicked for them."""

    def __init__(
        self,
        table: QTableView,
        model: PhoneModel,
        pointer: Pointer,
        repaint_row: Callable[[str], None],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._pointer = pointer
        self._repaint_row = repaint_row

    def press(self, event: QMouseEvent) -> bool:
        """Whether the button went down on a toggle."""
        self._point_at(event.position())
        half, key = self._pointer.half, self._pointer.key
        if event.button() != Qt.MouseButton.LeftButton or half is None or event.modifiers():
            return False
        table = self._table
        table.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pointer.pressed = (key, half)
        index = self._model.index(self._model.row_of(key), Column.PHONE)
        choose = QItemSelectionModel.SelectionFlag
        if table.selectionModel().isSelected(index):
            table.selectionModel().setCurrentIndex(index, choose.NoUpdate)
        else:
            table.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self._repaint_row(key)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Whether a toggle is held down, and the move is no selecting."""
        if not event.buttons():
            # The button went up where we could not see it.
            self._pointer.pressed = None
        self._point_at(event.position())
        if self._pointer.half is not None:
            self._model.hold(HOLD_AIMING_S)
        return self._pointer.pressed is not None

    def release(self, event: QMouseEvent) -> bool:
        """Whether a toggle was held down. Where that is a click the table tells of it."""
        pressed = self._pointer.pressed
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        self._pointer.pressed = None
        self._point_at(event.position())
        key, half = pressed
        self._repaint_row(key)
        phone = self._model.bench.phones.get(key)
        # The lit half does nothing: a double click would approve and take it back again. U takes it
        # back. But in a conflict it means the other address.
        if (
            (self._pointer.key, self._pointer.half) == pressed
            and phone is not None
            and (phone.decision is not half or (in_conflict(phone) and half is Decision.APPROVED))
        ):
            self.clicked.emit([key], half)
        return True

    def leave(self) -> None:
        """The mouse is not over the table any more."""
        self._set("", None)

    def _point_at(self, at: QPointF) -> None:
        index = self._table.indexAt(at.toPoint())
        if not index.isValid():
            self._set("", None)
            return
        half = None
        if index.column() == Column.DECISION:
            half = half_at(self._table.visualRect(index), at)
        self._set(self._model.key_at(index.row()), half)

    def _set(self, key: str, half: Decision | None) -> None:
        before = self._pointer.key
        if (before, self._pointer.half) == (key, half):
            return
        self._pointer.key, self._pointer.half = key, half
        self._table.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if half is None else Qt.CursorShape.PointingHandCursor
        )
        for touched in {before, key}:
            self._repaint_row(touched)
