"""The status as a pill: icon, words and colour say the same thing three times."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import AnyIndex, CellDelegate
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE
from pnp_gui.ui.words.status import all_words, display_of, status_words

_ICON = 12
_GAP = 6
_SIDE = 9
"""Pixels at 100 % left and right inside the pill."""


def _around() -> int:
    """Pixels that a pill adds to its words."""
    return theme.spacing(_ICON) + theme.spacing(_GAP) + 2 * theme.spacing(_SIDE)


def _cell_width(words: int) -> int:
    """The width of a cell for words of this width."""
    return words + _around() + theme.spacing(PADDING) + theme.spacing(4)


def _widest(texts: list[str]) -> int:
    """The width of a cell for any of these texts."""
    metrics = QFontMetrics(QApplication.font())
    return _cell_width(max(metrics.horizontalAdvance(text) for text in texts))


class StatusDelegate(CellDelegate):
    """Paints the pill."""

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        colours = theme.tokens()
        kind = self.model.status(phone)
        shown = display_of(phone, kind)
        icon, tone = shown.sign
        ink, background = (getattr(colours, name) for name in theme.TONES[tone])
        font = QApplication.font()
        metrics = QFontMetrics(font)
        side, gap, edge = theme.spacing(_ICON), theme.spacing(_GAP), theme.spacing(_SIDE)
        box = box.adjusted(-theme.spacing(2), 0, theme.spacing(PADDING) - theme.spacing(2), 0)
        room, now = box.width() - _around(), self.model.now()
        words = status_words(phone, now, kind)
        if metrics.horizontalAdvance(words) > room:
            words = status_words(phone, now, kind, short=True)
            words = metrics.elidedText(words, COLUMNS[column].elide, room)
        height = theme.spacing(24)
        pill = QRectF(
            box.left(),
            box.top() + (box.height() - height) // 2,
            metrics.horizontalAdvance(words) + _around(),
            height,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected and background == colours.selected:
            # On a row of the pill's own colour an outline keeps its shape.
            painter.setPen(QPen(ink, 1))
            painter.setBrush(colours.base)
            painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(background)
            painter.drawRoundedRect(pill, height / 2, height / 2)
        left = pill.left() + edge
        paint_icon(painter, QRectF(left, pill.center().y() - side / 2, side, side), icon, ink)
        left += side + gap
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(
            QRectF(left, pill.top(), pill.right() - left, pill.height()), VCENTRE, words
        )

    def width_of(self, column: Column, widest: int) -> Width:
        short = max(_widest(all_words(short=True)), heading_width(column))
        seen = max(_cell_width(widest), short)
        return Width(max(_widest(all_words()), seen), seen, short, short)

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        """The words in full where the cell has them in short, and what they mean."""
        words = QFontMetrics(QApplication.font()).horizontalAdvance(str(index.data() or ""))
        return self._cut_and_more(_cell_width(words) > option.rect.width(), index)
