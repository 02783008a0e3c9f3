"""What all that is painted shares: padding, alignment, frames."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from pnp_gui.ui.theme import theme

PADDING = 10
"""Pixels at 100 % between a cell's edge and what it shows; the same in the header."""

VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def square(left: float, middle: float, px_at_100: float) -> QRectF:
    """The box of an icon: its left edge, the middle of its height, its side."""
    side = theme.spacing(px_at_100)
    return QRectF(left, middle - side / 2, side, side)


def paint_rounded(
    painter: QPainter, box: QRectF, radius: float, *, line: QColor | None, fill: QColor | None
) -> None:
    """Paint a box with round corners; None: no outline, no background."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(box, radius, radius)
