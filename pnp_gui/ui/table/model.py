"""The table's model: a thin adapter over the bench's phones that holds no truth of its own.

**Rows keep still under the hand**, or the wrong phone would be approved: changed rows move to their
new places at most once a second, and not at all during `hold()`, while the mouse moves over the
toggles, shortly after a click or key, and while an editor is open. New phones are appended
meanwhile, and move to their places afterwards. Sorting and finding by hand apply at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.registry import MOST_AT_ONCE
from pnp_gui.ui.table import columns
from pnp_gui.ui.table.columns import COLUMNS, LIVE, Column
from pnp_gui.ui.table.filter import Filter, Only, search_text
from pnp_gui.ui.table.row_order_model import INSERTS_AT_ONCE, RowOrderModel
from pnp_gui.ui.table.sort_keys import SortKeys, by_urgency, runs
from pnp_gui.ui.widgets.lines_view import ROOT, AnyIndex

FLUSH_MS = 100
"""How often gathered changes are taken over."""
MS_PER_PHONE, LONGEST_PAUSE_MS = 2, 1000
"""In a storm they wait longer, two milliseconds for each phone of the last time: painting its row
takes as long as serving a hundred phones."""
SEARCHED_AT_ONCE = 5_000
"""Phones that are searched at once, some 40 ms. More are looked at in slices of `SLICE_S`."""
SLICE_S = 0.008
SETTLE_S = 1.0
"""Seconds between two automatic reorderings."""
RANGES_AT_ONCE = 32
"""Runs of changed rows that are emitted one by one."""

_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable


class PhoneModel(RowOrderModel):
    """The visible phones, in order."""

    about_to_rename = Signal()
    renamed = Signal(object)
    """Phones have other keys: dict of the old ones to the new ones. Before `phones_changed`."""
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
        self.now = bench.monotonic
        self._monotonic = monotonic
        self._sort_keys = SortKeys()
        self.filter = Filter()
        self._search_texts: dict[str, str] = {}
        self._live_texts: dict[str, list[str]] = {}
        self._found: dict[str, bool] = {}
        """Whether phones are meant that were looked at for the present search."""
        self._to_search: Iterator[Phone] = iter(())
        self._searching = QTimer(self, interval=0)
        self._searching.timeout.connect(self._search_on)
        self._unsorted = False
        self._unfiltered: set[str] = set()
        self._held_until = self._settled_at = 0.0
        self.edited_key: Callable[[], str] = str
        """Gives the key of the row in which an editor is open; "": in none."""
        bench.take_changes()
        self._rebuild()
        self._timer = QTimer(self, interval=FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        self._timer.start()

    # -- for Qt ------------------------------------------------------------------------------

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if COLUMNS[Column(index.column())].edited else _PLAIN

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return columns.heading(Column(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                return columns.heading_tip(Column(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        phone = self.phone_at(index.row()) if index.isValid() else None
        if phone is None:
            return None
        column = Column(index.column())
        info = COLUMNS[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return info.text(phone, self.now(), self.bench)
        if role == Qt.ItemDataRole.EditRole:
            return info.edited(phone) if info.edited else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return info.cell_tip(phone, self.now(), self.bench) if info.cell_tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = (info.spoken or info.text)(phone, self.now(), self.bench)
            return f"{columns.heading(column)}: {text}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the default order. Applies at once."""
        if 0 <= column < len(Column):
            by = COLUMNS[Column(column)].sort_by
            self._sort_keys.choose(by, order == Qt.SortOrder.DescendingOrder)
        else:
            self._sort_keys.choose(by_urgency, False)
        self._held_until = 0.0
        self._rebuild()

    # -- for the view ------------------------------------------------------------------------

    def phone_at(self, row: int) -> Phone | None:
        """The phone of a row; None while a forgotten one is still in its row."""
        return self.bench.phones.get(self._order[row]) if 0 <= row < len(self._order) else None

    def text(self, phone: Phone, column: Column) -> str:
        return COLUMNS[column].text(phone, self.now(), self.bench)

    def set_find(self, text: str) -> None:
        """Show only the phones that the text means; "" shows all. Applies at once, with very many
        phones after some slices: see `finish_search`."""
        self._set_filter(Filter(text, self.filter.only))

    def set_only(self, only: Only | None) -> None:
        """Show only these phones; None shows all. Applies as `set_find`."""
        self._set_filter(Filter(self.filter.text, only))

    def _set_filter(self, wanted: Filter) -> None:
        if (wanted.text, wanted.only) == (self.filter.text, self.filter.only):
            return
        self.filter = wanted
        self._held_until = 0.0
        self._unfiltered.clear()
        self._found.clear()
        self._to_search = iter(list(self.bench.phones.values()) if wanted else ())
        self._searching.start()
        if len(self.bench.phones) <= SEARCHED_AT_ONCE:
            self.finish_search()

    def _search_on(self) -> None:
        """Look at phones for a moment; at the last one the rows change."""
        now, end = self.now(), time.perf_counter() + SLICE_S
        for phone in self._to_search:
            self._found[phone.key] = self._matches(phone, now)
            if time.perf_counter() > end:
                return
        self.finish_search()

    def finish_search(self) -> None:
        """To be called before the rows are used: very many phones are looked at in slices."""
        if self._searching.isActive():
            self._rebuild()

    def hold(self, seconds: float) -> None:
        """Leave the rows where they are for this long."""
        self._held_until = max(self._held_until, self._monotonic() + seconds)

    @property
    def held(self) -> bool:
        return self._monotonic() < self._held_until or self.edited_key() != ""

    def refresh_live(self, rows: Iterable[int]) -> None:
        """Emit what time alone changed in these rows; to be called once a second."""
        live = {}
        for row in rows:
            phone = self.phone_at(row)
            if phone is None:
                continue
            texts = live[phone.key] = [self.text(phone, column) for column in LIVE]
            before = self._live_texts.get(phone.key, [""] * len(LIVE))
            for column, old, new in zip(LIVE, before, texts, strict=True):
                if old != new:
                    self._emit(row, row, column, column)
        self._live_texts = live

    # -- taking changes over -----------------------------------------------------------------

    def flush(self) -> bool:
        """Take over what the bench changed since the last time; whether more waits."""
        changes = self.bench.take_changes(MOST_AT_ONCE)
        if changes.renamed:
            self.about_to_rename.emit()
            self._rename_rows(changes.renamed)
        if changes.changed or changes.removed or self._unfiltered:
            self._take(changes.changed | changes.removed)
        elif self._unsorted:
            self._settle_if_due()
        if changes.renamed:
            self.renamed.emit(changes.renamed)
        if changes.changed or changes.removed:
            self.phones_changed.emit(changes.changed | changes.removed)
        number = len(changes.changed)
        more = number == MOST_AT_ONCE
        pause = FLUSH_MS if more else min(max(FLUSH_MS, MS_PER_PHONE * number), LONGEST_PAUSE_MS)
        if pause != self._timer.interval():
            self._timer.setInterval(pause)
        return more

    def _rename_rows(self, renamed: Mapping[str, str]) -> None:
        """A row stays the same one, with its editor: who types must not be in the table at once. Of
        two rows that are one from now on, the edited one stays."""
        phones = self.bench.phones
        for old, new in renamed.items():
            if old == self.edited_key():
                self._remove({new} & self._row.keys())
            if new in phones and self._rename(old, new):
                self._sort_keys.drop([old])
                self._sort_keys.add([phones[new]], self.now())
                self._unsorted = True

    def _take(self, changed: set[str]) -> None:
        now, held, phones = self.now(), self.held, self.bench.phones
        if not held:
            changed |= self._unfiltered
            self._unfiltered.clear()
        touched: list[int] = []
        arriving: list[str] = []
        staying: list[Phone] = []
        leaving = {key for key in changed if key not in phones}
        for key in leaving:
            self._forget(key)
        for key in changed - leaving:
            phone = phones[key]
            self._search_texts.pop(key, None)
            self._found.pop(key, None)
            row = self._row.get(key)
            visible = not self.filter or self._matches(phone, now)
            if row is None:
                if visible:
                    arriving.append(key)
                continue
            staying.append(phone)
            if visible:
                touched.append(row)
            elif held:
                self._unfiltered.add(key)
                touched.append(row)
            else:
                leaving.add(key)
        if self._sort_keys.update(staying, now) | self._note_first(staying):
            self._unsorted = True
        self._emit_rows(touched)
        self._remove(leaving & self._row.keys())
        self._arrive(arriving, now, held)
        self._settle_if_due()

    def _rebuild(self) -> None:
        """Go through every phone: at the start, and for another order or text to find."""
        self._searching.stop()
        now = self.now()
        visible = list(self.bench.phones.values())
        if self.filter:
            edited = self.edited_key()
            self._unfiltered |= {edited} & self.bench.phones.keys()
            visible = [one for one in visible if one.key == edited or self._matches(one, now)]
        self._sort_keys.add(visible, now)
        self._sort_keys.first.clear()
        self._note_first(visible)
        self._restack(self._sort_keys.ordered([phone.key for phone in visible]))
        self._found.clear()
        self._unsorted = False
        self._settled_at = self._monotonic()

    def _note_first(self, phones: Iterable[Phone]) -> bool:
        """Which phones come before the others that are found. True if that changed."""
        if not self.filter.start:
            return False
        comes_first, first = self.filter.comes_first, self._sort_keys.first
        before = set(first)
        for phone in phones:
            (first.add if comes_first(phone) else first.discard)(phone.key)
        return first != before

    def _forget(self, key: str) -> None:
        for kept in (self._search_texts, self._live_texts, self._found):
            kept.pop(key, None)
        self._unfiltered.discard(key)

    def _matches(self, phone: Phone, now: float) -> bool:
        found = self._found.get(phone.key)
        if found is not None:
            return found
        text = self._search_texts.get(phone.key)
        if text is None:
            text = self._search_texts[phone.key] = search_text(phone)
        return self.filter.matches(phone, text, now, self.bench)

    def _emit_rows(self, rows: list[int]) -> None:
        """These rows changed; for each range the view asks for data."""
        ranges = list(runs(sorted(rows)))
        if len(ranges) > RANGES_AT_ONCE:
            ranges = [(ranges[0][0], ranges[-1][1])]
        for first, last in ranges:
            self._emit(first, last, 0, len(Column) - 1)

    def _emit(self, first: int, last: int, left: int, right: int) -> None:
        self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _arrive(self, keys: list[str], now: float, held: bool) -> None:
        if not keys:
            return
        phones = [self.bench.phones[key] for key in keys]
        self._sort_keys.update(phones, now)
        self._note_first(phones)
        keys = self._sort_keys.ordered(keys)
        if held:
            self._unsorted = True
            self._append(keys)
        elif len(keys) > INSERTS_AT_ONCE:
            self._append(keys)
            self._settle()
        else:
            self.about_to_reorder.emit()
            for key in keys:
                self._insert(self._sort_keys.place(key, self._order), [key])
            self.reordered.emit()

    def _removed(self, keys: Sequence[str]) -> None:
        self._sort_keys.drop(keys)

    # -- order -------------------------------------------------------------------------------

    def _settle_if_due(self) -> None:
        due = self._monotonic() - self._settled_at >= SETTLE_S
        if self._unsorted and due and not self.held:
            self._settle()

    def _settle(self) -> None:
        self._settled_at = self._monotonic()
        self._unsorted = False
        self._permute(self._sort_keys.ordered(self._order))
