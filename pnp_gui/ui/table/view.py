"""The table of phones: what mouse and keyboard do in it.

It decides nothing: a click on a toggle is told to the window, which asks the bench. See
phone_model.py for why rows do not move under the hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Decision
from pnp_gui.trouble import Trouble
from pnp_gui.ui.table.cell_delegate import AnyIndex, CellDelegate, Pointer
from pnp_gui.ui.table.clipboard import copied_rows
from pnp_gui.ui.table.column_widths import ALL_AT_ONCE
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.decision_delegate import DecisionDelegate
from pnp_gui.ui.table.header import PhoneHeader
from pnp_gui.ui.table.kept_selection import KeptSelection
from pnp_gui.ui.table.label_delegate import LabelDelegate
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.row_editing import HOLD_EDITING_S, RowEditing
from pnp_gui.ui.table.status_delegate import StatusDelegate
from pnp_gui.ui.table.toggle_mouse import HOLD_AIMING_S, ToggleMouse
from pnp_gui.ui.table.url_delegate import UrlDelegate
from pnp_gui.ui.table.url_editor import UrlEditor
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.empty_view import paint_empty

HOLD_ACTING_S = 3.0
"""Seconds for which rows keep still after a click or key in the table: time to see what it did, and
for the next one."""


class PhoneTable(QTableView):
    """The phones of a bench."""

    decision_clicked = Signal(list, Decision)
    """Keys, and what the technician clicked for them."""
    selection_changed = Signal(list)
    """Keys of the selected phones, in the order of the rows."""
    url_edit_failed = Signal(Trouble)
    """The typed URL was refused; the editor says so too and stays open."""
    url_edit_opened = Signal(UrlEditor)
    """A field for a phone's URL is open from now on."""
    label_said = Signal(str)
    """A sentence about the label that was given."""
    visible_count_changed = Signal(int)
    """How many phones are shown now."""
    phones_changed = Signal(object)
    """Keys (a set) of phones that changed, came or went; at most ten times a second."""

    def __init__(
        self,
        bench: Bench,
        parent: QWidget | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Rows keep still by `monotonic`."""
        super().__init__(parent)
        self._pointer = Pointer()
        self._empty = ("", "")
        self._phones = PhoneModel(bench, self, monotonic=monotonic)
        self._header = PhoneHeader(self)
        self.setHorizontalHeader(self._header)
        self.setModel(self._phones)
        # The header shows no selection. With the table's own it asks every row, for each column,
        # whether it is selected: half a second at 10,000 rows.
        self._header.setSelectionModel(QItemSelectionModel(self._phones, self._header))
        self._place = KeptSelection(self, self._phones)
        self._toggles = ToggleMouse(self, self._phones, self._pointer, self.repaint_row)
        self._toggles.clicked.connect(self.decision_clicked)
        self._dress()
        self._url = UrlDelegate(self, self._phones, self._pointer)
        self._label = LabelDelegate(self, self._phones, self._pointer)
        self._delegates: dict[Column, CellDelegate] = {
            Column.DECISION: DecisionDelegate(self, self._phones, self._pointer),
            Column.STATUS: StatusDelegate(self, self._phones, self._pointer),
            Column.URL: self._url,
            Column.LABEL: self._label,
        }
        text = CellDelegate(self, self._phones, self._pointer)
        self.setItemDelegate(text)
        for column, delegate in self._delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        self._url.refused.connect(self.url_edit_failed)
        self._url.opened.connect(self.url_edit_opened)
        self._label.said.connect(self.label_said)
        self._editing = RowEditing(
            self, self._phones, self._header, self._url, self._label, self.selected_keys
        )
        self._header.prepare()
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._connect()

    def _dress(self) -> None:
        self.setAccessibleName(self.tr("Phones"))
        self.setAccessibleDescription(
            self.tr(
                "A approves, D denies, U takes a decision back, R asks to reboot, F2 edits the "
                "URL, F3 the label."
            )
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        self._restyle()

    def _connect(self) -> None:
        model = self._phones
        model.phones_changed.connect(self.phones_changed)
        model.phones_changed.connect(self._look_for_labels)
        model.phones_changed.connect(self._measure_changed)
        self._look_for_labels(set(model.bench.phones))
        for signal in (model.rowsInserted, model.rowsRemoved):
            signal.connect(self._count_changed)
        self._place.selection_changed.connect(self.selection_changed)
        theme.theme_changed.connect(self._restyle)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._second.start()

    # -- what the window asks ----------------------------------------------------------------

    @property
    def phone_model(self) -> PhoneModel:
        """The model, typed."""
        return self._phones

    @property
    def phone_header(self) -> PhoneHeader:
        """The heading, typed."""
        return self._header

    def selected_keys(self) -> list[str]:
        """Keys of the selected phones, in the order of the rows."""
        return self._place.selected_keys()

    def select_keys(self, keys: Iterable[str]) -> None:
        """Select these phones, as far as they are visible, and show the first of them."""
        choose = QItemSelectionModel.SelectionFlag
        selection = self._place.rows_of(keys)
        if selection.count():
            first = self._phones.index(selection.at(0).top(), Column.PHONE)
            self.selectionModel().setCurrentIndex(first, choose.NoUpdate)
            self.scrollTo(first)
        self.selectionModel().select(selection, choose.ClearAndSelect)

    def current_key(self) -> str:
        """The phone that the keyboard is on, "" when there is none."""
        index = self.currentIndex()
        return self._phones.key_at(index.row()) if index.isValid() else ""

    def keys_in_view(self) -> list[str]:
        """Keys of the phones whose rows can be seen."""
        rows = self._phones.rowCount()
        last = self.rowAt(self.viewport().height() - 1)
        first = max(0, self.rowAt(0))
        return [self._phones.key_at(row) for row in range(first, rows if last < 0 else last + 1)]

    def set_find(self, text: str) -> None:
        """Show only the phones that the text means."""
        self._phones.set_find(text)
        self.viewport().update()

    def visible_count(self) -> int:
        """How many phones are shown."""
        return self._phones.rowCount()

    def set_empty_text(self, title: str, detail: str) -> None:
        """What stands in the table while there is no phone at all."""
        self._empty = (title, detail)
        if not self._phones.rowCount():
            self.viewport().update()

    def edit_url(self) -> None:
        """Open the URL of the current row; with several rows selected it is for all of them."""
        self._editing.edit_url()

    def edit_label(self) -> None:
        """Open the label of the current row; with several rows selected it is for all of them."""
        self._editing.edit_label()

    def is_editing(self) -> bool:
        """A URL or label is being typed."""
        return self._editing.is_editing()

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, for a spreadsheet."""
        keys = self.selected_keys()
        if keys:
            order = sorted(Column, key=self._header.visualIndex)
            QApplication.clipboard().setText(copied_rows(self._phones, keys, order))

    def sortByColumn(self, column: int, order: Qt.SortOrder) -> None:
        """Sort once, as a click on the heading does. Qt's own sorts twice where that is
        another order: since the heading's mark moves, and then by itself."""
        header = self._header
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (column, order):
            super().sortByColumn(column, order)
        else:
            header.setSortIndicator(column, order)

    def save_state(self) -> bytes:
        """Columns and sorting, to be kept."""
        return self._header.save_state()

    def restore_state(self, state: bytes) -> bool:
        """Take over what `save_state` gave; False when it was something else."""
        return self._header.restore_state(state)

    # -- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._phones.hold(HOLD_ACTING_S)
        if self._toggles.press(event):
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._phones.hold(HOLD_ACTING_S)
        # The second click of a fast pair on a toggle is a click, and never opens anything.
        if self._toggles.press(event):
            return
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == Column.URL:
            self.edit_url()
            return
        if event.button() == Qt.MouseButton.LeftButton and index.column() == Column.LABEL:
            self.edit_label()
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._toggles.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._toggles.release(event):
            super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._toggles.leave()
        super().leaveEvent(event)

    def repaint_row(self, key: str) -> None:
        """Paint the row of a phone anew, if it is visible."""
        row = self._phones.row_of(key)
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(QRect(0, top, self.viewport().width(), self.rowHeight(row)))

    # -- keyboard ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._phones.hold(HOLD_ACTING_S)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain:
            self.edit_url()
        elif event.text().isprintable() and event.text() and not plain:
            # Letters are the window's actions, not a search in the first column.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Home and End go to the first and last row, not to the ends of one."""
        cursor = QAbstractItemView.CursorAction
        rows = self._phones.rowCount()
        if rows and action in (cursor.MoveHome, cursor.MoveEnd):
            row = 0 if action == cursor.MoveHome else rows - 1
            return self._phones.index(row, max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The mark of the keyboard's row goes around the whole row, Qt repaints its cell alone."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.repaint_row(self._phones.key_at(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.repaint_row(self.current_key())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.repaint_row(self.current_key())

    # -- upkeep ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._phones.rowCount():
            return
        known = len(self._phones.bench.phones)
        if known and self._phones.find_text:
            title = self.tr("No phone matches “{text}”").format(text=self._phones.find_text)
            detail = self.tr("Clear the find field to see all {n} again.").format(n=known)
        else:
            title, detail = self._empty
        paint_empty(self.viewport(), title, detail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.verticalScrollBar().setSingleStep(theme.row_height())
        self.viewport().update()

    def _tick(self) -> None:
        if self.is_editing():
            self._phones.hold(HOLD_EDITING_S)
        if QApplication.mouseButtons() and self._pointer.pressed is not None:
            self._phones.hold(HOLD_AIMING_S)
        height = self.viewport().height()
        first, last = self.rowAt(0), self.rowAt(height - 1)
        self._phones.refresh_ages(first, last if last >= 0 else self._phones.rowCount() - 1)
        self._measure(set(self.keys_in_view()))

    def _look_for_labels(self, keys: set[str]) -> None:
        phones = self._phones.bench.phones
        if not any(key in phones and phones[key].label for key in keys):
            keys = set(phones)
        self._header.set_labelled(any(key in phones and phones[key].label for key in keys))

    def _measure_changed(self, keys: set[str]) -> None:
        """A storm is measured with the next second."""
        if len(keys) <= ALL_AT_ONCE:
            self._measure(keys.intersection(self.keys_in_view()))

    def _measure(self, keys: set[str]) -> None:
        """Columns follow what is seen in them, but not under the hand."""
        known = self._phones.bench.phones
        seen = [known[key] for key in keys if key in known]
        self._header.measure(self._phones, seen, still=self._phones.held)

    def _count_changed(self) -> None:
        self.visible_count_changed.emit(self._phones.rowCount())
