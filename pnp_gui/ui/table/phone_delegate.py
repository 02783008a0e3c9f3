"""The phone's name, with the marks of phones that are new or that the network knows as another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import CellDelegate
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING

_WARNING = 11
"""Pixels at 100 % of the warning sign."""


class PhoneDelegate(CellDelegate):
    """Bold with a dot: new. A warning sign: the network knows it as another; it replaces the dot,
    since the bold font says that the phone is new as well."""

    def paint_cell(
        self,
        painter: QPainter,
        box: QRect,
        option: QStyleOptionViewItem,
        phone: Phone,
        column: Column,
    ) -> None:
        text = self.model.text(phone, column)
        font = QFont(self.font_of(column, option.font))
        font.setBold(phone.unseen)
        if phone.other_mac is not None:
            self._paint_warning(painter, option.rect)
        elif phone.unseen:
            end = box.left() + QFontMetrics(font).horizontalAdvance(text)
            self._paint_dot(painter, box, min(end, box.right()), COLUMNS[column].signs)
        painter.setPen(theme.tokens().text)
        self.paint_text(painter, box, text, font, column)

    def _paint_dot(self, painter: QPainter, box: QRect, end: int, size: int) -> None:
        radius = theme.spacing(size) / 2
        middle = end + theme.spacing(PADDING) / 2 + radius / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().accent)
        painter.drawEllipse(QPointF(middle, box.center().y() + 0.5), radius, radius)

    def _paint_warning(self, painter: QPainter, cell: QRect) -> None:
        side = theme.spacing(_WARNING)
        place = QRectF(cell.right() - side - 1, cell.center().y() - side / 2 + 0.5, side, side)
        paint_icon(painter, place, "warning", theme.tokens().bad)
