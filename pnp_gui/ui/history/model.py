"""The history's lines for the table: of one period, found by words, in any order.

The store is read in pieces, a piece for each call of `load_more`, so that phones are answered
meanwhile; what is new is taken with `poll`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.events.reboots import OUTCOMES
from pnp_gui.bench.export.report import ACCEPTED, NO_ANSWER, OFFERED, REFUSED
from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Phone, Reboot, show_key
from pnp_gui.bench.store.store import MAX_HISTORY_KEPT, HistoryLine
from pnp_gui.system.mask import mask_url
from pnp_gui.ui.theme import theme
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.times import date_and_time
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate

TIME, PHONE, LABEL, MODEL, WHAT, URL, PORT, ADDRESS = range(8)

PIECE = 2_000
"""Lines that are read at once: about 10 ms."""

SPARE = 5_000
"""Lines that come while the window is open, before as many of the oldest go at once: what is
selected is lost by that. The store keeps `MAX_HISTORY_KEPT`, and so does the window."""

LINE = Qt.ItemDataRole.UserRole
"""Role that hands out the HistoryLine."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NOBODY = Phone("")


_REBOOTS = {
    OUTCOMES[Reboot.ASKED]: QT_TRANSLATE_NOOP("History", "→ Asked to reboot"),
    OUTCOMES[Reboot.REBOOTING]: QT_TRANSLATE_NOOP("History", "✓ Rebooting"),
    OUTCOMES[Reboot.PASSWORD]: QT_TRANSLATE_NOOP("History", "✕ Reboot: password"),
    OUTCOMES[Reboot.REFUSED]: QT_TRANSLATE_NOOP("History", "✕ Reboot: refused"),
    OUTCOMES[Reboot.NO_ANSWER]: QT_TRANSLATE_NOOP("History", "✕ Reboot: no answer"),
}
"""What is shown for the history's words, beside the URLs' own."""


