"""The rungs of one phone's ladder for a tree view: folded retransmissions are children.

An adapter over bench/record/ladder.py. New messages are added as rows. When old ones are dropped
from the trace the model is reset, and the view restores its position.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QDateTime,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pnp_gui.bench.record.ladder import Ladder, Rung, RungKind
from pnp_gui.bench.record.trace import Trace, TraceEntry
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.times import date_and_time

RUNG = Qt.ItemDataRole.UserRole
"""Role of the Rung of a row or of its child."""
ENTRY = Qt.ItemDataRole.UserRole + 1
"""Role of the message that the row shows (`TraceEntry`)."""
TIME = Qt.ItemDataRole.UserRole + 2
"""Role of the time: of day, or since the previous message."""
LABEL = Qt.ItemDataRole.UserRole + 3
"""Role of the text on the arrow."""

NEW_TIME_AFTER = 60.0
"""Seconds after the previous message from which the time of day is shown instead."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOP = 0
"""Internal id of a rung. That of a message in a folded rung is the row of the rung plus one."""


class LadderModel(QAbstractItemModel):
    """The rungs, in one column."""

    def __init__(self, trace: Trace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace = trace
        self._ladder = Ladder()
        self._key = ""
        self._address = ""
        self._state: tuple[int, ...] = ()
        self.rungs: list[Rung] = []
        """Oldest first. Read only."""

    def set_phone(self, key: str) -> None:
        """Show the messages of this phone; "": none."""
        self._key = key
        self._reset()

    def refresh(self) -> bool:
        """Show what came and went since. Cheap if nothing did; gives False then."""
        state = self._state_now()
        if state == self._state:
            return False
        entries = self._trace.of(self._key)
        rungs = self._ladder.rungs(entries)
        self._state = state
        old = self.rungs
        kept = len(old)
        if old and rungs[:kept] != old:
            kept -= 1
            if rungs[:kept] != old[:kept] or not self._may_grow(old[-1], rungs[kept:]):
                self._reset()
                return True
            self._grow(kept, rungs[kept])
            kept += 1
        if len(rungs) > kept:
            self.beginInsertRows(_ROOT, kept, len(rungs) - 1)
            self.rungs = rungs
            self.endInsertRows()
        return True

    def end_of_phone(self) -> TraceEntry | None:
        """The newest message with the present addresses of both ends; None: no message."""
        for rung in reversed(self.rungs):
            if not self._is_elsewhere(rung.first):
                return rung.entries[-1]
        return self.rungs[-1].entries[-1] if self.rungs else None

    def set_address(self, address: str) -> None:
        """Set the address of the phone. Messages from or to another one say so."""
        if address != self._address:
            self._address = address
            if self.rungs:
                self.dataChanged.emit(self.index(0), self.index(len(self.rungs) - 1))

    # QAbstractItemModel.

    def index(self, row: int, column: int = 0, parent: _Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() if index.isValid() else _TOP
        return QModelIndex() if number == _TOP else self.createIndex(number - 1, 0, _TOP)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self.rungs)
        if parent.internalId() != _TOP or parent.column():
            return 0
        return _children(self.rungs[parent.row()])

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == RUNG:
            return self._rung(index)
        if role == ENTRY:
            return self._entry(index)
        if role == TIME:
            return self._time(index)
        if role == LABEL:
            return self._label(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self.tr("{time}, {direction}: {message}")
            return text.format(
                time=self._time(index),
                direction=self._direction(self._entry(index)),
                message=self._label(index),
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return for_tip(self._tip(index))
        return None

    # The texts of a row.

    def _rung(self, index: _Index) -> Rung:
        number = index.internalId()
        return self.rungs[index.row() if number == _TOP else number - 1]

    def _entry(self, index: _Index) -> TraceEntry:
        rung = self._rung(index)
        return rung.first if index.internalId() == _TOP else rung.entries[index.row()]

    def _before(self, index: _Index) -> TraceEntry | None:
        """The message before that of the row."""
        number = index.internalId()
        if number != _TOP and index.row():
            return self.rungs[number - 1].entries[index.row() - 1]
        row = index.row() if number == _TOP else number - 1
        return self.rungs[row - 1].entries[-1] if row else None

    def _time(self, index: _Index) -> str:
        at = self._entry(index).at
        before = self._before(index)
        if before is not None and 0 <= at - before.at < NEW_TIME_AFTER:
            return self._pause(at - before.at)
        return QDateTime.fromMSecsSinceEpoch(round(at * 1000)).toString("HH:mm:ss.zzz")

    def _pause(self, seconds: float) -> str:
        milliseconds = seconds * 1000
        if milliseconds < 0.05:
            return self.tr("+0 ms")
        if milliseconds < 9.95:
            return self.tr("+{n} ms").format(n=f"{milliseconds:.1f}")
        if milliseconds < 999.5:
            return self.tr("+{n} ms").format(n=round(milliseconds))
        return self.tr("+{n} s").format(n=f"{seconds:.3f}")

    def _label(self, index: _Index) -> str:
        entry = self._entry(index)
        if not self._is_elsewhere(entry):
            return self._message(index)
        text = self.tr("To {address}: {message}")
        if not entry.outgoing:
            text = self.tr("From {address}: {message}")
        return text.format(address=entry.remote[0], message=self._message(index))

    def _message(self, index: _Index) -> str:
        rung = self._rung(index)
        reading = rung.reading
        if reading.kind is RungKind.UNREADABLE:
            return self.tr("unreadable: {why}").format(why=reading.detail)
        number = len(rung.entries)
        if rung.again and number > 1 and index.internalId() == _TOP:
            return self.tr("{message} again \N{MULTIPLICATION SIGN}{n}").format(
                message=reading.title, n=number
            )
        if rung.again:
            return self.tr("{message} again").format(message=reading.title)
        said = f"{reading.title}  {reading.detail}".rstrip()
        to = rung.first.ends[1][0]
        if rung.first.outgoing or to == rung.first.local[0]:
            return said
        return self.tr("{message}  to {address}").format(message=said, address=to)

    def _is_elsewhere(self, entry: TraceEntry) -> bool:
        return bool(self._address) and entry.remote[0] != self._address

    def _direction(self, entry: TraceEntry) -> str:
        return self.tr("to the phone") if entry.outgoing else self.tr("from the phone")

    def _tip(self, index: _Index) -> str:
        entry = self._entry(index)
        milliseconds = round(entry.at % 1 * 1000) % 1000
        source, target = entry.ends
        ends = f"{_end(source)} → {_end(target)}"
        lines = [
            self._label(index),
            f"{date_and_time(entry.at)}.{milliseconds:03d}",
            self.tr("{ends} on {interface}").format(ends=ends, interface=entry.interface),
            self.tr("%n bytes", "", len(entry.data)),
        ]
        return "\n".join(lines)

    # Following the trace.

    def _state_now(self) -> tuple[int, ...]:
        return self._trace.state_of(self._key)

    def _reset(self) -> None:
        self.beginResetModel()
        self._state = self._state_now()
        self.rungs = self._ladder.rungs(self._trace.of(self._key))
        self.endResetModel()

    @staticmethod
    def _may_grow(old: Rung, new: list[Rung]) -> bool:
        """Whether the last rung only got more retransmissions."""
        size = len(old.entries)
        return bool(new) and new[0].again == old.again and new[0].entries[:size] == old.entries

    def _grow(self, row: int, rung: Rung) -> None:
        parent = self.index(row)
        before, after = _children(self.rungs[row]), _children(rung)
        self.beginInsertRows(parent, before, after - 1)
        self.rungs[row] = rung
        self.endInsertRows()
        self.dataChanged.emit(parent, parent)


def _children(rung: Rung) -> int:
    return len(rung.entries) if len(rung.entries) > 1 else 0


def _end(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"
