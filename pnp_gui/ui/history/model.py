"""The history as a table: of one period, filtered by words, sorted by any column.

The store is read in parts, so that phones are answered meanwhile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from pnp_gui.bench.bench import Bench
from pnp_gui.bench.phones.key import show_key
from pnp_gui.bench.phones.natural import natural
from pnp_gui.bench.phones.phone import Decision, Phone, Progress, Reboot
from pnp_gui.bench.store.rows import (
    FORGOTTEN,
    KNOWN_BY_MAC,
    OFFER_OUTCOMES,
    REBOOT_OUTCOMES,
    FetchOutcome,
    How,
    forgotten_phones,
)
from pnp_gui.bench.store.store import MAX_HISTORY_KEPT, HistoryLine
from pnp_gui.system.mask import mask_url
from pnp_gui.system.steps import Steps, finished
from pnp_gui.ui.theme import theme
from pnp_gui.ui.widgets.lines_view import LinesModel
from pnp_gui.ui.widgets.step_runner import StepRunner
from pnp_gui.ui.words.fetches import data_size, end_words
from pnp_gui.ui.words.times import date_and_time
from pnp_gui.ui.words.translate import QT_TRANSLATE_NOOP, translate


class HistoryColumn(IntEnum):
    """The columns."""

    TIME = 0
    PHONE = 1
    LABEL = 2
    MODEL = 3
    OUTCOME = 4
    URL = 5
    INTERFACE = 6
    ADDRESS = 7


PART = 2_000
"""Lines that are read at a time: about 10 ms."""

SPARE = 5_000
"""Lines beyond `MAX_HISTORY_KEPT` after which the oldest are dropped, all at once, as that resets
the selection."""

FEW = 50
"""New lines that come into their places one by one, which keeps what is selected."""

T = TypeVar("T")

_NOBODY = Phone("")

_OUTCOMES = {
    OFFER_OUTCOMES[Progress.SENT]: QT_TRANSLATE_NOOP("History", "→ Offered"),
    OFFER_OUTCOMES[Progress.ACCEPTED]: QT_TRANSLATE_NOOP("History", "✓ Accepted"),
    OFFER_OUTCOMES[Progress.REFUSED]: QT_TRANSLATE_NOOP("History", "✕ Refused"),
    OFFER_OUTCOMES[Progress.NO_ANSWER]: QT_TRANSLATE_NOOP("History", "✕ No answer"),
    OFFER_OUTCOMES[Progress.NOT_SENT]: QT_TRANSLATE_NOOP("History", "✕ Not sent"),
    REBOOT_OUTCOMES[Reboot.ASKED]: QT_TRANSLATE_NOOP("History", "→ Asked to reboot"),
    REBOOT_OUTCOMES[Reboot.REBOOTING]: QT_TRANSLATE_NOOP("History", "✓ Rebooting"),
    REBOOT_OUTCOMES[Reboot.PASSWORD]: QT_TRANSLATE_NOOP("History", "✕ Reboot: password"),
    REBOOT_OUTCOMES[Reboot.REFUSED]: QT_TRANSLATE_NOOP("History", "✕ Reboot: refused"),
    REBOOT_OUTCOMES[Reboot.NO_ANSWER]: QT_TRANSLATE_NOOP("History", "✕ Reboot: no answer"),
    FetchOutcome.FETCHED: QT_TRANSLATE_NOOP("History", "✓ Fetched"),
    FetchOutcome.MISSING: QT_TRANSLATE_NOOP("History", "✕ File missing"),
    FetchOutcome.BROKEN_OFF: QT_TRANSLATE_NOOP("History", "✕ Fetch interrupted"),
    FetchOutcome.OTHER_MAC: QT_TRANSLATE_NOOP("History", "✕ Asked with another phone's MAC"),
    Decision.APPROVED.value: QT_TRANSLATE_NOOP("History", "Approved"),
    Decision.DENIED.value: QT_TRANSLATE_NOOP("History", "Denied"),
    Decision.UNDECIDED.value: QT_TRANSLATE_NOOP("History", "Undecided"),
    FORGOTTEN: QT_TRANSLATE_NOOP("History", "Forgotten"),
    KNOWN_BY_MAC: QT_TRANSLATE_NOOP("History", "Known by its MAC"),
}
"""The texts for the history's outcomes."""

_GOOD = (OFFER_OUTCOMES[Progress.ACCEPTED], FetchOutcome.FETCHED)
_BAD = (
    *map(OFFER_OUTCOMES.get, (Progress.REFUSED, Progress.NO_ANSWER, Progress.NOT_SENT)),
    *(FetchOutcome.MISSING, FetchOutcome.BROKEN_OFF, FetchOutcome.OTHER_MAC),
)

