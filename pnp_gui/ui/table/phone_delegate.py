"""The phone's name, with the marks of phones that are new or that the network knows as another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from pnp_gui.bench.phones.phone import Phone
from pnp_gui.ui.table.cell_delegate import CellDelegate, Option
from pnp_gui.ui.table.columns import COLUMNS, Column
from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import PADDING, square

_WARNING = 11
"""Pixels at 100 % of the warning sign."""


class PhoneDelegate(CellDelegate):
    """Bold with a dot: new. A warning sign: the network knows it as another; it replaces the dot,
    since the bold font says that the phone is new as well."""

    def paint_cell(self, painter: QPainter, option: Option, phone: Phone, column: Column) -> None:
        colours = theme.tokens()
        text, box, cell = self.model.text(phone, column), self.box_of(option), option.rect
        font = QFont(self.font_of(column, option.font))
        font.setBold(phone.unseen)
        if phone.other_mac is not None:
            left = cell.right() - theme.spacing(_WARNING) - 1
            spot = square(left, cell.center().y() + 0.5, _WARNING)
            paint_icon(painter, spot, "warning", colours.bad)
        elif phone.unseen:
            end = box.left() + QFontMetrics(font).horizontalAdvance(text)
            self._paint_dot(painter, box, min(end, box.right()), COLUMNS[column].signs)
        painter.setPen(colours.text)
        self.paint_text(painter, box, text, font, column)

    def _paint_dot(self, painter: QPainter, box: QRect, end: int, size: int) -> None:
        radius = theme.spacing(size) / 2
        middle = end + theme.spacing(PADDING) / 2 + radius / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().accent)
        painter.drawEllipse(QPointF(middle, box.center().y() + 0.5), radius, radius)
