"""Paints one rung of the ladder: the time, the two lifelines, and the arrow with its text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pnp_gui.bench.record.ladder import Rung, RungKind
from pnp_gui.bench.record.trace import TraceEntry
from pnp_gui.ui.theme import icons, theme
from pnp_gui.ui.trace.ladder_model import ENTRY, LABEL, RUNG, TIME

RUNG_HEIGHT = 31
"""Pixels at 100 %: a line of text with an arrow below it."""

_COLOURS = {
    RungKind.REQUEST: "accent",
    RungKind.PROVISIONAL: "dim",
    RungKind.SUCCESS: "good",
    RungKind.FAILURE: "bad",
    RungKind.UNREADABLE: "bad",
}

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Rails:
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

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        words = QFontMetrics(QApplication.font()).height()
        return QSize(theme.spacing(300), max(theme.spacing(RUNG_HEIGHT), words + theme.spacing(13)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        width = self._view.viewport().width()
        box = QRectF(0, option.rect.top(), width, option.rect.height())
        colours = theme.tokens()
        rails = Rails.of(width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.selected)
            if self._view.hasFocus():
                mark = QRectF(0, box.top(), theme.spacing(3), box.height())
                painter.fillRect(mark, colours.accent)
            self._paint_rails(painter, box, rails)
        self._paint_time(painter, box, index)
        self._paint_arrow(painter, box, rails, index)
        is_open = bool(option.state & QStyle.StateFlag.State_Open)
        self._paint_words(painter, box, rails, index, is_open)
        painter.restore()

    def fold_box(self, row: QRectF, width: int, index: _Index) -> QRectF | None:
        """Where a click unfolds retransmissions; None: the row has none."""
        if not _is_folded(index):
            return None
        words, _ = self._words_box(row, Rails.of(width), index)
        return words.adjusted(-theme.spacing(4), 0, theme.spacing(4), theme.spacing(8))

    def _paint_rails(self, painter: QPainter, box: QRectF, rails: Rails) -> None:
        painter.setPen(QPen(theme.tokens().border, 1))
        for x in (rails.phone, rails.ours):
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _paint_time(self, painter: QPainter, box: QRectF, index: _Index) -> None:
        painter.setFont(theme.fixed_font())
        painter.setPen(theme.tokens().dim)
        left = theme.spacing(28 if _is_child(index) else 14)
        where = box.adjusted(left, 0, 0, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(where, int(vertical), str(index.data(TIME)))

    def _paint_arrow(self, painter: QPainter, box: QRectF, rails: Rails, index: _Index) -> None:
        entry: TraceEntry = index.data(ENTRY)
        rung: Rung = index.data(RUNG)
        ink = _ink(rung)
        y = _arrow_y(box)
        start, end = rails.phone, rails.ours
        if entry.outgoing:
            start, end = end, start
        head = theme.spacing(9) * (1 if end > start else -1)
        half = theme.spacing(4)
        style = Qt.PenStyle.DashLine if rung.again else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, max(1.4, theme.spacing(1.5)), style))
        painter.drawLine(QPointF(start, y), QPointF(end - head, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(
            QPolygonF(
                [QPointF(end, y), QPointF(end - head, y - half), QPointF(end - head, y + half)]
            )
        )

    def _paint_words(
        self, painter: QPainter, box: QRectF, rails: Rails, index: _Index, is_open: bool
    ) -> None:
        where, text = self._words_box(box, rails, index)
        ink = _ink(index.data(RUNG))
        painter.setFont(QApplication.font())
        painter.setPen(ink)
        if _is_folded(index):
            side = float(theme.spacing(12))
            sign = QRectF(where.left(), where.center().y() - side / 2, side, side)
            name = "chevron-up" if is_open else "chevron"
            icons.paint_icon(painter, sign, name, ink)
            where = where.adjusted(_fold_width(), 0, 0, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(where, int(vertical), text)

    def _words_box(self, box: QRectF, rails: Rails, index: _Index) -> tuple[QRectF, str]:
        """The box and the text above the arrow, elided to fit between the lifelines."""
        metrics = QFontMetrics(QApplication.font())
        extra = _fold_width() if _is_folded(index) else 0
        room = int(rails.ours - rails.phone) - theme.spacing(24) - extra
        text = metrics.elidedText(str(index.data(LABEL)), Qt.TextElideMode.ElideMiddle, room)
        width = metrics.horizontalAdvance(text) + extra
        left = (rails.phone + rails.ours - width) / 2
        top = _arrow_y(box) - theme.spacing(4) - metrics.height()
        return QRectF(left, top, width + 1, metrics.height()), text


def paint_rails(painter: QPainter, height: int, width: int) -> None:
    """Paint the two lifelines over the whole height."""
    rails = Rails.of(width)
    painter.setPen(QPen(theme.tokens().line, 1))
    for x in (rails.phone, rails.ours):
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def _ink(rung: Rung) -> QColor:
    name = "dim" if rung.again else _COLOURS[rung.reading.kind]
    colour: QColor = getattr(theme.tokens(), name)
    return colour


def _fold_width() -> int:
    return theme.spacing(17)


def _arrow_y(box: QRectF) -> float:
    return round(box.bottom() - theme.spacing(8)) + 0.5


def _is_child(index: _Index) -> bool:
    return index.parent().isValid()


def _is_folded(index: _Index) -> bool:
    return index.model().rowCount(index) > 0
