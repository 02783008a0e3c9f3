"""The table's model: a thin adapter over the bench's phones that holds no truth of its own.

It keeps which phones are visible and in what order, and nothing else. Changes gather in the bench
and are taken over ten times a second; see moving_rows.py for how rows come, go and move.

**Rows keep still under the hand.** A row that jumps while somebody aims at its toggle means that
the wrong phone is approved. So changed rows move to their new places at most once a second, and
not at all while the table says `hold()`: while the mouse moves over the toggles, shortly after a
click or key, and while an editor is open. What is new meanwhile appears at the end of the table, so
that nothing is pushed aside, and takes its place afterwards. Sorting or finding by hand applies at
once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.table.filter import Filter, haystack
from pnp_gui.ui.table.row_order_model import INSERTS_AT_ONCE, AnyIndex, RowOrderModel
from pnp_gui.ui.table.sort_keys import SortKeys, runs
from pnp_gui.ui.words.url_origin import url_tip

PhoneRole = int(Qt.ItemDataRole.UserRole) + 1
"""Hands the row's Phone through, also through a proxy."""

FLUSH_MS = 100
"""How often gathered changes are taken over."""
MS_A_PHONE, LONGEST_PAUSE_MS = 2, 1000
"""In a storm they wait longer, two milliseconds for each phone of the last time: to paint the rows
takes as long as to serve a hundred phones."""
SETTLE_S = 1.0
"""Seconds between two reorderings of their own accord."""
RANGES_AT_ONCE = 32
"""Runs of changed rows that are told one by one."""

_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable


