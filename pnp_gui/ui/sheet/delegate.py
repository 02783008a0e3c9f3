"""Paints the cells of the preview like those of the phone table."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pnp_gui.ui.sheet.model import LineRole, style_of
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, VCENTRE, hairline

ROW_HEIGHT = 28
"""Pixels at 100 %; lower than a phone's row, as nothing in it is edited."""

_ICON = 13
_GAP = 6


class SheetDelegate(QStyledItemDelegate):
    """One cell: text, with an icon in the verdict's column."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.tokens()
        rect = option.rect
        painter.save()
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(rect, colours.selected if selected else colours.base)
        painter.setPen(hairline(colours.line))
        bottom = rect.bottom() + 0.5
        painter.drawLine(QLineF(rect.left(), bottom, rect.right() + 1, bottom))
        padding = theme.spacing(PADDING)
        box = rect.adjusted(padding, 0, -padding, -1)
        style = style_of(index.data(LineRole), index.column())
        ink = getattr(colours, style.tone)
        if style.icon:
            side = theme.spacing(_ICON)
            spot = QRectF(box.left(), box.center().y() + 0.5 - side / 2, side, side)
            paint_icon(painter, spot, style.icon, ink)
            box = box.adjusted(side + theme.spacing(_GAP), 0, 0, 0)
        font = theme.fixed_font() if style.fixed else QFont(option.font)
        painter.setFont(font)
        painter.setPen(ink)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, VCENTRE, shown)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.spacing(60), theme.spacing(ROW_HEIGHT))
