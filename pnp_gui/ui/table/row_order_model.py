"""Rows that come, go and move with the fewest signals Qt needs; each row is a key.

It never resets, so that selection, current row and an open editor stay with their rows. (A
QSortFilterProxyModel over a Python model calls `data()` for every comparison and takes seconds at
10,000 rows.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Signal

from pnp_gui.ui.table.sort_keys import runs
from pnp_gui.ui.widgets.lines_view import ROOT, AnyIndex

INSERTS_AT_ONCE = 16
"""Rows inserted or removed one by one; more are appended or taken from the end, and sorted."""


class RowOrderModel(QAbstractTableModel):
    """A table of keys in an order; the subclass gives their data."""

    about_to_reorder = Signal()
    """Rows will move, come or go: remember what is at the top."""
    reordered = Signal()
    """They have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: list[str] = []
        self._row: dict[str, int] = {}

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    def key_at(self, row: int) -> str:
        return self._order[row]

    def keys_of(self, rows: Iterable[int]) -> list[str]:
        """The keys of these rows."""
        return list(map(self._order.__getitem__, rows))

    def row_of(self, key: str) -> int:
        """The row of a key, -1 when it is not visible."""
        return self._row.get(key, -1)

    def _removed(self, keys: Sequence[str]) -> None:
        """Called with the keys whose rows are removed."""

    def _remove(self, keys: set[str]) -> None:
        if not keys:
            return
        ranges = list(runs(sorted(self._row[key] for key in keys)))
        if len(ranges) > INSERTS_AT_ONCE:
            self._restack([key for key in self._order if key not in keys])
            return
        self.about_to_reorder.emit()
        for first, last in reversed(ranges):
            self._remove_rows(first, last)
        self.reordered.emit()

    def _remove_rows(self, first: int, last: int) -> None:
        self.beginRemoveRows(ROOT, first, last)
        self._removed(self._order[first : last + 1])
        del self._order[first : last + 1]
        self._number()
        self.endRemoveRows()

    def _insert(self, row: int, keys: Sequence[str]) -> None:
        self.beginInsertRows(ROOT, row, row + len(keys) - 1)
        self._order[row:row] = keys
        self._number()
        self.endInsertRows()

    def _rename(self, old: str, new: str) -> bool:
        """The row of this key is another's from now on. Not where that one has a row already."""
        row = self._row.get(old)
        if row is None or new in self._row:
            return False
        self._order[row] = new
        self._row[new] = self._row.pop(old)
        return True

    def _append(self, keys: Sequence[str]) -> None:
        self._insert(len(self._order), keys)

    def _restack(self, target: list[str]) -> None:
        """Make `target` the rows: at most one insert, one reordering, one removal."""
        wanted = set(target)
        gone = [key for key in self._order if key not in wanted]
        came = [key for key in target if key not in self._row]
        if came:
            self._append(came)
        self._permute(target + gone)
        if gone:
            self.about_to_reorder.emit()
            self._remove_rows(len(target), len(target) + len(gone) - 1)
            self.reordered.emit()

    def _permute(self, order: list[str]) -> None:
        """The same rows in another order; persistent indexes move with their phones."""
        if order == self._order:
            return
        self.about_to_reorder.emit()
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        at = [(self._order[index.row()], index.column()) for index in kept]
        self._order = order
        self._number()
        row = self._row
        # createIndex, since index() calls rowCount() and columnCount() in Python for each.
        self.changePersistentIndexList(kept, [self.createIndex(row[key], col) for key, col in at])
        self.layoutChanged.emit()
        self.reordered.emit()

    def _number(self) -> None:
        self._row = {key: row for row, key in enumerate(self._order)}
