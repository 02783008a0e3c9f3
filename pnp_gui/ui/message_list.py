"""The messages of one phone as a list: time, direction, first line.

It follows new messages only while the reader is at the last one.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from pnp_gui.bench.trace import Trace, TraceEntry
from pnp_gui.ui import theme

TIME, DIRECTION, FIRST_LINE = range(3)

ENTRY = Qt.ItemDataRole.UserRole
"""Role that hands out a row's TraceEntry."""

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class MessageModel(QAbstractTableModel):
    """A thin adapter over one phone's part of the trace."""

    def __init__(self, trace: Trace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace = trace
        self._key = ""
        self._entries: list[TraceEntry] = []
        self._first = 0

    def set_phone(self, key: str) -> None:
        """Show another phone's messages; "" shows none."""
        self.beginResetModel()
        self._key = key
        self._entries = self._trace.of(key)
        self._first = self._trace.dropped_of(key)
        self.endResetModel()

    def refresh(self) -> bool:
        """Take over what came and went since. True when there are new messages."""
        entries = self._trace.of(self._key)
        first = self._trace.dropped_of(self._key)
        gone = first - self._first
        kept = len(self._entries) - gone
        # Identity, not number: the bench may have forgotten the phone and begun anew.
        if gone < 0 or kept < 0 or kept > len(entries) or self._entries[gone:] != entries[:kept]:
            self.set_phone(self._key)
            return True
        if gone:
            self.beginRemoveRows(_NO_PARENT, 0, gone - 1)
            del self._entries[:gone]
            self._first = first
            self.endRemoveRows()
        if kept == len(entries):
            return False
        self.beginInsertRows(_NO_PARENT, kept, len(entries) - 1)
        self._entries = entries
        self.endInsertRows()
        return True

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Time"), self.tr("Direction"), self.tr("Message"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        column = index.column()
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.FontRole and column == TIME:
            return theme.fixed_font()
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme.tokens()
            if column == FIRST_LINE:
                return colours.text
            if column == TIME:
                return colours.dim
            return colours.good if entry.outgoing else colours.accent
        if role == Qt.ItemDataRole.ToolTipRole and column == FIRST_LINE:
            return first_line(entry.data)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == DIRECTION:
            return self._direction(entry)
        return None

    def _text(self, entry: TraceEntry, column: int) -> str:
        if column == TIME:
            return QDateTime.fromMSecsSinceEpoch(round(entry.at * 1000)).toString("HH:mm:ss.zzz")
        return self._direction(entry) if column == DIRECTION else first_line(entry.data)

    def _direction(self, entry: TraceEntry) -> str:
        return self.tr("→ to the phone") if entry.outgoing else self.tr("← from the phone")


def first_line(data: bytes) -> str:
    """A message's first line, whatever bytes it is made of."""
    return readable(data.lstrip(b"\r\n")[:400].partition(b"\n")[0].rstrip(b"\r"))


def readable(data: bytes) -> str:
    """Bytes as text: UTF-8, else Latin-1; line ends as they are meant, other controls as dots."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\n\t" or c.isprintable() else "·" for c in text)


class MessageList(QTreeView):
    """The list. `chosen` tells which message to show in full."""

    chosen = Signal(object)
    """The message under the cursor (`TraceEntry`), or None."""

    def __init__(self, trace: Trace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = MessageModel(trace, self)
        self.setModel(self.messages)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Messages of the phone"))
        self.setAccessibleDescription(
            self.tr("Every message between the phone and this computer, the newest last.")
        )
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, sample in (
            (TIME, "00:00:00.000"),
            (DIRECTION, self.tr("← from the phone")),
        ):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            metrics = self.fontMetrics()
            header.resizeSection(column, metrics.horizontalAdvance(sample) + theme.spacing(32))
        theme.theme_changed.connect(self._style)
        self._style()
        self.selectionModel().currentChanged.connect(self._tell)
        self.messages.modelReset.connect(self._to_end)

    def set_phone(self, key: str) -> None:
        """Show another phone's messages, the last one chosen."""
        self.messages.set_phone(key)

    def refresh(self) -> None:
        """Take over new messages; follow them if the reader was at the last one."""
        at_end = self.is_at_end()
        if self.messages.refresh() and at_end:
            self._to_end()

    def is_at_end(self) -> bool:
        """The last message is chosen, or none is."""
        current = self.currentIndex()
        return not current.isValid() or current.row() == self.messages.rowCount() - 1

    def _style(self) -> None:
        colours = theme.tokens()
        self.setStyleSheet(
            f"QTreeView {{ border: 1px solid {colours.base.name()}; }}"
            f"QTreeView:focus {{ border-color: {colours.accent.name()}; }}"
            f"QTreeView::item {{ height: {theme.spacing(23)}px; border: 0;"
            f" padding: 0 {theme.spacing(8)}px; }}"
            f"QTreeView::item:selected {{ background: {colours.selected.name()};"
            f" color: {colours.text.name()}; }}"
        )

    def _to_end(self) -> None:
        last = self.messages.rowCount() - 1
        if last < 0:
            self.chosen.emit(None)
            return
        self.setCurrentIndex(self.messages.index(last, TIME))
        self.scrollToBottom()

    def _tell(self, current: QModelIndex) -> None:
        self.chosen.emit(current.data(ENTRY) if current.isValid() else None)
