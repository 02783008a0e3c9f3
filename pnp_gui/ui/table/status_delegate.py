"""The status as a pill: sign, words and colour say the same thing three times."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import AnyIndex, CellDelegate
from pnp_gui.ui.table.columns import Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE
from pnp_gui.ui.words.status import all_words, display_of, short_words, status_words

_ICON = 12
_GAP = 6
_SIDE = 9
"""Pixels at 100 % left and right inside the pill."""


def _around() -> int:
    """What a pill adds to its words."""
    return theme.spacing(_ICON) + theme.spacing(_GAP) + 2 * theme.spacing(_SIDE)


def status_width(font: QFont, *, short: bool = False) -> int:
    """Wide enough for every status, or for the short form of every one."""
    metrics = QFontMetrics(font)
    texts = short_words() if short else all_words()
    return pill_room(max(metrics.horizontalAdvance(text) for text in texts))


def pill_room(words: int) -> int:
    """The width of a cell for words of this width."""
    return words + _around() + theme.spacing(PADDING) + theme.spacing(4)


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
        ink, ground = (getattr(colours, name) for name in theme.TONES[shown.tone])
        font = QApplication.font()
        metrics = QFontMetrics(font)
        side, gap, edge = theme.spacing(_ICON), theme.spacing(_GAP), theme.spacing(_SIDE)
        box = box.adjusted(-theme.spacing(2), 0, theme.spacing(PADDING) - theme.spacing(2), 0)
        room, now = box.width() - _around(), self.model.now()
        words = status_words(phone, now, kind)
        if metrics.horizontalAdvance(words) > room:
            words = status_words(phone, now, kind, short=True)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        height = theme.spacing(24)
        pill = QRectF(
            box.left(),
            box.top() + (box.height() - height) // 2,
            metrics.horizontalAdvance(words) + _around(),
            height,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected and ground == colours.selected:
            # On a row of its own colour the pill keeps its shape by an outline.
            painter.setPen(QPen(ink, 1))
            painter.setBrush(colours.base)
            painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(pill, height / 2, height / 2)
        left = pill.left() + edge
        paint_icon(painter, QRectF(left, pill.center().y() - side / 2, side, side), shown.icon, ink)
        left += side + gap
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(
            QRectF(left, pill.top(), pill.right() - left, pill.height()), VCENTRE, words
        )

    def tip(self, option: QStyleOptionViewItem, index: AnyIndex) -> str:
        """The words in full where the cell has them in short, and what they mean."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        more = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        room = pill_room(QFontMetrics(QApplication.font()).horizontalAdvance(words))
        cut = room > option.rect.width()
        return "\n".join(line for line in (words if cut else "", more) if line)
