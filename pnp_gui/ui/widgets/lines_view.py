"""A flat list of lines in columns, of which the selected ones can be copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from pnp_gui.bench.sheet.cells import csv_text
from pnp_gui.ui.theme import theme


class LinesView(QTreeView):
    """For a model of lines; a subclass may give a line's text and the columns' widths."""

    def __init__(
        self, model: QAbstractItemModel, row_height: int, parent: QWidget | None = None
    ) -> None:
        """`row_height` in pixels at 100 %."""
        super().__init__(parent)
        self._row_height = row_height
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.theme_changed.connect(self._style)
        self._style()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected lines."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        if rows:
            QGuiApplication.clipboard().setText("".join(f"{self.line(row)}\n" for row in rows))
            self.copied_lines(len(rows))

    def line(self, row: int) -> str:
        """A row for the clipboard: cells with tabs between them, for a spreadsheet."""
        model = self.model()
        columns = range(model.columnCount())
        return csv_text([[str(model.index(row, column).data()) for column in columns]], "\t", "")

    def copied_lines(self, number: int) -> None:
        """Called when that many lines were copied."""

    def samples(self) -> Iterable[tuple[int, str, QFont, int]]:
        """For each column of a set width: number, longest usual text, its font, and pixels at 100 %
        around it."""
        return ()

    def _style(self) -> None:
        colours = theme.tokens()
        self.setStyleSheet(
            f"QTreeView {{ border: 1px solid {colours.base.name()}; }}"
            f"QTreeView:focus {{ border-color: {colours.accent.name()}; }}"
            f"QTreeView::item {{ height: {theme.spacing(self._row_height)}px; border: 0;"
            f" padding: 0 {theme.spacing(8)}px; }}"
            f"QTreeView::item:selected {{ background: {colours.selected.name()}; }}"
        )
        header = self.header()
        for column, sample, font, around in self.samples():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            width = QFontMetrics(font).horizontalAdvance(sample)
            header.resizeSection(column, width + theme.spacing(around))
