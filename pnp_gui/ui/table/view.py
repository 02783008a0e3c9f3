"""The table of phones: what mouse and keyboard do in it.

It decides nothing: `decision_clicked` goes to the window, which asks the bench.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QActionEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.ui.table.cell_delegate import CellDelegate, EditableDelegate, Pointer
from pnp_gui.ui.table.clipboard import copy_rows
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.table.decision_delegate import DecisionDelegate, half_at
from pnp_gui.ui.table.description import TableDescription
from pnp_gui.ui.table.filter import Only
from pnp_gui.ui.table.header import PhoneHeader
from pnp_gui.ui.table.kept_selection import KeptSelection
from pnp_gui.ui.table.label_delegate import LabelDelegate
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.phone_delegate import PhoneDelegate
from pnp_gui.ui.table.row_editing import RowEditing
from pnp_gui.ui.table.status_delegate import StatusDelegate
from pnp_gui.ui.table.url_delegate import UrlDelegate
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.context_menu import give_context_menu
from pnp_gui.ui.widgets.empty_view import paint_empty
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.widgets.plain_table import RowTable, dress_table
from pnp_gui.ui.widgets.step_runner import StepRunner
from pnp_gui.ui.words.plain import for_tip

HOLD_ACTING_S = 3.0
"""Seconds for which rows keep still after a click or key in the table: time to see what it did, and
for the next one."""
HOLD_AIMING_S = 1.5
"""Seconds for which rows keep still after the mouse moved over a toggle."""


class PhoneTable(RowTable):
    """The phones of a bench."""

    visible_count_changed = Signal(int)
    """How many phones are shown now."""
    said = Signal(str)
    """A sentence about what was edited in a row."""
    copied = Signal(int)
    """How many rows are on the clipboard now."""
    only_changed = Signal()
    """`only` changed."""

    def __init__(
        self,
        bench: Bench,
        parent: QWidget | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._pointer = Pointer()
        self.phone_model = model = PhoneModel(bench, self, monotonic=monotonic)
        self.setModel(model)
        self.phones_changed, self.visible_count = model.phones_changed, model.rowCount
        selection = KeptSelection(self, model)
        self.selected_keys, self.select_keys = selection.selected_keys, selection.select
        self.selection_changed = selection.selection_changed
        editable = self._set_delegates()
        self._header = header = PhoneHeader(self, model, self.keys_in_view)
        self.columns_menu = header.menu
        self.save_state, self.restore_state = header.save_state, header.restore_state
        editing = RowEditing(self, model, header, editable, self.selected_keys)
        self._edit, self._editor = editing.edit, editing.editor
        self.is_editing = editing.is_editing
        self._dress()
        self.setSortingEnabled(True)
        for signal in (model.rowsInserted, model.rowsRemoved):
            signal.connect(lambda: self.visible_count_changed.emit(model.rowCount()))
        description = TableDescription(self, model)
        self.empty_text, self.set_empty_text = description.empty_text, description.set_empty_text
        self._describe = description.refresh
        self._copying = StepRunner(self.copied.emit, self)
        model.phones_changed.connect(self._check_tip)
        theme.theme_changed.connect(self._restyle)
        second = QTimer(self, interval=1000)
        second.timeout.connect(self._tick)
        second.start()

    def _set_delegates(self) -> dict[Column, EditableDelegate]:
        """Give the columns their delegates; returns those that edit."""
        shared = (self, self.phone_model, self._pointer)
        label, url = LabelDelegate(*shared), UrlDelegate(*shared)
        decision = DecisionDelegate(*shared)
        delegates: dict[Column, CellDelegate] = {
            Column.PHONE: PhoneDelegate(*shared),
            Column.LABEL: label,
            Column.DECISION: decision,
            Column.STATUS: StatusDelegate(*shared),
            Column.URL: url,
        }
        self.setItemDelegate(CellDelegate(*shared))
        for column, delegate in delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        self.decision_clicked = decision.clicked
        self.url_edit_opened = url.opened
        for edited in (label, url):
            edited.said.connect(self.said)
        return {c: d for c, d in delegates.items() if isinstance(d, EditableDelegate)}

    def _dress(self) -> None:
        dress_table(self, self.tr("Phones"), theme.ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.context_menu = give_context_menu(self)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self._restyle()

    # -- for the window ----------------------------------------------------------------------

    def current_key(self) -> str:
        """The phone that the keyboard is on, "" when there is none."""
        index = self.currentIndex()
        return self.phone_model.key_at(index.row()) if index.isValid() else ""

    def keys_in_view(self) -> list[str]:
        """Keys of the phones whose rows are in view."""
        return [self.phone_model.key_at(row) for row in self._rows_in_view()]

    def _rows_in_view(self) -> range:
        last = self.rowAt(self.viewport().height() - 1)
        end = self.phone_model.rowCount() if last < 0 else last + 1
        return range(max(0, self.rowAt(0)), end)

    def sizeHintForColumn(self, column: int) -> int:
        """What a double click on the border of its heading makes it: nothing in view is cut."""
        return self._header.width_for_all(Column(column), self.keys_in_view())

    def set_find(self, text: str) -> None:
        self.phone_model.set_find(text)
        self._describe()

    @property
    def only(self) -> Only | None:
        """Which phones alone are shown; None: all that are found."""
        return self.phone_model.filter.only

    def set_only(self, only: Only | None) -> None:
        self.phone_model.set_only(only)
        self._describe()
        self.only_changed.emit()

    def edit_url(self) -> None:
        """Open the URL of the current row; with several rows selected it is for all of them."""
        self._edit(Column.URL)

    def edit_label(self) -> None:
        """The same for the label."""
        self._edit(Column.LABEL)

    def copy_rows(self) -> None:
        """Copy the selected rows to the clipboard, for a spreadsheet."""
        if keys := self.selected_keys():
            order = sorted(Column, key=self._header.visualIndex)
            self._copying.start(copy_rows(self.phone_model, keys, order))

    def sortByColumn(self, column: int, order: Qt.SortOrder) -> None:
        """Sort once, as a click on the heading does. Qt's own would sort twice for another order:
        because the sort indicator moves, and then by itself."""
        header = self._header
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (column, order):
            super().sortByColumn(column, order)
        else:
            header.setSortIndicator(column, order)

    # -- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.phone_model.hold(HOLD_ACTING_S)
        self._point_at(event)
        if self.is_editing():
            # What cannot be stored stays open, with its row selected; the toggles still work.
            index = self.indexAt(event.position().toPoint())
            self.edit(index, QAbstractItemView.EditTrigger.NoEditTriggers, event)
        else:
            super().mousePressEvent(event)
        self.repaint_row(self._pointer.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if index.isValid() and left and COLUMNS[Column(index.column())].edited:
            self.phone_model.hold(HOLD_ACTING_S)
            self._edit(Column(index.column()))
            return
        # Elsewhere nothing opens, and on a toggle the second click of a fast pair is a click.
        at = (event.position(), event.scenePosition(), event.globalPosition())
        how = (event.button(), event.buttons(), event.modifiers())
        self.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, *at, *how))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            # The button went up outside the window.
            self._pointer.pressed = None
        self._point_at(event)
        if self._pointer.half is not None:
            self.phone_model.hold(HOLD_AIMING_S)
        if self._pointer.pressed is None and not self.is_editing():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._point_at(event)
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._pointer.pressed is not None:
            key, _ = self._pointer.pressed
            self._pointer.pressed = None
            self.repaint_row(key)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_pointer("", None)
        super().leaveEvent(event)

    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Releasing the button on a toggle leaves a selection of several rows: Qt would reduce it
        to the clicked row."""
        if self._pointer.pressed is not None:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def _point_at(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            self._set_pointer("", None)
            return
        on_toggle = index.column() == Column.DECISION
        half = half_at(self.visualRect(index), event.position()) if on_toggle else None
        self._set_pointer(self.phone_model.key_at(index.row()), half)

    def _set_pointer(self, key: str, half: Decision | None) -> None:
        before = self._pointer.key
        if (before, self._pointer.half) == (key, half):
            return
        self._pointer.key, self._pointer.half = key, half
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if half is None else Qt.CursorShape.PointingHandCursor
        )
        for touched in {before, key}:
            self.repaint_row(touched)

    def _check_tip(self, changed: set[str]) -> None:
        """Hide a tip that says what is not so any more."""
        if self._pointer.key not in changed or not QToolTip.isVisible():
            return
        index = self.indexAt(self._pointer.tip_at)
        delegate = self.itemDelegateForIndex(index)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        assert isinstance(delegate, CellDelegate)
        if not index.isValid() or for_tip(delegate.tip(option, index)) != QToolTip.text():
            QToolTip.hideText()

    def repaint_row(self, key: str) -> None:
        row = self.phone_model.row_of(key)
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(QRect(0, top, self.viewport().width(), self.rowHeight(row)))

    # -- keyboard ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.phone_model.hold(HOLD_ACTING_S)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain:
            self.edit_url()
        elif event.text().isprintable() and event.text() and not plain:
            # Letters are the window's shortcuts, not a search in the first column.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last row, not to the ends of one. Where the frame cannot
        move, Qt would not select its row. An editor that is open is left only if it can be."""
        if editor := self._editor():
            editor.commit()
            if self.is_editing():
                return self.currentIndex()
        cursor, current = QAbstractItemView.CursorAction, self.currentIndex()
        ends = {cursor.MoveHome: 0, cursor.MoveEnd: self.phone_model.rowCount() - 1}
        to = super().moveCursor(action, modifiers)
        if to.isValid() and action in ends:
            to = self.phone_model.index(ends[action], max(0, current.column()))
        if to.isValid() and to == current and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selectRow(to.row())
        return to

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes back to an editor that is still open: what it holds cannot be stored,
        and would be lost as soon as another row has the frame."""
        super().focusInEvent(event)
        if editor := self._editor():
            editor.setFocus()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The focus frame surrounds the whole row; Qt would repaint the cell alone."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.repaint_row(self.phone_model.key_at(index.row()))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.repaint_row(self.current_key())
        if event.type() == QEvent.Type.ShortcutOverride:
            QToolTip.hideText()  # a key may change what it says
        return super().event(event)

    # -- painting and widths -----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.phone_model.rowCount():
            paint_empty(self.viewport(), *self.empty_text())

    def actionEvent(self, event: QActionEvent) -> None:
        """Keys came or went."""
        super().actionEvent(event)
        self._describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit()

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(super().minimumSizeHint().width(), self.height_of(1))

    def height_of(self, rows: int) -> int:
        """Pixels for the heading and so many rows."""
        return self._header.sizeHint().height() + rows * theme.row_height()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.verticalScrollBar().setSingleStep(theme.row_height())
        self.viewport().update()

    def _tick(self) -> None:
        if QApplication.mouseButtons() and self._pointer.pressed is not None:
            self.phone_model.hold(HOLD_AIMING_S)
        self.phone_model.refresh_live(self._rows_in_view())
        self._header.measure(self.keys_in_view())
