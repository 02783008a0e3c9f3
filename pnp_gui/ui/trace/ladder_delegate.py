"""Paints one rung of the ladder: the time, the two lifelines, and the arrow with its text."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pnp_gui.bench.fetches.talk import Entry
from pnp_gui.bench.record.ladder import Rung, RungKind
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import VCENTRE, paint_selection, square
from pnp_gui.ui.trace.ladder_model import ENTRY, LABEL, RUNG, TIME
from pnp_gui.ui.widgets.lines_view import AnyIndex
from pnp_gui.ui.words.fetches import ARROW, DOT

RUNG_HEIGHT = 31
"""Pixels at 100 %: a line of text with an arrow below it."""

_FOLD = 17
"""Pixels at 100 % of the sign of folded retransmissions."""

_NAME = 70
"""Pixels at 100 % that a request keeps for its name."""

_COLOURS = {
    RungKind.REQUEST: "accent",
    RungKind.PROVISIONAL: "dim",
    RungKind.SUCCESS: "good",
    RungKind.FAILURE: "bad",
    RungKind.UNREADABLE: "bad",
}


class Rails(NamedTuple):
    """The x positions of the two lifelines."""

    phone: float
    ours: float

    @classmethod
    def of(cls, width: int) -> Rails:
        """In a row of this width: the phone's after the times, ours near the right edge."""
        fixed = QFontMetrics(theme.fixed_font()).horizontalAdvance("00:00:00.000")
        phone = fixed + theme.spacing(38)
        ours = max(width - theme.spacing(56), phone + theme.spacing(120))
        return cls(phone + 0.5, ours + 0.5)


class LadderDelegate(QStyledItemDelegate):
    """Paints all rungs of a ladder."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        words = QFontMetrics(QApplication.font()).height()
        return QSize(theme.spacing(300), max(theme.spacing(RUNG_HEIGHT), words + theme.spacing(13)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        width = self._view.viewport().width()
        box = QRectF(0, option.rect.top(), width, option.rect.height())
        colours = theme.tokens()
        rails = Rails.of(width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.selected)
            paint_selection(painter, box.toRect())
            if self._view.hasFocus():
                mark = QRectF(0, box.top(), theme.spacing(3), box.height())
                painter.fillRect(mark, colours.accent)
            paint_rails(painter, box, rails, colours.border)
        painter.setFont(theme.fixed_font())
        painter.setPen(colours.dim)
        left = theme.spacing(28 if index.parent().isValid() else 14)
        painter.drawText(box.adjusted(left, 0, 0, 0), VCENTRE, str(index.data(TIME)))
        self._paint_arrow(painter, box, rails, index)
        sign = "chevron-up" if option.state & QStyle.StateFlag.State_Open else "chevron"
        self._paint_words(painter, box, rails, index, sign)
        painter.restore()

    def fold_box(self, row: QRectF, width: int, index: AnyIndex) -> QRectF | None:
        """Where a click unfolds retransmissions; None: the row has none."""
        if not _is_folded(index):
            return None
        words, _ = self._words_box(row, Rails.of(width), index)
        return words.adjusted(-theme.spacing(4), 0, theme.spacing(4), theme.spacing(8))

    def _paint_arrow(self, painter: QPainter, box: QRectF, rails: Rails, index: AnyIndex) -> None:
        entry: Entry = index.data(ENTRY)
        rung: Rung = index.data(RUNG)
        ink = _ink(rung)
        y = _arrow_y(box)
        start, end = reversed(rails) if entry.outgoing else rails
        head = theme.spacing(9) * (1 if end > start else -1)
        half = theme.spacing(4)
        style = Qt.PenStyle.DashLine if rung.again else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, max(1.4, theme.spacing(1.5)), style))
        painter.drawLine(QPointF(start, y), QPointF(end - head, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        back = end - head
        painter.drawPolygon([QPointF(end, y), QPointF(back, y - half), QPointF(back, y + half)])

    def _paint_words(
        self, painter: QPainter, box: QRectF, rails: Rails, index: AnyIndex, sign: str
    ) -> None:
        where, text = self._words_box(box, rails, index)
        ink = _ink(index.data(RUNG))
        painter.setFont(QApplication.font())
        painter.setPen(ink)
        if _is_folded(index):
            paint_icon(painter, square(where.left(), where.center().y(), 12), sign, ink)
            where = where.adjusted(theme.spacing(_FOLD), 0, 0, 0)
        painter.drawText(where, VCENTRE, text)

    def _words_box(self, box: QRectF, rails: Rails, index: AnyIndex) -> tuple[QRectF, str]:
        """The box and the text above the arrow, elided to fit between the lifelines."""
        metrics = QFontMetrics(QApplication.font())
        extra = theme.spacing(_FOLD) if _is_folded(index) else 0
        room = int(rails.ours - rails.phone) - theme.spacing(24) - extra
        text = elided_request(str(index.data(LABEL)), metrics, room)
        width = metrics.horizontalAdvance(text) + extra
        left = (rails.phone + rails.ours - width) / 2
        top = _arrow_y(box) - theme.spacing(4) - metrics.height()
        return QRectF(left, top, width + 1, metrics.height()), text


def elided_request(text: str, metrics: QFontMetrics, room: int) -> str:
    """The text in this room. Of a request for a file its name is cut, and if that is not enough
    whole parts at the end: what became of it is what matters, and half a number is a wrong one."""
    asked, arrow, became = text.partition(ARROW)
    middle = Qt.TextElideMode.ElideMiddle
    if metrics.horizontalAdvance(text) <= room or not arrow:
        return metrics.elidedText(text, middle, room)
    least = min(metrics.horizontalAdvance(asked), theme.spacing(_NAME))
    while (left := room - metrics.horizontalAdvance(arrow + became)) < least and DOT in became:
        became = became.rpartition(DOT)[0]
    short = metrics.elidedText(asked, middle, max(0, left)) + arrow + became
    return metrics.elidedText(short, middle, room)


def paint_rails(painter: QPainter, box: QRectF, rails: Rails, colour: QColor) -> None:
    """Paint the two lifelines over the height of the box."""
    painter.setPen(QPen(colour, 1))
    for x in rails:
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))


def _ink(rung: Rung) -> QColor:
    name = "dim" if rung.again else _COLOURS[rung.reading.kind]
    colour: QColor = getattr(theme.tokens(), name)
    return colour


def _arrow_y(box: QRectF) -> float:
    return round(box.bottom() - theme.spacing(8)) + 0.5


def _is_folded(index: AnyIndex) -> bool:
    return index.model().rowCount(index) > 0
