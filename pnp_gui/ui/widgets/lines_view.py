"""Lines in columns, of which the selected ones can be copied: the view, and a base of its models.

`AnyIndex` and `ROOT` are what every model of the window needs for Qt's methods.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.system.steps import AT_ONCE, Steps
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.empty_view import paint_empty
from pnp_gui.ui.widgets.plain_table import PlainTable, selected_rows
from pnp_gui.ui.widgets.step_runner import StepRunner
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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Line] = []
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

    def icon(self, line: Line, column: int) -> QIcon | None:
        """What stands before that text."""
        return None

    def tip(self, line: Line, column: int) -> str:
        return self.cell(line, column)

    def show(self, lines: list[Line]) -> None:
        """Show these in the place of all others."""
        self.beginResetModel()
        self.rows = lines
        self.endResetModel()

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
        if role == Qt.ItemDataRole.DecorationRole:
            return self.icon(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heading(column)}: {self.cell(line, column)}"
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
        self,
        name: str,
        about: str,
        model: LinesModel[Any],
        parent: QWidget | None = None,
        row_height: int = 22,
    ) -> None:
        """`name` and `about`, what it is and its keys, for a screen reader; `row_height` in pixels
        at 100 %."""
        super().__init__(name, model, row_height, parent)
        self._named = name, about
        self._empty = "", ""
        self.setAccessibleDescription(about)
        self._copying = StepRunner(self._copied, self)
        self.lines = model
        self._row_height = row_height
        self.setProperty("framed", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        theme.theme_changed.connect(self._set_widths)
        self._set_widths()

    def set_empty_text(self, title: str, detail: str) -> None:
        """What it says while no line is shown; to be called when lines came or went, too."""
        if (title, detail) != self._empty:
            self._empty = title, detail
            self.viewport().update()
        name, about = self._named if self.lines.rows or not title else self._empty
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.lines.rows:
            paint_empty(self.viewport(), *self._empty, icon="search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        lines = [self.lines.rows[row] for row in selected_rows(self)]
        if lines:
            self._copying.start(self._copied_in_steps(lines))

    def _copied_in_steps(self, lines: list[Any]) -> Steps[tuple[str, int]]:
        """The clipboard's text, and of how many lines: of a long history it takes seconds."""
        parts = []
        for start in range(0, len(lines), AT_ONCE):
            if start:
                yield 0
            parts.append(self.copied(lines[start : start + AT_ONCE]))
        return "".join(parts), len(lines)

    def _copied(self, made: tuple[str, int]) -> None:
        text, number = made
        QGuiApplication.clipboard().setText(text)
        self.said.emit(self.tr("%n lines are on the clipboard.", "", number))

    def copied(self, lines: Sequence[Any]) -> str:
        """These lines for the clipboard: cells with tabs between them, for a spreadsheet."""
        cell, columns = self.lines.cell, self.lines.columns
        return csv_text(([cell(line, each) for each in columns] for line in lines), "\t", "\n")

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
