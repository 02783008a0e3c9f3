"""The table's heading: columns can be moved, widened and hidden, and give way when it is narrow.

The widths follow what the cells say (column_needs.py), and where that is too much they give way in
an order (fit_widths.py): last of all Version, Asked, Make and Label hide. What the technician set
stays as he set it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu, QTableView, QWidget

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.settings import read_json
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.cell_delegate import DOT
from pnp_gui.ui.table.column_widths import ColumnWidths
from pnp_gui.ui.table.columns import (
    COLUMNS,
    FAIR_STRETCH,
    GIVE_WAY,
    NARROWEST_STRETCH,
    STRETCHES,
    Column,
)
from pnp_gui.ui.table.decision_delegate import toggle_width
from pnp_gui.ui.table.fit_widths import Stretch, Width, fit_widths
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.table.status_delegate import pill_room, status_width
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import PADDING

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
        self._pinned: set[Column] = set()
        self._needs = ColumnWidths()
        self._grew = False
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
        theme.theme_changed.connect(self._restyle)

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
        hidden = self._hidden - {self._revealed}
        widths = {c: self.width_of(c) for c in Column if c is not STRETCHES and c not in hidden}
        stretch, room = self._stretch(), table.viewport().width()
        by_hand = self._widths.keys() | self._pinned
        fitted = fit_widths(widths, stretch, room, self._give_way(), by_hand)
        if self._has_no_claim(Column.LABEL) and sum(fitted.values()) > room - stretch.whole:
            widths.pop(Column.LABEL, None)
            fitted = fit_widths(widths, stretch, room, self._give_way(), by_hand)
        self._fitting = True
        try:
            for column in Column:
                shown = column is STRETCHES or column in fitted
                self.setSectionHidden(column, not shown or column in hidden)
                if column in fitted and self.sectionSize(column) != fitted[column]:
                    self.resizeSection(column, fitted[column])
        finally:
            self._fitting = False

    def measure(self, model: PhoneModel, phones: Iterable[Phone], *, still: bool) -> None:
        """Phones are seen or changed: give their columns what they need. `still`: but not now, a
        hand is at the table."""
        self._grew |= self._needs.look(model, phones)
        if self._grew and not still:
            self._grew = False
            self.fit()

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

    def _has_no_claim(self, column: Column) -> bool:
        """An empty column has its room only where nobody else wants it."""
        by_hand = column in self._widths or column in self._pinned
        return not self._labelled and not by_hand and column is not self._revealed

    def _give_way(self) -> list[Column]:
        """Who gives way now, in order."""
        return [column for column in GIVE_WAY if column is not self._revealed]

    def width_of(self, column: Column) -> Width:
        """What the column may be given: the width that the technician set, or by its texts."""
        by_hand = self._widths.get(column)
        if by_hand is not None:
            return Width(by_hand, by_hand, by_hand, by_hand)
        font = QApplication.font()
        around = 2 * theme.spacing(PADDING)
        info = COLUMNS[column]
        heading = QFontMetrics(font).horizontalAdvance(columns.heading(column))
        least = heading + theme.spacing(_ARROW) + around
        if column is Column.DECISION:
            edge = theme.spacing(PADDING) + theme.spacing(6)
            wide, tight = (toggle_width(font, tight=tight) + edge for tight in (False, True))
            return Width(max(wide, least), max(wide, least), max(tight, least), tight)
        if column is Column.STATUS:
            short = max(status_width(font, short=True), least)
            seen = max(pill_room(self._needs.text(column)), short)
            return Width(max(status_width(font), seen), seen, short, short)
        face = QFontMetrics(theme.fixed_font() if info.fixed else font)
        usual = face.horizontalAdvance(info.sample) if info.steady else 0
        need = max(max(usual, self._needs.text(column)) + theme.spacing(2) + around, least)
        if column is Column.PHONE:
            need += theme.spacing(DOT)
        compact = face.horizontalAdvance(info.compact) + theme.spacing(2) + around
        ease = max(theme.spacing(info.width), need)
        tight = need
        if column is Column.LABEL:
            # One long label must not cut everybody else: what is usual has room, no more.
            usual = face.horizontalAdvance(info.sample) + theme.spacing(2) + around
            tight = min(need, max(usual, least))
        return Width(ease, need, tight, min(tight, max(compact, least)))

    def _stretch(self) -> Stretch:
        around = 2 * theme.spacing(PADDING)
        least, fair = theme.spacing(NARROWEST_STRETCH), theme.spacing(FAIR_STRETCH)
        whole = max(fair, self._needs.text(STRETCHES) + around)
        return Stretch(whole, fair, least)

    def _restyle(self) -> None:
        self._needs.forget()
        self.fit()

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
            "shown": sorted(COLUMNS[column].key for column in self._pinned),
            "sort": sorted_by,
            "descending": descending,
        }
        return json.dumps(state).encode()

    def restore_state(self, state: bytes) -> bool:
        """Take over what `save_state` gave; False, and no change, when it is something else."""
        try:
            kept: Any = read_json(state.decode())
            order = [columns.by_key(key) for key in kept["order"]]
            widths = {columns.by_key(key): int(px) for key, px in kept["widths"].items()}
            hidden = {columns.by_key(key) for key in kept["hidden"]}
            pinned = {columns.by_key(key) for key in kept.get("shown", [])}
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
        self._pinned = {c for c in pinned if c is not None} - self._hidden
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(-1 if sort is None else sort, way)
        self.fit()
        return True

    def reset(self) -> None:
        """Columns as they were at first."""
        self._widths.clear()
        self._hidden.clear()
        self._pinned.clear()
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
            action.setChecked(not self.isSectionHidden(column))
            action.toggled.connect(lambda shown, column=column: self.show_column(column, shown))
        menu.addSeparator()
        menu.addAction(self.tr("Columns as at first"), self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(at))

    def show_column(self, column: Column, shown: bool) -> None:
        """Show or hide a column for good: shown by hand, it gives way after all others."""
        for kept, wanted in ((self._pinned, shown), (self._hidden, not shown)):
            if wanted:
                kept.add(column)
            else:
                kept.discard(column)
        self.fit()
        self.changed.emit()
