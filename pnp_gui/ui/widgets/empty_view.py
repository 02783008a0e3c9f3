"""What a view without rows shows: one line says what is the case, one what to do."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from pnp_gui.ui.theme import theme
from pnp_gui.ui.theme.icons import paint_icon
from pnp_gui.ui.theme.painting import square

_ICON = 40


def paint_empty(viewport: QWidget, title: str, detail: str, icon: str = "phone") -> None:
    """Paint the two lines in the middle of the viewport, below this drawing if it has room."""
    if not title:
        return
    colours = theme.tokens()
    large = QFont(QApplication.font())
    large.setPointSizeF(max(1.0, large.pointSizeF()) * 1.25)
    wrap = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
    side, gap = theme.spacing(_ICON), theme.spacing(8)
    room = min(viewport.width() - 2 * theme.spacing(24), theme.spacing(620))
    top_line = QFontMetrics(large).boundingRect(QRect(0, 0, room, 10_000), wrap, title).height()
    small = QFontMetrics(QApplication.font())
    below = small.boundingRect(QRect(0, 0, room, 10_000), wrap, detail).height()
    left = (viewport.width() - room) // 2
    least, free = theme.spacing(12), viewport.height() - top_line - gap - below
    drawn = side + gap if free >= side + gap + 2 * least else 0
    top = max(least, (free - drawn) // 2)
    painter = QPainter(viewport)
    if drawn:
        spot = square((viewport.width() - side) / 2, top + side / 2, _ICON)
        paint_icon(painter, spot, icon, theme.mixed(colours.dim, colours.base, 0.55))
    top += drawn
    painter.setFont(large)
    painter.setPen(colours.text)
    painter.drawText(QRect(left, top, room, top_line), wrap, title)
    painter.setFont(QApplication.font())
    painter.setPen(colours.dim)
    painter.drawText(QRect(left, top + top_line + gap, room, below), wrap, detail)
    painter.end()