_HOW: dict[str, str] = {
    How.HAND: QT_TRANSLATE_NOOP("History", "by hand"),
    How.SCAN: QT_TRANSLATE_NOOP("History", "by scan"),
    How.SHEET: QT_TRANSLATE_NOOP("History", "by sheet"),
    How.ALL: QT_TRANSLATE_NOOP("History", "by Approve all"),
    How.UNDO: QT_TRANSLATE_NOOP("History", "by undo"),
    How.REDO: QT_TRANSLATE_NOOP("History", "by redo"),
}


@lru_cache(maxsize=1024)
def _words(outcome: str, code: int, how: str, size: int) -> str:
    words = translate("History", _OUTCOMES.get(outcome, outcome))
    if code:
        more = str(code)
    elif how:
        more = end_words(how) or translate("History", _HOW.get(how, how))
    elif size:
        more = data_size(size)
    else:
        return words
    return translate("History", "{outcome}, {more}").format(outcome=words, more=more)


def _outcome(line: HistoryLine) -> str:
    return _words(line.outcome, line.code, line.how, line.size)


_TEXTS: dict[int, Callable[[HistoryLine, Phone], str]] = {
    HistoryColumn.TIME: lambda line, phone: date_and_time(line.at),
    HistoryColumn.PHONE: lambda line, phone: show_key(line.key).removeprefix("ip:"),
    HistoryColumn.LABEL: lambda line, phone: phone.label,
    HistoryColumn.MODEL: lambda line, phone: f"{phone.make} {phone.model}".strip(),
    HistoryColumn.OUTCOME: lambda line, phone: _outcome(line),
    HistoryColumn.URL: lambda line, phone: mask_url(line.url),
    HistoryColumn.INTERFACE: lambda line, phone: line.interface,
    HistoryColumn.ADDRESS: lambda line, phone: line.address,
}
"""What the columns show."""