class HistoryModel(QAbstractTableModel):
    """Masks user and password in what it shows."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._since = 0.0
        self._words: list[str] = []
        self._lines: list[HistoryLine] = []  # the newest first
        self._seen = 0
        self._next: int | None = None
        self._column = TIME
        self._order = Qt.SortOrder.DescendingOrder
        self.rows: list[HistoryLine] = []
        """What is shown, in the order it is shown. To be read only."""
        self.complete = False
        """Everything of the period is loaded."""

    def set_period(self, since: float) -> None:
        """Show what happened after `since`, unix seconds; loads the first piece. Raises Trouble."""
        self.beginResetModel()
        self._since = since
        self._lines, self.rows = [], []
        self._next = None
        self.complete = True  # also when reading fails: there is nothing to go on with
        self._seen = self._bench.store.history_noted
        try:
            self._take_piece()
        finally:
            self.rows = self._sorted(self._found(self._lines))
            self.endResetModel()

    def load_more(self) -> None:
        """Take the next piece of older lines. Raises Trouble."""
        first = len(self._lines)
        self._take_piece()
        self._add_older(self._lines[first:])

    def poll(self) -> None:
        """Take what was noted since. Raises Trouble."""
        store = self._bench.store
        new = store.history_noted - self._seen
        if new <= 0:
            return
        lines = [line for line in store.history(new) if line.at >= self._since]
        self._seen = store.history_noted
        self._lines[:0] = lines
        if len(self._lines) > MAX_HISTORY_KEPT + SPARE:
            del self._lines[MAX_HISTORY_KEPT:]
            self._show_anew()
            return
        found = self._found(lines)
        if not found:
            return
        if self._is_newest_first():
            self.beginInsertRows(_ROOT, 0, len(found) - 1)
            self.rows[:0] = found
            self.endInsertRows()
        else:
            self._show_anew()

    def set_words(self, text: str) -> None:
        """Show only lines in which every word occurs."""
        self._words = text.casefold().split()
        self._show_anew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0 or (column, order) == (self._column, self._order):
            return
        self._column, self._order = column, order
        self._show_anew()

    @property
    def lines(self) -> list[HistoryLine]:
        """Everything of the period that is loaded, the newest first. To be read only."""
        return self._lines

    def is_found(self, hay: str) -> bool:
        """Whether every word that is looked for occurs in a text."""
        hay = hay.casefold()
        return all(word in hay for word in self._words)

    # How it is done.

    def _take_piece(self) -> None:
        lines, self._next = self._bench.store.history_before(self._next, PIECE)
        wanted = [line for line in lines if line.at >= self._since]
        self._lines += wanted
        # Older pieces have nothing more of the period, unless the clock was set: then a little.
        self.complete = self._next is None or (bool(lines) and not wanted)

    def _add_older(self, lines: list[HistoryLine]) -> None:
        found = self._found(lines)
        if not found:
            return
        if self._is_newest_first():
            first = len(self.rows)
            self.beginInsertRows(_ROOT, first, first + len(found) - 1)
            self.rows += found
            self.endInsertRows()
        else:
            self._show_anew()

    def _show_anew(self) -> None:
        self.beginResetModel()
        self.rows = self._sorted(self._found(self._lines))
        self.endResetModel()

    def _found(self, lines: list[HistoryLine]) -> list[HistoryLine]:
        if not self._words:
            return list(lines)
        missing: dict[str, list[str]] = {}
        """Of each phone, the words that do not occur in what is the same in all its lines."""
        found = []
        for line in lines:
            words = missing.get(line.key)
            if words is None:
                hay = self._hay(line)
                words = missing[line.key] = [word for word in self._words if word not in hay]
            if words:
                what = _outcome(line.outcome, line.code)
                hay = f"{what}\n{mask_url(line.url)}\n{line.interface}\n{line.address}".casefold()
                if any(word not in hay for word in words):
                    continue
            found.append(line)
        return found

    def _hay(self, line: HistoryLine) -> str:
        phone = self._phone(line)
        parts = (line.key, show_key(line.key), phone.label, phone.make, phone.model)
        return "\n".join(parts).casefold()

    def _is_newest_first(self) -> bool:
        return (self._column, self._order) == (TIME, Qt.SortOrder.DescendingOrder)

    def _sorted(self, lines: list[HistoryLine]) -> list[HistoryLine]:
        if self._is_newest_first():
            return lines
        descending = self._order == Qt.SortOrder.DescendingOrder
        return sorted(lines, key=self._sort_key(), reverse=descending)

    def _sort_key(self) -> Callable[[HistoryLine], Any]:
        match self._column:
            case c if c == TIME:
                return lambda line: line.at
            case c if c == ADDRESS:
                return lambda line: _address_key(line.address)
            case column:
                return lambda line: (natural(self._cell(line, column)), -line.at)

    def _phone(self, line: HistoryLine) -> Phone:
        return self._bench.phones.get(line.key, _NOBODY)

    # Qt's.

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 8

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            *(self.tr("Time"), self.tr("Phone"), self.tr("Label"), self.tr("Make and model")),
            *(self.tr("What happened"), self.tr("URL"), self.tr("Network port")),
            self.tr("Address"),
        )[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.rows[index.row()]
        column = index.column()
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return for_tip(self._cell(line, column))
        if role == Qt.ItemDataRole.FontRole and column in (TIME, PHONE, ADDRESS):
            return theme.fixed_font()
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(line, column)
        return None

    def _cell(self, line: HistoryLine, column: int) -> str:
        match column:
            case c if c == TIME:
                return date_and_time(line.at)
            case c if c == PHONE:
                return show_key(line.key).removeprefix("ip:")
            case c if c == LABEL:
                return self._phone(line).label
            case c if c == MODEL:
                phone = self._phone(line)
                return f"{phone.make} {phone.model}".strip()
            case c if c == WHAT:
                return outcome_text(line)
            case c if c == URL:
                return mask_url(line.url)
            case c if c == PORT:
                return line.interface
            case _:
                return line.address


def outcome_text(line: HistoryLine) -> str:
    """What a line tells, in words and with its sign."""
    return _outcome(line.outcome, line.code)


@lru_cache(maxsize=1024)
def _outcome(outcome: str, code: int) -> str:
    match outcome:
        case o if o == OFFERED:
            return translate("History", "→ Offered")
        case o if o == ACCEPTED:
            return translate("History", "✓ Accepted, {code}").format(code=code)
        case o if o == REFUSED:
            return translate("History", "✕ Refused, {code}").format(code=code)
        case o if o == NO_ANSWER:
            return translate("History", "✕ No answer")
        case other:
            words = translate("History", _REBOOTS.get(other, other))
            return f"{words}, {code}" if code else words


def _ink(line: HistoryLine, column: int) -> Any:
    colours = theme.tokens()
    if column == WHAT:
        if line.outcome == ACCEPTED:
            return colours.good
        if line.outcome in (REFUSED, NO_ANSWER):
            return colours.bad
    return colours.dim if column in (TIME, PORT) else colours.text


def _address_key(address: str) -> tuple[int, ...]:
    try:
        return tuple(map(int, address.split(".")))
    except ValueError:
        return (256,)
