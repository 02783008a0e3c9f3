"""The messages between one phone and this computer as a ladder: an arrow for each message.

It follows new messages only while the last one is chosen. Up and down choose a message, Enter
unfolds retransmissions, Ctrl+C copies the message.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView, QWidget

from pnp_gui.bench.fetches.talk import Entry, Talk
from pnp_gui.system.mask import mask_message
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.painting import CENTRE, VCENTRE
from pnp_gui.ui.trace.ladder_delegate import LadderDelegate, Rails, paint_rails
from pnp_gui.ui.trace.ladder_model import ENTRY, LadderModel
from pnp_gui.ui.widgets.lines_view import staying_at_end
from pnp_gui.ui.words.wire_text import readable


class LadderView(QTreeView):
    """The ladder of one phone."""

    chosen = Signal(object)
    """The current message (`Entry`), or None."""
    said = Signal(str)
    """A sentence about what a key did."""
    missing = Signal(str)
    """A sentence that is true only as long as something is missing, so that nothing was done."""

    def __init__(self, talk: Talk, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, headerHidden=True, rootIsDecorated=False, indentation=0, uniformRowHeights=True
        )
        self.setProperty("framed", True)
        self.messages = LadderModel(talk, self)
        self.setModel(self.messages)
        self._delegate = LadderDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleDescription(
            self.tr(
                "Every message between the phone and this computer, the newest last. Enter "
                "expands repeated messages, Ctrl+C copies the message."
            )
        )
        self._key = ""
        self._name()
        now_chosen = self.selectionModel().currentChanged
        now_chosen.connect(lambda index, _: self.chosen.emit(index.data(ENTRY)))

    def set_phone(self, key: str) -> None:
        self._key = key
        self.messages.set_phone(key)
        self._name()
        self._to_end()

    def refresh(self) -> None:
        """Show new messages; choose the last one if the last one was chosen."""
        # All rows may be made anew: who reads the chosen message must not lose it for a moment.
        with QSignalBlocker(self):
            is_new = self._take_new()
        if is_new:
            self.chosen.emit(self.entry())

    def _take_new(self) -> bool:
        """Whether there was anything new."""
        at_end, entry = self.is_at_end(), self.entry()
        top: Entry | None = self.indexAt(QPoint(0, 0)).data(ENTRY)
        unfolded = self._unfolded()
        if not self.messages.refresh():
            return False
        self._name()
        if not self.currentIndex().isValid():  # the model was reset
            for row, rung in enumerate(self.messages.rungs):
                if any(id(each) in unfolded for each in rung.entries):
                    self.expand(self.messages.index(row, 0))
            if not at_end:
                self.setCurrentIndex(self._index_of(entry))
                at_top = QAbstractItemView.ScrollHint.PositionAtTop
                self.scrollTo(self._index_of(top), at_top)
        if at_end:
            self._to_end()
        return True

    def _name(self) -> None:
        """For a screen reader: how many messages there are."""
        number = sum(len(rung.entries) for rung in self.messages.rungs)
        self.setAccessibleName(self.tr("%n messages of the phone", "", number))

    def is_at_end(self) -> bool:
        """Whether the last message is chosen, or none."""
        current = self.currentIndex()
        if not current.isValid():
            return True
        rung = current.parent() if current.parent().isValid() else current
        return rung.row() == self.messages.rowCount() - 1

    def entry(self) -> Entry | None:
        """The message that is chosen."""
        entry: Entry | None = self.currentIndex().data(ENTRY)
        return entry

    def copy_message(self) -> None:
        """Put the chosen message on the clipboard as it is shown."""
        entry = self.entry()
        if entry is None:
            self.missing.emit(self.tr("No message is selected."))
            return
        QGuiApplication.clipboard().setText(readable(entry.data))
        sentence = self.tr("The message is on the clipboard.")
        if mask_message(entry.data) != entry.data:
            sentence = self.tr(
                "The message is on the clipboard, with the user name and password in its URL."
            )
        self.said.emit(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A line that comes above, as about a missing file, must not cover the last message."""
        with staying_at_end(self):
            super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_message()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the text of a folded rung unfolds it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = QRectF(self.visualRect(index))
        box = self._delegate.fold_box(row, self.viewport().width(), index)
        if box is not None and box.contains(event.position()):
            self._toggle(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self.messages.rowCount():
            rails = Rails.of(self.viewport().width())
            paint_rails(painter, QRectF(self.viewport().rect()), rails, theme.tokens().line)
        elif self._key:
            painter.setPen(theme.tokens().dim)
            box = self.viewport().rect().adjusted(theme.spacing(12), 0, -theme.spacing(12), 0)
            text = self.tr("No message of this phone in this run.")
            painter.drawText(box, CENTRE | Qt.TextFlag.TextWordWrap, text)
        painter.end()
        super().paintEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:  # type: ignore[override]
        """Nothing: the delegate paints its own sign."""

    def _toggle(self, index: QModelIndex) -> None:
        if index.parent().isValid():
            index = index.parent()
            self.setCurrentIndex(index)
        if self.messages.rowCount(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _to_end(self) -> None:
        last = self.messages.rowCount() - 1
        if last < 0:
            self.chosen.emit(None)
            return
        index = self.messages.index(last, 0)
        if self.currentIndex().parent() == index:
            return  # a message inside the last rung stays chosen
        self.setCurrentIndex(index)
        self.scrollToBottom()

    def _unfolded(self) -> set[int]:
        """Ids of the last messages of unfolded rungs, as the first ones may be dropped."""
        return {
            id(rung.entries[-1])
            for row, rung in enumerate(self.messages.rungs)
            if self.isExpanded(self.messages.index(row, 0))
        }

    def _index_of(self, entry: Entry | None) -> QModelIndex:
        """The index of a message; that of the oldest one if it is no longer kept."""
        for row, rung in enumerate(self.messages.rungs):
            for place, one in enumerate(rung.entries):
                if one == entry:
                    parent = self.messages.index(row, 0)
                    open_ = place and self.isExpanded(parent)
                    return self.messages.index(place, 0, parent) if open_ else parent
        return self.messages.index(0, 0)


class LadderEnds(QWidget):
    """The heads of the two lifelines: the phone's address and ours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phone = self._ours = ""
        theme.theme_changed.connect(self._restyle)
        self._restyle()

    def show_ends(self, entry: Entry | None) -> None:
        """Show both ends of this message; None: nothing."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        phone = f"{entry.remote[0]}:{entry.remote[1]}"
        ours = self.tr("PnP Bench, {address}").format(address=f"{entry.local[0]}:{entry.local[1]}")
        if (phone, ours) != (self._phone, self._ours):
            self._phone, self._ours = phone, ours
            self.setAccessibleName(
                self.tr("Messages between {phone} and {ours}").format(phone=phone, ours=ours)
            )
            self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(QFontMetrics(QApplication.font()).height() + theme.spacing(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(QApplication.font())
        painter.setPen(theme.tokens().dim)
        metrics, rails, edge = painter.fontMetrics(), Rails.of(self.width()), theme.spacing(10)
        phone, ours = (metrics.horizontalAdvance(text) for text in (self._phone, self._ours))
        left = max(float(edge), rails.phone - phone / 2)
        right = max(0.0, min(rails.ours - ours / 2, self.width() - edge - ours))
        box = QRectF(self.rect())
        if left + phone + edge <= right:
            painter.drawText(box.adjusted(left, 0, 0, 0), VCENTRE, self._phone)
        painter.drawText(box.adjusted(right, 0, 0, 0), VCENTRE, self._ours)
        painter.end()
