"""The lines of the log that pass the filter, if wanted with every message.

An adapter over bench/record/log.py and trace.py. User and password in URLs are shown masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, IntEnum
from heapq import merge
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.key import key_of, show_key
from pnp_gui.bench.record.log import MAX_LINES, Level, LogLine
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.system.iso_time import iso_time
from pnp_gui.system.mask import mask_text
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.lines_view import ROOT, LinesModel
from pnp_gui.ui.words.times import date_and_time, exact_time
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, sentence, translate
from pnp_gui.ui.words.wire_text import first_line


class LogColumn(IntEnum):
    """The columns."""

    TIME = 0
    LEVEL = 1
    PHONE = 2
    TEXT = 3


class LogFilter(Enum):
    """How much of the log is shown: levels with at least this value in `_RANKS`."""

    MESSAGES = 0
    """Also every message."""
    ALL = 1
    WARNINGS = 2
    ERRORS = 3


_RANKS = {Level.INFO: 1, Level.WARNING: 2, Level.ERROR: 3}


class LogRow(NamedTuple):
    """One line as it is shown."""

    at: float
    """Unix seconds."""
    level: Level | None
    """None: a message."""
    who: str
    """A phone or an address, readable; "" for the program itself."""
    what: str
    """What happened, unmasked; `masked` is what is shown."""
    key: str
    """The phone's key; "" if it is about no phone."""

    @property
    def masked(self) -> str:
        """What happened, with user name and password in URLs as x's."""
        return mask_text(self.what)

    def text(self, *, masked: bool = True) -> str:
        """The line as text, to copy or save."""
        what = self.masked if masked else self.what
        parts = (iso_time(self.at, milliseconds=True), level_word(self.level), self.who, what)
        return "  ".join(part for part in parts if part)


class LogModel(LinesModel[LogRow]):
    """The newest `MAX_LINES` lines that pass the filter, oldest first."""

    columns = LogColumn
    fixed = (LogColumn.TIME, LogColumn.PHONE)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._filter = LogFilter.ALL
        self._words: list[str] = []
        self._lines_seen = self._messages_seen = 0

    def set_filter(self, level: LogFilter, text: str) -> None:
        """Show only lines of this level that contain every word of `text`."""
        self._filter = level
        self._words = text.casefold().split()
        self._lines_seen = self._messages_seen = 0
        self.show(self._new_rows()[-MAX_LINES:])

    def refresh(self) -> tuple[int, int]:
        """Add new lines. Gives how many were added at the end and removed at the top."""
        new = self._new_rows()[-MAX_LINES:]
        gone = max(0, len(self.rows) + len(new) - MAX_LINES)
        if gone:
            self.beginRemoveRows(ROOT, 0, gone - 1)
            del self.rows[:gone]
            self.endRemoveRows()
        self.insert(len(self.rows), new)
        return len(new), gone

    def _new_rows(self) -> list[LogRow]:
        log, trace = self._bench.log, self._bench.trace
        lines = map(_of_line, log.since(self._lines_seen))
        self._lines_seen = log.added
        rows: Iterator[LogRow] = lines
        if self._filter is LogFilter.MESSAGES:
            messages = map(self._of_message, trace.since(self._messages_seen))
            rows = merge(messages, lines, key=lambda row: row.at)
        self._messages_seen = trace.added
        return [row for row in rows if self._passes(row)]

    def _passes(self, row: LogRow) -> bool:
        if row.level is not None and _RANKS[row.level] < self._filter.value:
            return False
        if not self._words:
            return True
        text = f"{row.who} {row.key} {row.masked} {level_word(row.level)}".casefold()
        return all(word in text for word in self._words)

    def _of_message(self, entry: TraceEntry) -> LogRow:
        remote = f"{entry.remote[0]}:{entry.remote[1]}"
        if entry.outgoing:
            text = self.tr("→ to {address}: {line}")
        else:
            text = self.tr("← from {address}: {line}")
        what = text.format(address=remote, line=first_line(entry.data))
        return LogRow(entry.at, None, _who(entry.key), what, entry.key)

    def heading(self, column: int) -> str:
        headings = self.tr("Time"), self.tr("Level"), self.tr("Phone"), self.tr("What happened")
        return headings[column]

    def cell(self, line: LogRow, column: int) -> str:
        match column:
            case LogColumn.TIME:
                return exact_time(line.at)
            case LogColumn.LEVEL:
                return level_word(line.level)
            case LogColumn.PHONE:
                return line.who
            case _:
                return line.masked

    def tip(self, line: LogRow, column: int) -> str:
        return date_and_time(line.at) if column == LogColumn.TIME else self.cell(line, column)

    def colour(self, line: LogRow, column: int) -> QColor:
        colours = theme.tokens()
        if column in (LogColumn.LEVEL, LogColumn.TEXT):
            if line.level is Level.WARNING:
                return colours.amber
            if line.level is Level.ERROR:
                return colours.bad
        dim = column in (LogColumn.TIME, LogColumn.LEVEL) or line.level is None
        return colours.dim if dim else colours.text


_LEVELS = {
    None: QT_TRANSLATE_NOOP("LogModel", "Message"),
    Level.INFO: QT_TRANSLATE_NOOP("LogModel", "Info"),
    Level.WARNING: QT_TRANSLATE_NOOP("LogModel", "Warning"),
    Level.ERROR: QT_TRANSLATE_NOOP("LogModel", "Error"),
}


def level_word(level: Level | None) -> str:
    return translate("LogModel", _LEVELS[level])


def _of_line(line: LogLine) -> LogRow:
    what = " ".join(sentence(line.template, line.values).split())
    key = key_of(line.source) or ""
    return LogRow(line.at, line.level, _who(key) if key else line.source, what, key)


def _who(key: str) -> str:
    return show_key(key).removeprefix("ip:")
