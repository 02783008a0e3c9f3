"""The status as a pill: icon, words and colour say the same thing three times."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.bench.phones.status import StatusKind, status_of
from pnp_gui.ui.table.cell_delegate import CellDelegate, Option
from pnp_gui.ui.table.column_widths import Width, heading_width
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE, paint_rounded, square, text_widths
from pnp_gui.ui.words.status import all_words, display_of, status_words, usual_words

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
    return _cell_width(max(text_widths(texts, QApplication.font())))


class StatusDelegate(CellDelegate):
    """Paints the pill."""

    def paint_cell(self, painter: QPainter, option: Option, phone: Phone, column: Column) -> None:
        colours = theme.tokens()
        kind = status_of(phone, self.model.now())
        shown = display_of(phone, kind)
        icon, tone = shown.sign
        ink, ground = (getattr(colours, name) for name in theme.TONES[tone])
        metrics = QFontMetrics(QApplication.font())
        left = option.rect.left() + theme.spacing(PADDING) - theme.spacing(2)
        room, now = option.rect.right() + 1 - theme.spacing(2) - left - _around(), self.model.now()
        words = status_words(phone, now, kind)
        if metrics.horizontalAdvance(words) > room:
            words = status_words(phone, now, kind, short=True)
            mode = Qt.TextElideMode
            at_end = kind is StatusKind.CONFLICT  # the address, of which the end differs
            words = metrics.elidedText(words, mode.ElideMiddle if at_end else mode.ElideRight, room)
        width, height = metrics.horizontalAdvance(words) + _around(), theme.spacing(24)
        top = option.rect.top() + (option.rect.height() - 1 - height) // 2
        pill = QRectF(left, top, width, height)
        if option.state & QStyle.StateFlag.State_Selected and ground == colours.selected:
            # On a row of the pill's own colour an outline keeps its shape.
            inside = pill.adjusted(0.5, 0.5, -0.5, -0.5)
            paint_rounded(painter, inside, height / 2, line=ink, fill=colours.base)
        else:
            paint_rounded(painter, pill, height / 2, line=None, fill=ground)
        sign = square(left + theme.spacing(_SIDE), pill.center().y(), _ICON)
        paint_icon(painter, sign, icon, ink)
        painter.setFont(QApplication.font())
        painter.setPen(ink)
        painter.drawText(
            pill.adjusted(sign.right() + theme.spacing(_GAP) - left, 0, 0, 0), VCENTRE, words
        )

    def width_of(self, column: Column, widest: int) -> Width:
        short = max(_widest(all_words(short=True)), heading_width(column))
        seen = max(_cell_width(widest), short)
        least = max(_widest(usual_words()), heading_width(column))
        return Width(max(_widest(all_words()), seen), seen, short, min(short, least))

    def is_cut(self, option: Option, text: str, column: Column) -> bool:
        """Whether the cell has its words in short."""
        words = QFontMetrics(QApplication.font()).horizontalAdvance(text)
        return _cell_width(words) > option.rect.width()
