"""The rungs of one phone's ladder for a tree view: folded retransmissions are children.

A phone has at most 64 messages, and as many requests for files. New ones are added as rows; when
old ones are dropped, or a download goes on, all rows are made anew, and the view restores its
position.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from pnp_gui.bench.fetches.talk import Entry, Talk
from pnp_gui.bench.record.fetch_entry import FetchEntry
from pnp_gui.bench.record.ladder import Ladder, Rung, RungKind
from pnp_gui.ui.words.fetches import fetch_words
from pnp_gui.ui.words.plain import for_tip
from pnp_gui.ui.words.times import exact_time
from pnp_gui.ui.words.translate import trouble_text

RUNG = Qt.ItemDataRole.UserRole
"""Role of the Rung of a row or of its child."""
ENTRY = Qt.ItemDataRole.UserRole + 1
"""Role of the message or request that the row shows (`Entry`)."""
TIME = Qt.ItemDataRole.UserRole + 2
"""Role of the time: of day, or since the previous message."""
LABEL = Qt.ItemDataRole.UserRole + 3
"""Role of the text on the arrow."""

NEW_TIME_AFTER = 60.0
"""Seconds after the previous message from which the time of day is shown instead."""


class LadderModel(QStandardItemModel):
    """The rungs, in one column."""

    def __init__(self, talk: Talk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._talk = talk
        self._ladder = Ladder()
        self._key = ""
        self._address = ""
        self._state: tuple[int, ...] = ()
        self.rungs: list[Rung] = []
        """Oldest first. Read only."""

    def set_phone(self, key: str) -> None:
        """Show the messages of this phone; "": none."""
        self._key, self._state, self.rungs = key, (), []
        self._empty()
        self.refresh()

    def refresh(self) -> bool:
        """Show what came and went since. Cheap if nothing did; gives False then."""
        if self._talk.state_of(self._key) == self._state:
            return False
        old, self.rungs = self.rungs, self._ladder.rungs(self._talk.of(self._key))
        self._state = self._talk.state_of(self._key)  # reading drops what is too much
        if not _goes_on(old, self.rungs):
            self._empty()
        for row in range(max(0, self.rowCount() - 1), len(self.rungs)):
            self._show_rung(row)
        return True

    def end_of_phone(self) -> Entry | None:
        """The newest message with the present addresses of both ends, not of a request for a file
        where there are others; None: there is none."""

        def rank(rung: Rung) -> tuple[bool, bool]:
            return self._is_elsewhere(rung.first), isinstance(rung.first, FetchEntry)

        best = min(reversed(self.rungs), key=rank, default=None)
        return None if best is None else best.entries[-1]

    def set_address(self, address: str) -> None:
        """Set the address of the phone. Messages from or to another one say so."""
        if address != self._address:
            self._address = address
            for row in range(self.rowCount()):
                self._show_rung(row)

    def _empty(self) -> None:
        """By rows: `clear` keeps what Python knows of the items, and so the messages."""
        self.removeRows(0, self.rowCount())

    def _show_rung(self, row: int) -> None:
        rung = self.rungs[row]
        before = self.rungs[row - 1].entries[-1] if row else None
        item = _child(self.invisibleRootItem(), row)
        self._show(item, rung, rung.first, before, len(rung.entries))
        if len(rung.entries) > 1:
            for place, entry in enumerate(rung.entries):
                self._show(_child(item, place), rung, entry, before)
                before = entry

    def _show(
        self,
        item: QStandardItem,
        rung: Rung,
        entry: Entry,
        before: Entry | None,
        number: int = 1,
    ) -> None:
        """`before`: the previous message; `number`: how many messages the row stands for."""
        time, label = self._time(entry.at, before), self._label(rung, entry, number)
        direction = self.tr("to the phone") if entry.outgoing else self.tr("from the phone")
        text = self.tr("{time}, {direction}: {message}")
        said = label
        if isinstance(entry, FetchEntry) and entry.missing is not None:
            said = f"{label}. {trouble_text(entry.missing)}"
        item.setText(text.format(time=time, direction=direction, message=said))
        item.setToolTip(for_tip(self._tip(entry, label)))
        for role, value in ((RUNG, rung), (ENTRY, entry), (TIME, time), (LABEL, label)):
            item.setData(value, role)

    def _time(self, at: float, before: Entry | None) -> str:
        if before is None or not 0 <= at - before.at < NEW_TIME_AFTER:
            return exact_time(at)
        milliseconds = (at - before.at) * 1000
        if milliseconds >= 999.5:
            return self.tr("+{n} s").format(n=f"{milliseconds / 1000:.3f}")
        exact = 0.05 <= milliseconds < 9.95
        return self.tr("+{n} ms").format(n=f"{milliseconds:.{1 if exact else 0}f}")

    def _label(self, rung: Rung, entry: Entry, number: int) -> str:
        if isinstance(entry, FetchEntry):
            message = fetch_words(entry)
        else:
            message = self._message(rung, number)
        if not self._is_elsewhere(entry):
            return message
        text = self.tr("To {address}: {message}")
        if not entry.outgoing:
            text = self.tr("From {address}: {message}")
        return text.format(address=entry.remote[0], message=message)

    def _message(self, rung: Rung, number: int) -> str:
        reading = rung.reading
        if reading.kind is RungKind.UNREADABLE:
            return self.tr("unreadable: {why}").format(why=reading.detail)
        if rung.again and number > 1:
            text = self.tr("{message} again \N{MULTIPLICATION SIGN}{n}")
            return text.format(message=reading.title, n=number)
        if rung.again:
            return self.tr("{message} again").format(message=reading.title)
        said = f"{reading.title}  {reading.detail}".rstrip()
        to = rung.first.ends[1][0]
        if rung.first.outgoing or to == rung.first.local[0]:
            return said
        return self.tr("{message}  to {address}").format(message=said, address=to)

    def _is_elsewhere(self, entry: Entry) -> bool:
        return bool(self._address) and entry.remote[0] != self._address

    def _tip(self, entry: Entry, label: str) -> str:
        ends = " → ".join(f"{address}:{port}" for address, port in entry.ends)
        lines = [label, exact_time(entry.at, date=True)]
        if isinstance(entry, FetchEntry):
            why = [] if entry.missing is None else [trouble_text(entry.missing)]
            return "\n".join((*lines, *why, ends, self.tr("%n bytes", "", entry.fetch.sent)))
        where = self.tr("{ends} on {interface}")
        lines.append(where.format(ends=ends, interface=entry.interface))
        return "\n".join((*lines, self.tr("%n bytes", "", len(entry.data))))


def _child(parent: QStandardItem, row: int) -> QStandardItem:
    """The item of a row; one more than there are is added."""
    if row == parent.rowCount():
        item = QStandardItem()
        item.setEditable(False)
        parent.appendRow(item)
    return parent.child(row)


def _goes_on(old: list[Rung], new: list[Rung]) -> bool:
    """Whether only retransmissions came to the last rung, and rungs after it."""
    last = len(old) - 1
    if last < 0 or new[: len(old)] == old:
        return True
    if new[:last] != old[:last] or len(new) <= last:
        return False
    size = len(old[last].entries)
    return new[last].again == old[last].again and new[last].entries[:size] == old[last].entries
