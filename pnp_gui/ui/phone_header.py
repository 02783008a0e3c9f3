"""The table's heading: columns can be moved, widened and hidden, and give way when it is narrow.

The URL takes what the others leave. Where that is too little, Version, Asked, Make and Label shrink
and then hide, in this order, so that nothing is cut and nothing has to be scrolled sideways. What
the technician set is kept and comes back with the room.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu, QTableView, QWidget

from pnp_gui.ui import columns, theme
from pnp_gui.ui.cell_delegate import PADDING
from pnp_gui.ui.columns import COLUMNS, GIVE_WAY, NARROWEST_STRETCH, STRETCHES, Column
from pnp_gui.ui.decision_delegate import toggle_width
from pnp_gui.ui.status_delegate import status_width

_ARROW = 16
"""Pixels at 100 % for the sign of the sorted column."""


class PhoneHeader(QHeaderView):
    """Headings over the columns of `columns.py`."""

    changed = Signal()
    """The technician moved, widened or hid a column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._widths: dict[Column, int] = {}
        self._hidden: set[Column] = set()
        self._fitting = False
        self._labelled = False
        self._revealed: Column | None = None
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        # The third click on a heading goes back to the order at first.
        self.setSortIndicatorClearable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.setAccessibleName(self.tr("Columns"))
        self.setAccessibleDescription(
            self.tr("Click a heading to sort by it, a third time for the order at first.")
        )
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(lambda *_: self.changed.emit())
        theme.theme_changed.connect(self.fit)

    def prepare(self) -> None:
        """To be called once, when the model is set."""
        self.setMinimumSectionSize(theme.spacing(44))
        for column in Column:
            mode = (
                QHeaderView.ResizeMode.Stretch
                if column is STRETCHES
                else QHeaderView.ResizeMode.Interactive
            )
            self.setSectionResizeMode(column, mode)
        self.fit()

    def fit(self) -> None:
        """Give every column its width in the room there is."""
        table = self.parent()
        if self.count() == 0 or not isinstance(table, QTableView):
            return
        room = table.viewport().width() - theme.spacing(NARROWEST_STRETCH)
        hidden = self._hidden - {self._revealed}
        give_way = self._give_way()
        fitted = fit_widths(
            {c: self.wanted(c) for c in Column if c is not STRETCHES and c not in hidden},
            {c: self.narrowest(c) for c in Column},
            {c: self.compact(c) for c in give_way},
            room,
            give_way,
        )
        self._fitting = True
        try:
            for column in Column:
                shown = column is STRETCHES or column in fitted
                self.setSectionHidden(column, not shown or column in hidden)
                if column in fitted and self.sectionSize(column) != fitted[column]:
                    self.resizeSection(column, fitted[column])
        finally:
            self._fitting = False

    def set_labelled(self, labelled: bool) -> None:
        """Whether any phone has a label: an empty column has no claim to the room."""
        if labelled != self._labelled:
            self._labelled = labelled
            self.fit()

    def reveal(self, column: Column | None) -> None:
        """Show this column whatever else has to give way, until None is revealed."""
        if column is not self._revealed:
            self._revealed = column
            self.fit()

    def _give_way(self) -> list[Column]:
        """Who gives way now, in order."""
        order = [column for column in GIVE_WAY if column is not self._revealed]
        if not self._labelled and Column.LABEL in order:
            order.remove(Column.LABEL)
            order.insert(0, Column.LABEL)
        return order

    def wanted(self, column: Column) -> int:
        """The width the technician set, else the one drawn, else what its texts need."""
        set_width = self._widths.get(column)
        if set_width is not None:
            return set_width
        return max(theme.spacing(COLUMNS[column].width), self.narrowest(column))

    def narrowest(self, column: Column) -> int:
        """No usual text is elided at this width."""
        font = QApplication.font()
        if column is Column.DECISION:
            return toggle_width(font) + theme.spacing(PADDING) + theme.spacing(6)
        if column is Column.STATUS:
            return status_width(font) + theme.spacing(4)
        return self._width_of(column, COLUMNS[column].sample)

    def compact(self, column: Column) -> int:
        """The width at which a column that gives way is still worth showing."""
        return self._width_of(column, COLUMNS[column].compact)

    def _width_of(self, column: Column, text: str) -> int:
        face = theme.fixed_font() if COLUMNS[column].fixed else QApplication.font()
        heading = QFontMetrics(QApplication.font()).horizontalAdvance(columns.heading(column))
        return 2 * theme.spacing(PADDING) + max(
            QFontMetrics(face).horizontalAdvance(text) + theme.spacing(2),
            heading + theme.spacing(_ARROW),
        )

    # -- kept between runs -------------------------------------------------------------------

    def save_state(self) -> bytes:
        """Order, widths, hidden columns and sorting, in our own form, which new columns survive."""
        order = sorted(Column, key=self.visualIndex)
        section = self.sortIndicatorSection()
        sorted_by = COLUMNS[Column(section)].key if 0 <= section < len(Column) else ""
        descending = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        state = {
            "order": [COLUMNS[column].key for column in order],
            "widths": {
                COLUMNS[column].key: round(width / theme.theme().scale)
                for column, width in self._widths.items()
            },
            "hidden": sorted(COLUMNS[column].key for column in self._hidden),
            "sort": sorted_by,
            "descending": descending,
        }
        return json.dumps(state).encode()

    def restore_state(self, state: bytes) -> bool:
        """Take over what `save_state` gave; False, and no change, when it is something else."""
        try:
            kept = json.loads(state)
            order = [columns.by_key(key) for key in kept["order"]]
            widths = {columns.by_key(key): int(px) for key, px in kept["widths"].items()}
            hidden = {columns.by_key(key) for key in kept["hidden"]}
            sort = columns.by_key(kept["sort"])
            descending = bool(kept["descending"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        for place, column in enumerate(c for c in order if c is not None):
            self.moveSection(self.visualIndex(column), place)
        self._widths = {
            column: theme.spacing(min(max(px, 20), 2000))
            for column, px in widths.items()
            if column is not None and column is not STRETCHES
        }
        self._hidden = {c for c in hidden if c is not None} - {Column.PHONE, STRETCHES}
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(-1 if sort is None else sort, way)
        self.fit()
        return True

    def reset(self) -> None:
        """Columns as they were at first."""
        self._widths.clear()
        self._hidden.clear()
        for column in Column:
            self.moveSection(self.visualIndex(column), column)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.fit()
        self.changed.emit()

    # -- by hand -----------------------------------------------------------------------------

    def _resized(self, section: int, before: int, after: int) -> None:
        column = Column(section)
        if self._fitting or column is STRETCHES or after == 0:
            return
        self._widths[column] = after
        self.changed.emit()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for column in sorted(Column, key=self.visualIndex):
            if column in (Column.PHONE, STRETCHES):
                continue
            action = menu.addAction(columns.heading(column))
            action.setCheckable(True)
            action.setChecked(column not in self._hidden)
            action.toggled.connect(lambda shown, column=column: self.show_column(column, shown))
        menu.addSeparator()
        menu.addAction(self.tr("Columns as at first"), self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(at))

    def show_column(self, column: Column, shown: bool) -> None:
        """Show or hide a column for good."""
        if shown:
            self._hidden.discard(column)
        else:
            self._hidden.add(column)
        self.fit()
        self.changed.emit()


def fit_widths(
    wanted: Mapping[Column, int],
    narrowest: Mapping[Column, int],
    compact: Mapping[Column, int],
    room: int,
    give_way: Sequence[Column] = GIVE_WAY,
) -> dict[Column, int]:
    """Widths of the columns that are shown in `room` pixels; who is missing has to hide.

    First the columns that give way shrink to what their usual texts need, then all the others;
    then, one after the other, each that gives way shrinks to its compact width and hides after it.
    """
    widths = dict(wanted)

    def shrink(column: Column, least: int) -> None:
        lacking = sum(widths.values()) - room
        if lacking > 0 and column in widths:
            widths[column] -= max(0, min(lacking, widths[column] - least))

    for column in (*give_way, *(c for c in widths if c not in give_way)):
        shrink(column, narrowest[column])
    for column in give_way:
        shrink(column, compact[column])
        if sum(widths.values()) > room:
            widths.pop(column, None)
    return widths
