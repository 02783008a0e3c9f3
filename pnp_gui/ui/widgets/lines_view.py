"""Lines in columns, of which the selected ones can be copied: the view, and a base of its models.

`AnyIndex` and `ROOT` are what every model of the window needs for Qt's methods.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.plain_table import PlainTable
from pnp_gui.ui.words.plain import for_tip

AnyIndex = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

LINE = Qt.ItemDataRole.UserRole
"""Role of the line of a row."""

MEASURED = 200
"""Lines of which `shrink_columns` knows how wide they are."""

Line = TypeVar("Line")


@contextmanager
def staying_at_end(view: QAbstractItemView) -> Iterator[None]:
    """While its size changes: where the last line was in view, it is afterwards, too."""
    bar = view.verticalScrollBar()
    at_end = bar.value() >= bar.maximum()
    yield
    if at_end:
        view.scrollToBottom()


class LinesModel(QAbstractTableModel, Generic[Line]):
    """A subclass says what stands in the columns."""

    columns: type[IntEnum]
    fixed: Collection[int]
    """The columns in the fixed-width font."""
    rows: list[Line]
    """The lines that are shown, in order. Read only."""

    @abstractmethod
    def heading(self, column: int) -> str:
        """The column's heading, translated."""

    @abstractmethod
    def cell(self, line: Line, column: int) -> str:
        """What the line shows in a column."""

    @abstractmethod
    def colour(self, line: Line, column: int) -> QColor:
        """The colour of that text."""

    def tip(self, line: Line, column: int) -> str:
        return self.cell(line, column)

    def insert(self, row: int, lines: list[Line]) -> None:
        """Add lines in front of this row."""
        if lines:
            self.beginInsertRows(ROOT, row, row + len(lines) - 1)
            self.rows[row:row] = lines
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return self.heading(section) if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(line, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.colour(line, column)
        if role == Qt.ItemDataRole.FontRole and column in self.fixed:
            return theme.fixed_font()
        if role == Qt.ItemDataRole.ToolTipRole:
            return for_tip(self.tip(line, column))
        return line if role == LINE else None


class LinesView(PlainTable):
    """A subclass may give a line's text and the columns' widths."""

    said = Signal(str)
    """A sentence about what a key did."""

    def __init__(
        self, name: str, model: LinesModel[Any], parent: QWidget | None = None, row_height: int = 22
    ) -> None:
        """`name` for a screen reader; `row_height` in pixels at 100 %."""
        super().__init__(name, model, row_height, parent)
        self.lines = model
        self._row_height = row_height
        self.setProperty("framed", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        theme.theme_changed.connect(self._set_widths)
        self._set_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        if rows:
            QGuiApplication.clipboard().setText("".join(f"{self.line(row)}\n" for row in rows))
            self.said.emit(self.tr("%n lines are on the clipboard.", "", len(rows)))

    def line(self, row: int) -> str:
        """A row for the clipboard: cells with tabs between them, for a spreadsheet."""
        lines = self.lines
        return csv_text([[lines.cell(lines.rows[row], each) for each in lines.columns]], "\t", "")

    def samples(self) -> Mapping[int, str]:
        """The longest usual text of each column; the others share the rest."""
        return {}

    def shrink_columns(self) -> None:
        """Where the first lines need less than the samples, the others have the room."""
        header, rows = self.horizontalHeader(), self.lines.rows[:MEASURED]
        if not rows:
            return
        for column, sample in self.samples().items():
            texts = {self.lines.cell(row, column) for row in rows}
            widest = max((self._width_of(column, text) for text in texts), default=0)
            heading = header.sectionSizeHint(column) + theme.spacing(8)
            least = min(self._width_of(column, sample), max(widest, heading))
            header.resizeSection(column, least)

    def _set_widths(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.spacing(self._row_height))
        header = self.horizontalHeader()
        samples = self.samples()
        for column in self.lines.columns:
            if column not in samples:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                continue
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, self._width_of(column, samples[column]))

    def _width_of(self, column: int, text: str) -> int:
        font = theme.fixed_font() if column in self.lines.fixed else self.font()
        return QFontMetrics(font).horizontalAdvance(text) + theme.spacing(30)
