"""The table's heading: columns can be moved, widened and hidden, and give way when it is narrow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.store.settings import read_json
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.cell_delegate import CellDelegate
from pnp_gui.ui.table.column_widths import (
    MEASURED_AT_ONCE,
    Stretch,
    TextWidths,
    Width,
    fit_widths,
    widest_of,
)
from pnp_gui.ui.table.columns import BY_KEY, COLUMNS, GIVE_WAY, OPTIONAL, STRETCHES, Column
from pnp_gui.ui.table.model import PhoneModel
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import PADDING


class PhoneHeader(QHeaderView):
    """Headings over the columns of `columns.py`."""

    def __init__(
        self, table: QTableView, model: PhoneModel, in_view: Callable[[], list[str]]
    ) -> None:
        """For a table that has its model and delegates. `in_view`: the keys of the phones whose
        rows are in view."""
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._model = model
        self._in_view = in_view
        self._widths: dict[Column, float] = {}
        """Set by hand; pixels at 100 %."""
        self._hidden: set[Column] = set()
        self._pinned: set[Column] = set()
        self._texts = TextWidths()
        self._grew = False
        self._fitting = False
        self._unused = set(OPTIONAL)
        self._revealed: Column | None = None
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        # The third click on a heading goes back to the default order.
        self.setSortIndicatorClearable(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.menu = QMenu(self.tr("&Columns"), self)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu.popup(self.viewport().mapToGlobal(at))
        )
        self.setAccessibleName(self.tr("Columns"))
        self.setAccessibleDescription(
            self.tr("Click a heading to sort by it; a third click restores the default order.")
        )
        self.sectionResized.connect(self._resized)
        theme.theme_changed.connect(self._restyle)
        table.setHorizontalHeader(self)
        # The header shows no selection. With the table's own selection model it would ask every
        # row, for each column, whether it is selected: half a second at 10,000 rows.
        self.setSelectionModel(QItemSelectionModel(model, self))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSectionResizeMode(STRETCHES, QHeaderView.ResizeMode.Stretch)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        model.phones_changed.connect(self._follow)
        self._follow(set(model.bench.phones))
        self._scale()

    def fit(self) -> None:
        hidden = self._hidden - {self._revealed}
        widths = {c: self.width_of(c) for c in Column if c is not STRETCHES and c not in hidden}
        least, fair = theme.spacing(columns.NARROWEST_STRETCH), theme.spacing(columns.FAIR_STRETCH)
        whole = max(fair, self._texts.widest[STRETCHES] + 2 * theme.spacing(PADDING))
        stretch, room = Stretch(whole, fair, least), self._table.viewport().width()
        by_hand = self._widths.keys() | self._pinned
        give_way = [column for column in GIVE_WAY if column is not self._revealed]
        fitted = fit_widths(widths, stretch, room, give_way, by_hand)
        for column in self._unused - by_hand - {self._revealed}:
            if sum(fitted.values()) > room - stretch.whole:
                widths.pop(column, None)
                fitted = fit_widths(widths, stretch, room, give_way, by_hand)
        self._fitting = True
        for column in Column:
            self.setSectionHidden(column, column is not STRETCHES and column not in fitted)
            if column in fitted and self.sectionSize(column) != fitted[column]:
                self.resizeSection(column, fitted[column])
        self._fitting = False

    def measure(self, keys: Iterable[str]) -> None:
        """Give the columns what these phones need, but not while the technician works in the
        table."""
        self._grew |= self._measure(keys)
        if self._grew and not self._model.held:
            self._grew = False
            self.fit()

    def _measure(self, keys: Iterable[str]) -> bool:
        phones = self._model.bench.phones
        return self._texts.measure(self._model, (phones[key] for key in keys if key in phones))

    def _follow(self, changed: set[str]) -> None:
        phones = self._model.bench.phones
        theirs = [phones[key] for key in changed if key in phones]
        unused = {
            column
            for column in OPTIONAL
            if not self._is_used(column, theirs) and not self._is_used(column, phones.values())
        }
        if unused != self._unused:
            self._unused = unused
            self.fit()
        if len(changed) <= MEASURED_AT_ONCE:
            self.measure(changed.intersection(self._in_view()))

    def _is_used(self, column: Column, phones: Iterable[Phone]) -> bool:
        text, now, bench = COLUMNS[column].text, self._model.now(), self._model.bench
        return any(text(phone, now, bench) for phone in phones)

    def reveal(self, column: Column | None) -> None:
        """Show this column whatever else has to give way, until None is revealed."""
        if column is not self._revealed:
            self._revealed = column
            self.fit()

    def width_of(self, column: Column) -> Width:
        """What the column may be given: the width set by hand, or what its delegate needs."""
        by_hand = self._widths.get(column)
        if by_hand is not None:
            return Width(*[theme.spacing(by_hand)] * 4)
        return self._delegate(column).width_of(column, self._texts.widest[column])

    def _delegate(self, column: Column) -> CellDelegate:
        delegate = self._table.itemDelegateForColumn(column) or self._table.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        return delegate

    def width_for_all(self, column: Column, keys: Iterable[str]) -> int:
        """Pixels in which nothing is cut that these phones have in the column."""
        phones = self._model.bench.phones
        texts = {self._model.text(phones[key], column) for key in keys if key in phones}
        return self._delegate(column).width_of(column, widest_of(column, texts)).need

    def _scale(self) -> None:
        self.setMinimumSectionSize(theme.spacing(44))
        self.fit()

    def _restyle(self) -> None:
        self._texts = TextWidths()
        self._measure(self._in_view())
        self._scale()

    # -- kept between runs -------------------------------------------------------------------

    def save_state(self) -> bytes:
        """Order, widths, hidden columns and sorting as JSON by the columns' keys, so that it stays
        valid when a later version has more columns."""
        order = sorted(Column, key=self.visualIndex)
        section = self.sortIndicatorSection()
        state = {
            "order": [COLUMNS[column].key for column in order],
            "widths": {COLUMNS[each].key: round(px) for each, px in self._widths.items()},
            "hidden": sorted(COLUMNS[column].key for column in self._hidden),
            "shown": sorted(COLUMNS[column].key for column in self._pinned),
            "sort": COLUMNS[Column(section)].key if 0 <= section < len(Column) else "",
            "descending": self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }
        return json.dumps(state).encode()

    def restore_state(self, state: bytes) -> bool:
        """Apply what `save_state` gave; False, and no change, when it is something else."""
        try:
            kept: Any = read_json(state.decode())
            order = [BY_KEY[key] for key in kept["order"] if key in BY_KEY]
            widths = {BY_KEY[key]: int(px) for key, px in kept["widths"].items() if key in BY_KEY}
            hidden = {BY_KEY[key] for key in kept["hidden"] if key in BY_KEY}
            pinned = {BY_KEY[key] for key in kept.get("shown", []) if key in BY_KEY}
            sort = BY_KEY.get(kept["sort"], -1)
            descending = bool(kept["descending"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        for place, column in enumerate(order):
            self.moveSection(self.visualIndex(column), place)
        widths.pop(STRETCHES, None)
        self._widths = {column: min(max(px, 20), 2000) for column, px in widths.items()}
        self._hidden = {column for column in hidden if COLUMNS[column].hideable}
        self._pinned = pinned - self._hidden
        self.setSortIndicator(sort, Qt.SortOrder(descending))
        self.fit()
        return True

    def reset(self) -> None:
        """Back to the default order, widths and sorting, with all columns."""
        self._widths.clear()
        self._hidden.clear()
        self._pinned.clear()
        for column in Column:
            self.moveSection(self.visualIndex(column), column)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.fit()

    # -- by hand -----------------------------------------------------------------------------

    def _resized(self, section: int, before: int, after: int) -> None:
        column = Column(section)
        if not self._fitting and column is not STRETCHES and after:
            self._widths[column] = after / theme.current.scale

    def fill_menu(self) -> None:
        """Which columns there are, and which are seen now."""
        self.menu.clear()
        for column in sorted(Column, key=self.visualIndex):
            if not COLUMNS[column].hideable:
                continue
            hidden = self.isSectionHidden(column)
            action = self.menu.addAction(columns.heading(column))
            action.setCheckable(True)
            action.setChecked(not hidden)
            action.toggled.connect(lambda shown, column=column: self.show_column(column, shown))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("&Reset columns"), self.reset)

    def show_column(self, column: Column, shown: bool) -> None:
        """Show or hide a column by hand: one that is shown gives way after all others."""
        to, away = (self._pinned, self._hidden) if shown else (self._hidden, self._pinned)
        to.add(column)
        away.discard(column)
        self.fit()