class PhoneModel(RowOrderModel):
    """The visible phones, in order."""

    phones_changed = Signal(object)
    """Keys (a set) of phones that changed, came or went, visible or not; after the rows did."""

    def __init__(
        self,
        bench: Bench,
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.bench = bench
        self._now = bench.monotonic
        self._monotonic = monotonic
        self._ranking = SortKeys()
        self._find = Filter()
        self._hay: dict[str, str] = {}
        self._asking: dict[str, float] = {}
        self._disordered = False
        self._unsure: set[str] = set()
        self._held_until = 0.0
        self._settled_at = 0.0
        self._ages: dict[str, tuple[str, str]] = {}
        bench.take_changes()
        for phone in bench.phones.values():
            self._note_asking(phone, self._now())
        self._look_again()
        self._timer = QTimer(self)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        self._timer.start()

    # -- what Qt asks ------------------------------------------------------------------------

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if index.column() in (Column.URL, Column.LABEL) else _PLAIN

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(Column):
            if role == Qt.ItemDataRole.DisplayRole:
                return columns.heading(Column(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                return columns.heading_tip(Column(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        phone = self.phone_at(index.row()) if index.isValid() else None
        if phone is None:
            return None
        if role == PhoneRole:
            return phone
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(phone, column)
        if role == Qt.ItemDataRole.EditRole and column is Column.URL:
            return phone.own_url
        if role == Qt.ItemDataRole.EditRole and column is Column.LABEL:
            return phone.label
        if role == Qt.ItemDataRole.ToolTipRole:
            if column is Column.URL:
                return self._url_tip(phone)
            return columns.cell_tip(column, phone, self._now()) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = f"{columns.heading(column)}: {self.text(phone, column)}"
            if column is Column.URL:
                return f"{columns.heading(column)}: {self._url_tip(phone)}"
            if column is Column.PHONE and phone.unseen:
                text = self.tr("{cell}, new").format(cell=text)
            if column is Column.PHONE and phone.other_mac is not None:
                text = self.tr("{cell}, the network knows it as another").format(cell=text)
            return text
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order at first. Applies at once."""
        chosen = Column(column) if 0 <= column < len(Column) else None
        self._ranking.choose(chosen, order == Qt.SortOrder.DescendingOrder)
        self._held_until = 0.0
        self._look_again()

    # -- what the table asks -----------------------------------------------------------------

    def phone_at(self, row: int) -> Phone | None:
        """The phone of a row; None while a forgotten one is still in its row."""
        return self.bench.phones.get(self._order[row]) if 0 <= row < len(self._order) else None

    def text(self, phone: Phone, column: Column) -> str:
        """What a cell says."""
        if column is Column.URL:
            return self.url(phone)
        return columns.cell_text(column, phone, self._now())

    def url(self, phone: Phone) -> str:
        """The exact URL the phone would be sent; as it was typed when it cannot be filled in."""
        return self.bench.preview(phone.key) or self.bench.urls.choice(phone).template

    def status(self, phone: Phone) -> StatusKind:
        return status_of(phone, self._now())

    def now(self) -> float:
        return self._now()

    def set_find(self, text: str) -> None:
        """Show only the phones that the text means; "" shows all. Applies at once."""
        if text.strip() == self._find.text:
            return
        self._find = Filter(text)
        self._held_until = 0.0
        self._unsure.clear()
        self._look_again()

    @property
    def find_text(self) -> str:
        return self._find.text

    def hold(self, seconds: float) -> None:
        """Leave the rows where they are for so long."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    @property
    def held(self) -> bool:
        return self._monotonic() < self._held_until

    def refresh_ages(self, first: int, last: int) -> None:
        """Once a second: what time alone changed, in the rows that are seen."""
        now = self._now()
        over = {key for key, until in self._asking.items() if until <= now}
        if over:
            self._take(over, set())
        ages = {}
        for row in range(max(0, first), min(last + 1, len(self._order))):
            phone = self.phone_at(row)
            if phone is None:
                continue
            texts = (
                columns.cell_text(Column.ASKED, phone, now),
                columns.cell_text(Column.STATUS, phone, now),
            )
            ages[phone.key] = texts
            before = self._ages.get(phone.key)
            for place, column in enumerate((Column.ASKED, Column.STATUS)):
                if before is None or before[place] != texts[place]:
                    self._emit(row, row, column, column)
        self._ages = ages

    # -- taking changes over -----------------------------------------------------------------

    def flush(self) -> None:
        """Take over what the bench changed since the last time."""
        changes = self.bench.take_changes()
        if changes.changed or changes.removed or self._unsure:
            self._take(set(changes.changed), set(changes.removed))
        elif self._disordered:
            self._settle_if_due()
        if changes.changed or changes.removed:
            self.phones_changed.emit(changes.changed | changes.removed)
        pause = min(max(FLUSH_MS, MS_A_PHONE * len(changes.changed)), LONGEST_PAUSE_MS)
        if pause != self._timer.interval():
            self._timer.setInterval(pause)

    def _take(self, changed: set[str], removed: set[str]) -> None:
        now = self._now()
        held = self.held
        phones = self.bench.phones
        if not held:
            changed |= self._unsure
            self._unsure.clear()
        touched: list[int] = []
        arriving: list[str] = []
        staying: list[Phone] = []
        leaving = {key for key in changed | removed if key not in phones}
        for key in leaving:
            self._forget(key)
        for key in changed - leaving:
            phone = phones[key]
            self._hay.pop(key, None)
            self._note_asking(phone, now)
            row = self._row.get(key)
            visible = not self._find or self._matches(phone, now)
            if row is None:
                if visible:
                    arriving.append(key)
                continue
            staying.append(phone)
            if visible:
                touched.append(row)
            elif held:
                self._unsure.add(key)
                touched.append(row)
            else:
                leaving.add(key)
        if self._ranking.note(staying, now):
            self._disordered = True
        self._touch(touched)
        self._remove(leaving & self._row.keys())
        self._arrive(arriving, now, held)
        self._settle_if_due()

    def _look_again(self) -> None:
        """Look at every phone: at the start, and when the text to find or the order is another."""
        now = self._now()
        visible = list(self.bench.phones.values())
        if self._find:
            visible = [phone for phone in visible if self._matches(phone, now)]
        self._ranking.note_new(visible, now)
        self._restack(self._ranking.ordered([phone.key for phone in visible]))
        self._disordered = False
        self._settled_at = self._monotonic()

    def _note_asking(self, phone: Phone, now: float) -> None:
        """Status and place change by time alone when its asking is over, whatever was decided."""
        if now < phone.asking_until:
            self._asking[phone.key] = phone.asking_until
        else:
            self._asking.pop(phone.key, None)

    def _forget(self, key: str) -> None:
        for kept in (self._hay, self._asking, self._ages):
            kept.pop(key, None)
        self._unsure.discard(key)

    def _matches(self, phone: Phone, now: float) -> bool:
        if not self._find:
            return True
        hay = self._hay.get(phone.key)
        if hay is None:
            hay = self._hay[phone.key] = haystack(phone)
        return self._find.matches(phone, hay, now)

    def _touch(self, rows: list[int]) -> None:
        """Say that these rows changed, one range for each run of neighbours; one range for all
        where that would be hundreds, each with its questions of the view's.
        """
        ranges = list(runs(sorted(rows)))
        if len(ranges) > RANGES_AT_ONCE:
            ranges = [(ranges[0][0], ranges[-1][1])]
        for first, last in ranges:
            self._emit(first, last, Column.PHONE, Column.URL)

    def _emit(self, first: int, last: int, left: Column, right: Column) -> None:
        self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _arrive(self, keys: list[str], now: float, held: bool) -> None:
        if not keys:
            return
        self._ranking.note([self.bench.phones[key] for key in keys], now)
        keys = self._ranking.ordered(keys)
        if held:
            self._disordered = True
            self._append(keys)
        elif len(keys) > INSERTS_AT_ONCE:
            self._append(keys)
            self._settle()
        else:
            self.about_to_reorder.emit()
            for key in keys:
                row = self._ranking.place(key, self._order)
                self._insert(row, key)
            self.reordered.emit()

    def _gone(self, keys: Sequence[str]) -> None:
        self._ranking.drop(keys)

    # -- order -------------------------------------------------------------------------------

    def _settle_if_due(self) -> None:
        due = self._monotonic() - self._settled_at >= SETTLE_S
        if self._disordered and due and not self.held:
            self._settle()

    def _settle(self) -> None:
        self._settled_at = self._monotonic()
        self._disordered = False
        self._permute(self._ranking.ordered(self._order))

    def _url_tip(self, phone: Phone) -> str:
        return url_tip(self.bench, phone.key)
