"""The columns of a list as they were understood, over its first rows. A click on a heading gives a
column another meaning."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from pnp_gui.bench.sheet.choices import MAX_COLUMNS
from pnp_gui.bench.sheet.headings import Heading, heading_of
from pnp_gui.bench.sheet.layout import Meaning, column_name
from pnp_gui.bench.sheet.reading import SAMPLE, Reading
from pnp_gui.system.printable import one_line
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.plain_table import dress_table
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

_ROW, _WIDEST = 22, 220
"""Pixels at 100 %."""
_MAX_CELL = 200
"""Characters of a cell that are shown."""
_HIDDEN = "•" * 6

MEANINGS = {
    Meaning.MAC: QT_TRANSLATE_NOOP("ListColumns", "MAC"),
    Meaning.LABEL: QT_TRANSLATE_NOOP("ListColumns", "Label"),
    Meaning.DECISION: QT_TRANSLATE_NOOP("ListColumns", "Decision"),
    Meaning.URL: QT_TRANSLATE_NOOP("ListColumns", "URL"),
    Meaning.NOTHING: QT_TRANSLATE_NOOP("ListColumns", "Nothing"),
}

_NOT_SURE = {Meaning.MAC: Meaning.NOTHING}


class ListColumns(QTableView):
    """One row of meanings, and the first rows of the list below it."""

    chosen = Signal(int, object)
    """A column, from 0, and the `Meaning` that it is given; None: what it had by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._meanings: list[Meaning] = []
        self._can_forget = False
        self._first = 0
        """The first column with MACs."""
        self._columns = QStandardItemModel(self)
        self.setModel(self._columns)
        dress_table(self, self.tr("Columns of the sheet"), _ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setToolTip(self.tr("Click to say what this column means."))
        header.sectionClicked.connect(self.ask)
        self.clicked.connect(self._ask_at)

    def show_reading(self, reading: Reading, *, can_forget: bool) -> None:
        """Show the columns; nothing, if the list is no table. `can_forget`: a meaning was given by
        hand."""
        layout = reading.layout
        self._can_forget = can_forget
        self.setVisible(layout is not None)
        if layout is None:
            return
        at = self.currentIndex().column()
        width = min(max(map(len, [layout.headings, *reading.sample])), MAX_COLUMNS)
        self._columns.clear()
        self._meanings = [layout.meaning(index) for index in range(width)]
        if reading.question is not None:  # whether it is this one is what is asked
            self._meanings = [_NOT_SURE.get(one, one) for one in self._meanings]
        for index, meaning in enumerate(self._meanings):
            text = translate("ListColumns", MEANINGS[meaning])
            item = QStandardItem(text if meaning else "…")
            item.setForeground(theme.tokens().accent if meaning else theme.tokens().dim)
            item.setAccessibleText(text)
            heading = _cell(layout.headings, index)
            cells = [_cell(row, index) for row in reading.sample]
            if not meaning and heading_of(heading) is Heading.SECRET:  # somebody may look on
                cells = [_HIDDEN if cell else "" for cell in cells]
            self._columns.appendColumn([item, *map(QStandardItem, cells)])
            name = QStandardItem(f"{column_name(index)}  {heading}".rstrip() + "  ▾")
            self._columns.setHorizontalHeaderItem(index, name)
        self._fit()
        self._first = min(layout.macs, default=0)
        self._show_first()
        if self.hasFocus():
            self.setCurrentIndex(self._columns.index(0, max(at, 0)))

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.resizeColumnsToContents()
        widest = theme.spacing(_WIDEST)
        for index in range(self._columns.columnCount()):
            self.setColumnWidth(index, min(self.columnWidth(index), widest))
        rows = self.verticalHeader().defaultSectionSize() * (1 + SAMPLE)
        bar = self.horizontalScrollBar().sizeHint().height()
        wide = header.length() > self.width()
        self.setMaximumHeight(header.sizeHint().height() + rows + (bar if wide else 0))
        header.setStretchLastSection(not wide)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def _show_first(self) -> None:
        index = self._columns.index(0, self._first)
        self.scrollTo(index, self.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self._show_first()

    # Asking.

    def ask(self, column: int) -> None:
        """Offer the meanings for a column."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for meaning, text in MEANINGS.items():
            action = QAction(translate("ListColumns", text), group, checkable=True)
            action.setChecked(meaning is self._meanings[column])
            action.triggered.connect(lambda _, meaning=meaning: self.chosen.emit(column, meaning))
            menu.addAction(action)
        if self._can_forget:
            menu.addSeparator()
            menu.addAction(self.tr("Automatic"), lambda: self.chosen.emit(column, None))
        menu.aboutToHide.connect(menu.deleteLater)
        header = self.horizontalHeader()
        at = QPoint(header.sectionViewportPosition(column), header.height())
        menu.popup(header.viewport().mapToGlobal(at))
        menu.setActiveAction(group.checkedAction())

    def _ask_at(self, index: QModelIndex) -> None:
        if index.row() == 0:
            self.ask(index.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if (
            not self.currentIndex().isValid()
        ):  # else Qt takes the first cell, and does not select it
            self.setCurrentIndex(self._columns.index(0, 0))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Only keys need a current column."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F4):
            self.ask(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.ask(max(self.columnAt(event.pos().x()), 0))


def _cell(cells: Sequence[str], index: int) -> str:
    return one_line(cells[index][:_MAX_CELL]) if index < len(cells) else ""