class HistoryModel(LinesModel[HistoryLine]):
    """Shows user name and password in URLs masked."""

    columns = HistoryColumn
    fixed = (HistoryColumn.TIME, HistoryColumn.PHONE, HistoryColumn.ADDRESS)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._since = 0.0
        self._words: list[str] = []
        self.lines: list[HistoryLine] = []
        """All loaded lines of the period, newest first. Read only."""
        self.forgotten: dict[str, Phone] = {}
        """By key, the phones that these lines say were forgotten."""
        self._seen = 0
        self._next: int | None = None
        self._column: int = HistoryColumn.TIME
        self._order = Qt.SortOrder.DescendingOrder
        self.complete = False
        """Whether the whole period is loaded."""
        self._runner = StepRunner(self.show, self)

    def set_period(self, since: float) -> None:
        """Show what happened after `since`, unix seconds; loads the first part. Raises Trouble."""
        self._runner.stop()
        self.beginResetModel()
        self._since = since
        self.lines, self.rows, self.forgotten = [], [], {}
        self._next = None
        self._seen = self._bench.store.history_noted
        try:
            self._load_part()
        finally:
            self.rows = finished(self._rows_in_steps())
            self.endResetModel()

    def clear(self) -> None:
        """Let go of all lines."""
        self._runner.stop()
        self.complete = True
        self.lines = []
        self.show([])

    def load_more(self) -> None:
        """Load the next part of older lines, unless it is busy. Raises Trouble."""
        if self.is_busy:
            return
        first = len(self.lines)
        try:
            self._load_part()
        finally:
            if self._column == HistoryColumn.TIME:
                self._add(self.lines[first:], older=True)
            elif self.complete:  # in another order, all of them at once
                self._reset()

    def poll(self) -> None:
        """Add lines that are new, unless it is busy. Raises Trouble."""
        store = self._bench.store
        new = store.history_noted - self._seen
        if new <= 0 or self.is_busy:
            return
        lines = [line for line in store.history(new) if line.at >= self._since]
        self._seen = store.history_noted
        self.lines[:0] = lines
        self.forgotten |= forgotten_phones(lines)
        if len(self.lines) > MAX_HISTORY_KEPT + SPARE:
            del self.lines[MAX_HISTORY_KEPT:]
            self._reset()
        elif self._column == HistoryColumn.TIME:
            self._add(lines, older=False)
        elif len(lines) > FEW:
            self._reset()
        else:
            for line in reversed(self._found(lines, {})):
                self.insert(self._place(line), [line])

    @property
    def is_busy(self) -> bool:
        """Whether it still finds and sorts, and shows what it did before."""
        return self._runner.busy

    def set_words(self, text: str) -> None:
        """Show only lines that contain every word of `text`."""
        self._words = text.casefold().split()
        self._reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0 or (column, order) == (self._column, self._order):
            return
        self._column, self._order = column, order
        self._reset()

    def matcher(self) -> Callable[[str], bool]:
        """Tells of a text whether it contains every word of the filter as it is now."""
        words = list(self._words)

        def matches(text: str) -> bool:
            text = text.casefold()
            return all(word in text for word in words)

        return matches

    def _load_part(self) -> None:
        self.complete = True  # also if reading fails: there is no next part
        lines, self._next = self._bench.store.history_before(self._next, PART)
        wanted = [line for line in lines if line.at >= self._since]
        self.lines += wanted
        self.forgotten = forgotten_phones(wanted) | self.forgotten
        # A part without a line of the period ends it, except for a few if the clock was set.
        self.complete = self._next is None or (bool(lines) and not wanted)

    def _add(self, lines: list[HistoryLine], *, older: bool) -> None:
        """Show these as well, which are older or newer than all others, in the order of time."""
        found = self._found(lines, {})
        if self._order == Qt.SortOrder.AscendingOrder:
            found.reverse()
            older = not older
        self.insert(len(self.rows) if older else 0, found)

    def _reset(self) -> None:
        self._runner.start(self._rows_in_steps())

    def _rows_in_steps(self) -> Steps[list[HistoryLine]]:
        """The lines that are found, in the order that is chosen: of equal ones the newest first,
        and in descending order last."""
        found: list[HistoryLine] = []
        missing: dict[str, list[str]] = {}
        for lines in _parts(list(self.lines)):
            found += self._found(lines, missing)
            yield 0
        descending = self._order == Qt.SortOrder.DescendingOrder
        if self._column == HistoryColumn.TIME:
            return found if descending else found[::-1]
        # Each text is compared once, and not each line.
        by_text: dict[str, list[HistoryLine]] = {}
        for lines in _parts(found):
            for line in lines:
                by_text.setdefault(self.cell(line, self._column), []).append(line)
            yield 0
        keys: list[tuple[Any, str]] = []
        for texts in _parts(list(by_text)):
            keys += [(natural(text), text) for text in texts]
            yield 0
        rows = [line for _, text in sorted(keys) for line in by_text[text]]
        return rows[::-1] if descending else rows

    def _place(self, new: HistoryLine) -> int:
        """The row for a line that is newer than all others, in another order than that of time."""
        rows, last = self.rows, len(self.rows) - 1

        def key(row: int) -> tuple[Any, str]:
            text = self.cell(rows[row], self._column)
            return natural(text), text

        text = self.cell(new, self._column)
        wanted = natural(text), text
        if self._order == Qt.SortOrder.AscendingOrder:
            return bisect_left(range(len(rows)), wanted, key=key)
        return len(rows) - bisect_left(range(len(rows)), wanted, key=lambda row: key(last - row))

    def _found(self, lines: list[HistoryLine], missing: dict[str, list[str]]) -> list[HistoryLine]:
        """`missing`, by phone: the words that are not in what all its lines have in common."""
        if not self._words:
            return lines
        found = []
        for line in lines:
            words = missing.get(line.key)
            if words is None:
                phone = self._phone(line)
                names = (line.key, show_key(line.key), phone.label, phone.make, phone.model)
                text = "\n".join(names).casefold()
                words = missing[line.key] = [word for word in self._words if word not in text]
            if words:
                what = _outcome(line)
                text = f"{what}\n{mask_url(line.url)}\n{line.interface}\n{line.address}".casefold()
                if any(word not in text for word in words):
                    continue
            found.append(line)
        return found

    def _phone(self, line: HistoryLine) -> Phone:
        known = self._bench.phones.get(line.key)
        return self.forgotten.get(line.key, _NOBODY) if known is None else known

    def heading(self, column: int) -> str:
        return (
            *(self.tr("Time"), self.tr("Phone"), self.tr("Label"), self.tr("Make and model")),
            *(self.tr("What happened"), self.tr("URL"), self.tr("Interface")),
            self.tr("Address"),
        )[column]

    def cell(self, line: HistoryLine, column: int) -> str:
        return _TEXTS[column](line, self._phone(line))

    def colour(self, line: HistoryLine, column: int) -> QColor:
        colours = theme.tokens()
        if column == HistoryColumn.OUTCOME:
            if line.outcome in _GOOD:
                return colours.good
            if line.outcome in _BAD:
                return colours.bad
        dim = column in (HistoryColumn.TIME, HistoryColumn.INTERFACE)
        return colours.dim if dim else colours.text


def _parts(lines: list[T]) -> Iterator[list[T]]:
    return (lines[start : start + PART] for start in range(0, len(lines), PART))
